package io.github.ebikecharge.client.transport;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A request target, percent-encoded: the path and query that are both signed and sent. Immutable. */
public final class Target {
    private final String template;
    private final String encoded;

    private Target(String template, String encoded) {
        this.template = template;
        this.encoded = encoded;
    }

    /** A path whose parameters still stand in braces. */
    public static Target of(String pathTemplate) {
        return new Target(pathTemplate, pathTemplate);
    }

    /**
     * Puts a value in the place of {@code {name}}.
     *
     * @throws IllegalArgumentException if the value is null or blank, would climb out of its place ({@code .},
     *     {@code ..}), or has no UTF-8 (half of a surrogate pair)
     */
    public Target path(String name, String value) {
        if (value == null || value.isBlank() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(name + " must not be blank, \".\" or \"..\"");
        }
        if (!UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(name + " must not hold half of a surrogate pair");
        }
        return new Target(template, encoded.replace('{' + name + '}', encode(value)));
    }

    /** Adds a query parameter, unless its value is null. */
    public Target query(String name, @Nullable String value) {
        return value == null
                ? this
                : new Target(
                        template,
                        encoded + (encoded.indexOf('?') < 0 ? '?' : '&') + encode(name) + '=' + encode(value));
    }

    /** The path, its parameters still in braces. */
    String template() {
        return template;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    /** As it stands in the request line. */
    @Override
    public String toString() {
        return encoded;
    }
}
