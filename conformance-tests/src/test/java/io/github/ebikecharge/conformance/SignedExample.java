package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.mock.gateway.Triggers;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, from the file that travels in the api jar.
 *
 * @param name what names it
 * @param request as it stands on the wire, and what was signed of it
 * @param answer likewise
 */
record SignedExample(String name, Request request, Answer answer) {
    static final String RESOURCE = "META-INF/ebike-charge/signed-examples.json";
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /**
     * The whole file.
     *
     * @param about what it is, for people
     * @param timestamp when all of it was signed, in seconds since the Unix epoch
     */
    record Collection(
            String about, long timestamp, Merchant merchant, Platform platform, List<SignedExample> examples) {}

    /** Who asks; the certificate is PEM, the key opens platform certificates. */
    record Merchant(String mchid, String serialNo, String certificate, String apiV3Key) {}

    /** Who answers; the key is PEM. */
    record Platform(String publicKeyId, String publicKey) {}

    /** @param verifies whether the signature in {@code Authorization} is one over {@code message} */
    record Request(
            String method, String target, Map<String, String> headers, String body, String message, boolean verifies) {}

    /** @param message what was signed; null if nothing was */
    record Answer(
            int status,
            Map<String, String> headers,
            String body,
            @Nullable String message) {}

    /** As it travels in the api jar. */
    static Collection read() {
        try (InputStream file = ConfirmChargeRequest.class.getResourceAsStream("/" + RESOURCE)) {
            return MAPPER.readValue(file, Collection.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<SignedExample> all() {
        return read().examples().stream();
    }

    /** Those of the confirm that the client sends, too: it refuses to send what does not keep the contract. */
    static Stream<SignedExample> ofTheClient() {
        return all().filter(example ->
                example.request().method().equals("POST") && !example.name().equals("param_error"));
    }

    /** The contract that the request names. */
    String contractId() {
        return request.target().split("/", -1)[5];
    }

    /** What the answer's body is, without parameters. */
    String contentType() {
        return answer.headers().get("Content-Type").replaceFirst(";.*", "");
    }

    /** Chosen by the contract, as by anybody who tries the mock. */
    static String contractOf(FaultKind kind) {
        return Triggers.contractId(kind);
    }

    @Override
    public String toString() {
        return name;
    }
}
