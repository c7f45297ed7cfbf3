package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** The pact that was written keeps the document, and leaves out no status and no code of it. */
class PactDocumentIT {
    private static final Path PACT = Path.of("target/pacts/ebike-charge-client-wechatpay-ebike-charge.json");
    private static final Pattern CODE = Pattern.compile("`([A-Z]+_[A-Z_]+)`");

    /** One interaction of the pact. */
    record Interaction(JsonNode json) {
        int status() {
            return json.at("/response/status").intValue();
        }

        String code() {
            return json.at("/response/body/content/code").asText();
        }

        String answerHeader(String name) {
            return json.at("/response/headers").path(name).path(0).textValue();
        }

        String answerBody() {
            JsonNode body = json.at("/response/body/content");
            return body.isTextual() ? body.textValue() : body.toString();
        }

        @Override
        public String toString() {
            return json.path("description").textValue();
        }
    }

    static Stream<Interaction> interactions() throws IOException {
        return new JsonMapper()
                .readTree(PACT.toFile())
                .path("interactions")
                .valueStream()
                .map(Interaction::new);
    }

    @ParameterizedTest
    @MethodSource("interactions")
    void asksAsDocumented(Interaction interaction) {
        JsonNode request = interaction.json().path("request");

        assertThat(request.path("method").textValue()).isEqualTo("POST");
        assertThat(request.path("path").textValue())
                .matches(ContractDocument.CONFIRM.replaceFirst("\\{[a-z_]+}", "[^/]+"));
        assertThat(ContractDocument.faults(
                        "ConfirmChargeRequest", request.at("/body/content").toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("interactions")
    void isAnsweredAsDocumented(Interaction interaction) {
        assertThat(ContractDocument.faultsOfAnswer(
                        interaction.status(), interaction::answerHeader, interaction.answerBody()))
                .isEmpty();
        if (!interaction.code().isEmpty()) {
            assertThat(codes(interaction.status())).contains(interaction.code());
        }
    }

    @Test
    void leavesOutNoStatusAndNoCode() throws IOException {
        Set<String> documented = new TreeSet<>();
        ContractDocument.confirm().path("responses").fieldNames().forEachRemaining(status -> {
            documented.add(status);
            codes(Integer.parseInt(status)).forEach(code -> documented.add(status + " " + code));
        });
        Set<String> seen = interactions()
                .flatMap(interaction -> interaction.code().isEmpty()
                        ? Stream.of(String.valueOf(interaction.status()))
                        : Stream.of(
                                String.valueOf(interaction.status()), interaction.status() + " " + interaction.code()))
                .collect(toCollection(TreeSet::new));

        assertThat(seen).isEqualTo(documented);
    }

    /** The codes that the document names for a status. */
    private static Set<String> codes(int status) {
        return CODE.matcher(ContractDocument.answer(status).path("description").asText())
                .results()
                .map(MatchResult::group)
                .map(code -> code.replace("`", ""))
                .collect(Collectors.toSet());
    }
}
