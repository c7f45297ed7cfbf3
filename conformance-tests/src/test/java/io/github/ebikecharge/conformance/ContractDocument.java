package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The OpenAPI document of the gateway, as it travels in the api jar, and what an exchange keeps of it. */
final class ContractDocument {
    static final String CONFIRM = "/v3/ebike/charge/contracts/{contract_id}/confirm";

    private static final String TEXT = text();
    private static final JsonNode ROOT = new JsonMapper().valueToTree(new Yaml().load(TEXT)); // aliases are followed
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi30(),
            registry -> registry.schemas(Map.of("urn:contract/openapi.yaml", TEXT))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .build()));

    private ContractDocument() {}

    private static String text() {
        try (InputStream document =
                ConfirmChargeRequest.class.getResourceAsStream("/META-INF/openapi/ebike-charge.yaml")) {
            return new String(document.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode root() {
        return ROOT;
    }

    /** What is documented of the confirm call. */
    static JsonNode confirm() {
        return ROOT.path("paths").path(CONFIRM).path("post");
    }

    /** What is documented of its answers with this status; missing if nothing is. */
    static JsonNode answer(int status) {
        JsonNode response = confirm().path("responses").path(String.valueOf(status));
        return response.has("$ref") ? ROOT.at(response.path("$ref").textValue().substring(1)) : response;
    }

    /** What keeps this text from being JSON of a schema of the document. */
    static List<String> faults(String schema, String json) {
        return SCHEMAS
                .getSchema(SchemaLocation.of("urn:contract/openapi.yaml#/components/schemas/" + schema))
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /**
     * What keeps an answer from being one that the document knows.
     *
     * @param header value of a header; null if there is none
     */
    static List<String> faultsOfAnswer(int status, Function<String, @Nullable String> header, String body) {
        JsonNode documented = answer(status);
        if (documented.isMissingNode()) {
            return List.of("The status " + status + " is not documented");
        }
        List<String> faults = new ArrayList<>();
        documented.path("headers").fieldNames().forEachRemaining(name -> faults.addAll(ofHeader(name, header)));
        String type = String.valueOf(header.apply("Content-Type")).replaceFirst(";.*", "");
        JsonNode content = documented.path("content").path(type);
        if (content.isMissingNode()) {
            faults.add("The Content-Type " + type + " is not documented for " + status);
        } else if (content.at("/schema").has("$ref")) {
            faults.addAll(faults(content.at("/schema/$ref").textValue().replaceFirst(".*/", ""), body));
        }
        return faults;
    }

    private static List<String> ofHeader(String name, Function<String, @Nullable String> header) {
        JsonNode documented =
                ROOT.at("/components/headers/" + name.replace("-ID", "Id").replace("-", ""));
        String value = header.apply(name);
        if (value == null) {
            return documented.path("required").booleanValue() ? List.of("There is no " + name) : List.of();
        }
        String pattern = documented.at("/schema/pattern").asText(".+");
        return value.matches(pattern) ? List.of() : List.of("%s is %s, not %s".formatted(name, value, pattern));
    }
}
