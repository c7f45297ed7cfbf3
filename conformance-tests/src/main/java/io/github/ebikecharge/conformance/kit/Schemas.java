package io.github.ebikecharge.conformance.kit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Holds JSON to the schemas of the OpenAPI document in the {@code api} jar. */
final class Schemas {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi30(),
            registry -> registry.schemas(Map.of("urn:contract/openapi.yaml", document()))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .build()));

    private Schemas() {}

    private static String document() {
        try (InputStream document =
                ConfirmChargeRequest.class.getResourceAsStream("/META-INF/openapi/ebike-charge.yaml")) {
            return new String(Objects.requireNonNull(document).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The document cannot be read", e);
        }
    }

    /** What the schema of this name does not allow; nothing if all is well. */
    static List<String> faults(String schema, String json) {
        try {
            return SCHEMAS
                    .getSchema(SchemaLocation.of("urn:contract/openapi.yaml#/components/schemas/" + schema))
                    .validate(json, InputFormat.JSON)
                    .stream()
                    .map(fault -> "not as %s says: %s".formatted(schema, fault))
                    .toList();
        } catch (RuntimeException e) {
            return List.of("not JSON at all, where %s belongs".formatted(schema));
        }
    }
}
