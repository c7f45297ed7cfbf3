package io.github.ebikecharge.mock.explain;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ebikecharge.mock.explain.Explanation.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The texts of the causes, each in English and Chinese, from {@code causes.json}. */
final class Texts {
    private static final int MAX_VALUE_LENGTH = 200;
    private static final Map<String, Text> TEMPLATES = read();

    private Texts() {}

    private static Map<String, Text> read() {
        try (InputStream file = Texts.class.getResourceAsStream("causes.json")) {
            return new ObjectMapper().readValue(Objects.requireNonNull(file, "causes.json"), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("The texts in the jar cannot be read", e);
        }
    }

    /** The text of a cause, its values filled in; long values are cut. */
    static Text of(Cause cause, Object... values) {
        Text template = Objects.requireNonNull(TEMPLATES.get(cause.wireName()), cause::wireName);
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] = values[i] instanceof String text ? cut(text) : values[i];
        }
        return new Text(
                String.format(Locale.ROOT, template.en(), shown), String.format(Locale.ROOT, template.zh(), shown));
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
