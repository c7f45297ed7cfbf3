package io.github.ebikecharge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An OpenAPI document, and what requests and answers do not keep of it: the one judge of all tests. Thread-safe. */
public final class OpenApiDocument {
    private static final String URN = "urn:contract/openapi.yaml#";

    private final JsonNode root;
    private final SchemaRegistry registry;
    private final IdentityHashMap<JsonNode, String> pointers = new IdentityHashMap<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /** One operation: its method, its path with parameters in braces, and what is documented of it. */
    public record Operation(String method, String path, JsonNode json) {
        /** Its operationId. */
        public String id() {
            return json.path("operationId").asText();
        }
    }

    /** The document in this text, which is YAML. */
    public OpenApiDocument(String yaml) {
        root = new JsonMapper().valueToTree(new Yaml().load(yaml)); // aliases are followed
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi30(),
                builder -> builder.schemas(Map.of("urn:contract/openapi.yaml", yaml))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .locale(Locale.ENGLISH)
                                .build()));
        point("", root);
    }

    /** Notes where each node stands: a schema that is written where it is used has no name. */
    private void point(String pointer, JsonNode node) {
        pointers.put(node, pointer);
        node.properties()
                .forEach(property -> point(
                        pointer + "/" + property.getKey().replace("~", "~0").replace("/", "~1"), property.getValue()));
    }

    /** The document that travels in a jar. */
    public static OpenApiDocument ofResource(Class<?> ofTheJar, String name) {
        try (InputStream document = ofTheJar.getResourceAsStream(name)) {
            return new OpenApiDocument(
                    new String(Objects.requireNonNull(document, name).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it. */
    public JsonNode root() {
        return root;
    }

    /** What may be answered: {@code OPERATION_ID STATUS}, each. */
    public Set<String> statuses() {
        Set<String> statuses = new TreeSet<>();
        for (JsonNode path : root.path("paths")) {
            for (JsonNode operation : path) {
                operation
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status ->
                                statuses.add(operation.path("operationId").textValue() + " " + status));
            }
        }
        return statuses;
    }

    /** The node, or the one that it refers to. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").textValue().substring(1)) : node;
    }

    /** The operation that such a request asks for; empty if none is documented. */
    public Optional<Operation> operation(String method, String target) {
        String path = target.replaceFirst("[?].*", "");
        return root.path("paths").properties().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[a-z_]+}", "[^/]+")))
                .filter(entry -> method.equals(method.toUpperCase(Locale.ROOT))
                        && entry.getValue().has(method.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(entry ->
                        new Operation(method, entry.getKey(), entry.getValue().path(method.toLowerCase(Locale.ROOT))));
    }

    /** What is documented of answers with this status; missing if nothing is. */
    public JsonNode answer(Operation operation, int status) {
        return resolve(operation.json().path("responses").path(String.valueOf(status)));
    }

    /** What keeps this text from being JSON of a named schema of the document. */
    public List<String> faults(String schema, String json) {
        return faultsAt("/components/schemas/" + schema, json);
    }

    private List<String> faultsAt(String pointer, String json) {
        Schema schema = schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(URN + at)));
        try {
            return schema.validate(json, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (RuntimeException e) {
            return List.of("not JSON: " + json);
        }
    }

    /**
     * What keeps a request from being one that the document knows.
     *
     * @param target path and query as they were sent
     * @param header value of a header; null if there is none
     */
    public List<String> faultsOfRequest(
            Operation operation, String target, Function<String, @Nullable String> header, byte[] body) {
        List<String> faults = new ArrayList<>();
        operation.json().path("parameters").forEach(reference -> {
            JsonNode parameter = resolve(reference);
            String name = parameter.path("name").asText();
            String value = switch (parameter.path("in").asText()) {
                case "path" -> ofPath(operation.path(), name, target);
                case "query" -> ofQuery(name, target);
                default -> header.apply(name);
            };
            faults.addAll(ofText("The parameter " + name, parameter, value));
        });
        JsonNode documented = operation.json().path("requestBody");
        if (documented.isMissingNode()) {
            return faults;
        }
        String json = new String(body, UTF_8);
        if (body.length == 0) {
            if (documented.path("required").booleanValue()) {
                faults.add("There is no body");
            }
        } else {
            JsonNode content = documented.path("content"); // of one type, whatever the caller calls it
            faults.addAll(ofContent("request", content, content.fieldNames().next(), json));
        }
        return faults;
    }

    private static @Nullable String ofPath(String template, String name, String target) {
        String pattern = template.replace("{" + name + "}", "([^/]+)").replaceAll("\\{[a-z_]+}", "[^/]+");
        Matcher matcher = Pattern.compile(pattern).matcher(target.replaceFirst("[?].*", ""));
        return matcher.matches() ? URLDecoder.decode(matcher.group(1).replace("+", "%2B"), UTF_8) : null;
    }

    private static @Nullable String ofQuery(String name, String target) {
        Matcher matcher =
                Pattern.compile("[?&]" + Pattern.quote(name) + "=([^&]*)").matcher(target);
        return matcher.find() ? URLDecoder.decode(matcher.group(1), UTF_8) : null;
    }

    /**
     * What keeps an answer from being one that the document knows.
     *
     * @param header value of a header; null if there is none
     */
    public List<String> faultsOfAnswer(
            Operation operation, int status, Function<String, @Nullable String> header, String body) {
        JsonNode documented = answer(operation, status);
        if (documented.isMissingNode()) {
            return List.of("The status " + status + " is not documented");
        }
        List<String> faults = new ArrayList<>();
        documented
                .path("headers")
                .properties()
                .forEach(entry -> faults.addAll(ofText(
                        "The header " + entry.getKey(), resolve(entry.getValue()), header.apply(entry.getKey()))));
        JsonNode content = documented.path("content");
        if (!content.isMissingNode()) {
            faults.addAll(ofContent("answer", content, header.apply("Content-Type"), body));
        } else if (!body.isEmpty()) {
            faults.add("No body is documented for " + status);
        }
        return faults;
    }

    private List<String> ofContent(String of, JsonNode content, @Nullable String contentType, String body) {
        String type = String.valueOf(contentType).replaceFirst(";.*", "");
        JsonNode documented = content.path(type);
        if (documented.isMissingNode()) {
            return List.of("The Content-Type %s is not documented for this %s".formatted(type, of));
        }
        JsonNode schema = documented.path("schema");
        String pointer = schema.has("$ref")
                ? schema.path("$ref").textValue().substring(1)
                : Objects.requireNonNull(pointers.get(schema), "no schema in " + documented);
        return type.endsWith("json") ? faultsAt(pointer, body) : List.of();
    }

    private List<String> ofText(String what, JsonNode documented, @Nullable String value) {
        if (value == null) {
            return documented.path("required").booleanValue() ? List.of(what + " is missing") : List.of();
        }
        JsonNode schema = resolve(documented.path("schema"));
        if (!value.matches(schema.path("pattern").asText("(?s).*"))
                || value.length() < schema.path("minLength").asInt()
                || value.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return List.of("%s is '%s', which does not fit %s".formatted(what, value, schema));
        }
        return schema.has("enum")
                        && schema.path("enum")
                                .valueStream()
                                .noneMatch(one -> one.asText().equals(value))
                ? List.of("%s is '%s', which is none of %s".formatted(what, value, schema.path("enum")))
                : List.of();
    }
}
