package io.github.ebikecharge.mock.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document says of one field of a body, or of one parameter.
 *
 * @param name name on the wire
 * @param title documented title, which the gateway quotes
 * @param kind JSON type
 * @param required whether it may not be absent
 * @param minLength shortest text that is accepted
 * @param assumedMaxLength longest text by analogy with other calls, or null
 * @param assumedPattern regular expression by analogy with other calls, or null
 * @param countsCharacters whether lengths are characters; else they are bytes of UTF-8
 * @param fields of an object, its fields in the document's order
 * @param values the only values that are accepted; empty for any
 */
public record Field(
        String name,
        String title,
        Kind kind,
        boolean required,
        int minLength,
        @Nullable Integer assumedMaxLength,
        @Nullable String assumedPattern,
        boolean countsCharacters,
        List<Field> fields,
        List<String> values) {

    /** JSON types, and the one format that is enforced. */
    public enum Kind {
        /** Text. */
        STRING,
        /** Text that is an RFC 3339 date and time with offset. */
        DATE_TIME,
        /** A whole number of 64 bits. */
        INTEGER,
        /** An object with fields. */
        OBJECT
    }
}
