package io.github.ebikecharge.mock.explain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** What was wrong with a signature. What each means, and how to mend it, stands in {@code causes.json}. */
public enum Cause {
    /** Nothing: the request verifies. */
    NONE,
    /** Something that is not known here. */
    UNKNOWN,

    // the Authorization header
    AUTHORIZATION_MISSING,
    AUTHORIZATION_MALFORMED,
    SCHEME_MISSING,
    SCHEME_UNKNOWN,
    FIELD_MISSING,
    FIELD_REPEATED,
    FIELD_NOT_QUOTED,
    FIELDS_NOT_SEPARATED_BY_COMMA,
    TIMESTAMP_NOT_SECONDS,
    TIMESTAMP_IN_MILLISECONDS,
    TIMESTAMP_OUT_OF_WINDOW,

    // who signed
    SERIAL_UNKNOWN,
    SERIAL_LOWER_CASE,
    SERIAL_DECIMAL,
    SERIAL_WITH_SEPARATORS,
    SERIAL_LEADING_ZEROS,
    SERIAL_OF_PLATFORM,
    SERIAL_OF_OTHER_CERTIFICATE,
    MCHID_OF_SUB_MERCHANT,
    MCHID_NOT_OF_CERTIFICATE,
    KEY_UNKNOWN,
    KEY_OF_OTHER_CERTIFICATE,
    KEY_OF_PLATFORM,

    // how the signature is spelled
    SIGNATURE_UNPADDED,
    SIGNATURE_URL_SAFE,
    SIGNATURE_WITH_WHITE_SPACE,
    SIGNATURE_WITH_SPACE_FOR_PLUS,
    SIGNATURE_PERCENT_ENCODED,
    SIGNATURE_QUOTED,
    SIGNATURE_IN_HEX,
    SIGNATURE_BASE64_TWICE,
    SIGNATURE_NOT_BASE64,
    SIGNATURE_WRONG_LENGTH,

    // how it was made
    HASH_NOT_SHA256,
    HASH_NAME_MISSING,
    HASHED_TWICE,
    NOT_HASHED,
    PADDING_PSS,
    MESSAGE_ENCODED,
    SM2_SIGNATURE_WRONG,

    // how the lines are put together
    LAST_LINE_FEED_MISSING,
    LINE_FEEDS_REPEATED,
    BODY_LINE_MISSING,
    LINE_MISSING,
    LINE_EMPTY,
    LINES_REORDERED,
    LINES_OF_RESPONSE,
    LINE_ENDS_CRLF,
    LINE_ENDS_LITERAL,
    LINE_ENDS_OTHER,

    // method, target, timestamp and nonce
    METHOD_NOT_UPPER_CASE,
    METHOD_OTHER,
    TARGET_DECODED,
    TARGET_ENCODED_OTHERWISE,
    TARGET_CASE_CHANGED,
    TARGET_WITH_HOST,
    TARGET_SLASHES_CHANGED,
    TARGET_PREFIX_MISSING,
    TARGET_TEMPLATE,
    TARGET_WITH_FRAGMENT,
    QUERY_MISSING,
    QUERY_MARK_ADDED,
    QUERY_DECODED,
    QUERY_REORDERED,
    TIMESTAMP_SIGNED_IN_MILLISECONDS,
    TIMESTAMP_SIGNED_OTHER,
    NONCE_CHANGED,

    // the body
    BODY_SIGNED_EMPTY,
    BODY_SIGNED_BUT_NOT_SENT,
    BODY_SIGNED_OTHER,
    BODY_SIGNED_TWICE,
    BODY_COMPACT,
    BODY_SPACED,
    BODY_INDENTED,
    BODY_KEYS_REORDERED,
    BODY_EMPTY_VALUES_LEFT_OUT,
    BODY_NULLS_ADDED,
    BODY_NUMBERS_REWRITTEN,
    BODY_UNICODE_ESCAPED,
    BODY_UNICODE_RAW,
    BODY_SLASHES_ESCAPED,
    BODY_SLASHES_RAW,
    BODY_HTML_ESCAPED,
    BODY_HTML_RAW,
    BODY_LAST_LINE_FEED_MISSING,
    BODY_TRIMMED,
    BODY_LINE_ENDS_CHANGED,
    BODY_IN_OTHER_CHARSET,
    BODY_BYTE_ORDER_MARK,
    BODY_AS_STRING;

    /** The name in JSON: lower case, with underscores. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This cause, with the values that its text names. */
    Finding found(Object... values) {
        return new Finding(this, List.of(values));
    }
}
