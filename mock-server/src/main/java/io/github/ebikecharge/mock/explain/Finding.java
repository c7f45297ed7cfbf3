package io.github.ebikecharge.mock.explain;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ebikecharge.mock.explain.Explanation.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A cause with the values that its text names.
 *
 * @param values in the order of the templates in {@code causes.json}
 */
record Finding(Cause cause, List<Object> values) {
    private static final int MAX_VALUE_LENGTH = 200;
    private static final Map<String, Text> TEMPLATES = read();

    private static Map<String, Text> read() {
        try (InputStream file = Finding.class.getResourceAsStream("causes.json")) {
            return new ObjectMapper().readValue(Objects.requireNonNull(file, "causes.json"), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("The texts in the jar cannot be read", e);
        }
    }

    /** The values filled into the cause's template; long ones are cut. */
    Text text() {
        Text template = Objects.requireNonNull(TEMPLATES.get(cause.wireName()), cause::wireName);
        Object[] shown = values.stream()
                .map(value -> value instanceof String text ? cut(text) : value)
                .toArray();
        return new Text(
                String.format(Locale.ROOT, template.en(), shown), String.format(Locale.ROOT, template.zh(), shown));
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
