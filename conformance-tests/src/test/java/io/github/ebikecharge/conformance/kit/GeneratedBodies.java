package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bodies that the document's schema of the confirm call allows, and bodies one step beside it; made from the schema. */
final class GeneratedBodies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode DOCUMENT = document();
    private static final JsonNode SCHEMA = schema("ConfirmChargeRequest");
    private static final List<DateTimeFormatter> DATE_TIMES =
            List.of(withOffset("uuuu-MM-dd'T'HH:mm:ss"), withOffset("uuuu-MM-dd'T'HH:mm:ss.SSS"));

    private GeneratedBodies() {}

    private static DateTimeFormatter withOffset(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .appendOffset("+HH:MM", "Z")
                .toFormatter();
    }

    private static JsonNode document() {
        try (InputStream document =
                ConfirmChargeRequest.class.getResourceAsStream("/META-INF/openapi/ebike-charge.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode schema(String name) {
        return DOCUMENT.at("/components/schemas/" + name);
    }

    /** The schema that a property has, behind its references. */
    private static JsonNode resolved(JsonNode schema) {
        JsonNode only = schema.path("allOf").path(0);
        String reference = (only.isMissingNode() ? schema : only).path("$ref").asText();
        return reference.isEmpty() ? schema : resolved(schema(reference.substring(reference.lastIndexOf('/') + 1)));
    }

    static Arbitrary<JsonNode> valid() {
        return object(SCHEMA);
    }

    private static Arbitrary<JsonNode> object(JsonNode schema) {
        List<String> names = new ArrayList<>();
        List<Arbitrary<JsonNode>> values = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            names.add(property.getKey());
            Arbitrary<JsonNode> value = value(resolved(property.getValue()));
            values.add(isRequired(schema, property.getKey()) ? value : value.injectNull(0.4));
        });
        return Combinators.combine(values).as(chosen -> {
            ObjectNode object = JSON.objectNode();
            for (int i = 0; i < chosen.size(); i++) {
                if (chosen.get(i) != null) {
                    object.set(names.get(i), chosen.get(i));
                }
            }
            return object;
        });
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Arbitrary<JsonNode> value(JsonNode schema) {
        if (schema.path("type").asText().equals("object")) {
            return object(schema);
        }
        assertIsText(schema);
        return schema.path("format").asText().equals("date-time")
                ? dateTime().map(JSON::textNode)
                // characters of one to three bytes in UTF-8: how others are refused is assumed
                : Arbitraries.strings()
                        .withCharRange('\u0000', '\uD7FF')
                        .withCharRange('\uE000', '\uFFFF')
                        .ofMinLength(schema.path("minLength").asInt())
                        .ofMaxLength(300)
                        .map(JSON::textNode);
    }

    private static void assertIsText(JsonNode schema) {
        if (!schema.path("type").asText().equals("string")) {
            throw new IllegalStateException("No values are made for " + schema.path("type") + " yet: add it here");
        }
    }

    private static Arbitrary<String> dateTime() {
        long first = Instant.parse("0001-01-02T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9999-12-30T00:00:00Z").toEpochMilli();
        return Combinators.combine(
                        Arbitraries.longs().between(first, last),
                        Arbitraries.integers().between(-18 * 60, 18 * 60),
                        Arbitraries.of(DATE_TIMES))
                .as((at, minutes, form) ->
                        form.format(Instant.ofEpochMilli(at).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60))));
    }

    /** One change that takes a body out of the schema, and its name. */
    record Mistake(String name, Consumer<ObjectNode> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Arbitrary<Mistake> mistake() {
        List<Mistake> mistakes = new ArrayList<>();
        collect(SCHEMA, "", mistakes);
        return Arbitraries.of(mistakes);
    }

    private static void collect(JsonNode schema, String path, List<Mistake> mistakes) {
        mistakes.add(
                new Mistake(path + "/other is added", body -> at(body, path).put("other", 1)));
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            String here = path + '/' + name;
            JsonNode value = resolved(property.getValue());
            boolean isObject = value.path("type").asText().equals("object");
            if (isRequired(schema, name)) {
                mistakes.add(
                        new Mistake(here + " is missing", body -> at(body, path).remove(name)));
            }
            wrongTypes(isObject)
                    .forEach((kind, wrong) -> mistakes.add(new Mistake(
                            here + " is " + kind, body -> at(body, path).set(name, wrong))));
            if (value.path("minLength").asInt() > 0) {
                mistakes.add(
                        new Mistake(here + " is empty", body -> at(body, path).put(name, "")));
            }
            if (value.path("format").asText().equals("date-time")) {
                for (String wrong : List.of("2017-08-26", "2017-08-26T09:43:39", "2017-02-30T09:43:39+08:00", "now")) {
                    mistakes.add(new Mistake(
                            here + " is " + wrong, body -> at(body, path).put(name, wrong)));
                }
            }
            if (isObject) {
                collect(value, here, mistakes);
            }
        });
    }

    private static Map<String, JsonNode> wrongTypes(boolean isObject) {
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        wrong.put("null", JSON.nullNode());
        wrong.put("a number", JSON.numberNode(1.5));
        wrong.put("true", JSON.booleanNode(true));
        wrong.put("an array", JSON.arrayNode().add("a"));
        wrong.put(isObject ? "a string" : "an object", isObject ? JSON.textNode("a") : JSON.objectNode());
        return wrong;
    }

    private static ObjectNode at(ObjectNode body, String path) {
        return (ObjectNode) body.at(path);
    }
}
