package io.github.ebikecharge.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MALFORMED_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MISSING_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SCHEME;

/**
 * The {@code Authorization} header of a request, as one value.
 *
 * <pre>{@code
 * WECHATPAY2-SHA256-RSA2048 mchid="1230000109",nonce_str="Qk…",timestamp="1714000000",serial_no="4A…",signature="b2…"
 * }</pre>
 *
 * @param scheme signature scheme, the first word
 * @param mchid merchant number of the caller (商户号); of a service provider its own, never the sub-merchant's
 * @param nonceStr random string, fresh for each request (请求随机串)
 * @param timestamp when the request was signed, in seconds since the Unix epoch (时间戳)
 * @param serialNo serial number of the merchant certificate, hexadecimal (商户证书序列号)
 * @param signature Base64 of the signature over {@link SignedMessage#ofRequest} (签名值)
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012365344">The Authorization header (Authorization头)</a>
 */
public record AuthorizationHeader(
        SignatureScheme scheme, String mchid, String nonceStr, long timestamp, String serialNo, String signature) {

    private static final List<String> FIELDS = List.of("mchid", "nonce_str", "timestamp", "serial_no", "signature");
    private static final int MOST_DIGITS = 18;

    /**
     * Reads a header value, its fields in any order. Nothing stands between them but commas.
     *
     * @throws SignatureVerificationException with {@code MISSING_HEADER} if there is no value, {@code UNKNOWN_SCHEME}
     *     if the scheme is another one, {@code MALFORMED_HEADER} if a field is missing, empty, repeated or unknown, or
     *     the timestamp is not a number of seconds
     */
    public static AuthorizationHeader parse(@Nullable String value) throws SignatureVerificationException {
        if (value == null || value.isBlank()) {
            throw new SignatureVerificationException(MISSING_HEADER, "There is no Authorization header");
        }
        int space = value.indexOf(' ');
        if (space < 0) {
            throw malformed("has no space after the scheme");
        }
        String schemeName = value.substring(0, space);
        SignatureScheme scheme = SignatureScheme.byWireName(schemeName)
                .orElseThrow(() -> new SignatureVerificationException(
                        UNKNOWN_SCHEME, "The Authorization scheme is not known: " + schemeName));
        @Nullable String[] fields = fields(value, space + 1);
        long timestamp = seconds(require(fields, "timestamp"));
        if (timestamp < 0) {
            throw malformed("has a timestamp that is not a number of seconds");
        }
        return new AuthorizationHeader(
                scheme,
                require(fields, "mchid"),
                require(fields, "nonce_str"),
                timestamp,
                require(fields, "serial_no"),
                require(fields, "signature"));
    }

    /** The values of {@link #FIELDS}, read character by character: a regular expression takes longer than all else here. */
    private static @Nullable String[] fields(String text, int begin) throws SignatureVerificationException {
        @Nullable String[] fields = new String[FIELDS.size()];
        int start = begin;
        while (start < text.length()) {
            int nameEnd = start;
            while (nameEnd < text.length() && isOfName(text.charAt(nameEnd))) {
                nameEnd++;
            }
            int quote = nameEnd > start && text.startsWith("=\"", nameEnd) ? text.indexOf('"', nameEnd + 2) : -1;
            int end = quote + 1;
            if (quote < 0 || (end < text.length() && text.charAt(end) != ',')) {
                throw malformed("is not a list of name=\"value\" separated by commas, at character " + (start - begin)
                        + " after the scheme");
            }
            String name = text.substring(start, nameEnd);
            int field = FIELDS.indexOf(name);
            if (field < 0) {
                throw malformed("has an unknown field: " + name);
            }
            if (fields[field] != null) {
                throw malformed("repeats the field " + name);
            }
            fields[field] = text.substring(nameEnd + 2, quote);
            start = end + 1;
        }
        if (text.endsWith(",")) {
            throw malformed("ends with a comma");
        }
        return fields;
    }

    private static boolean isOfName(char character) {
        return (character >= 'a' && character <= 'z') || character == '_';
    }

    /** A number of seconds, as decimals without a leading zero; -1 if the text is none. */
    static long seconds(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS || (text.charAt(0) == '0' && text.length() > 1)) {
            return -1;
        }
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            seconds = 10 * seconds + (digit - '0');
        }
        return seconds;
    }

    private static String require(@Nullable String[] fields, String name) throws SignatureVerificationException {
        String value = fields[FIELDS.indexOf(name)];
        if (value == null || value.isEmpty()) {
            throw malformed("has no " + name);
        }
        return value;
    }

    private static SignatureVerificationException malformed(String what) {
        return new SignatureVerificationException(MALFORMED_HEADER, "The Authorization header " + what);
    }

    /** The value as sent, its fields in the order of the official Java SDK. */
    public String toHeaderValue() {
        return scheme.wireName() + " mchid=\"" + mchid + "\",nonce_str=\"" + nonceStr + "\",timestamp=\"" + timestamp
                + "\",serial_no=\"" + serialNo + "\",signature=\"" + signature + "\"";
    }

    /** Everything but the signature: a fresh one does not belong in a log. */
    @Override
    public String toString() {
        return "AuthorizationHeader[scheme=%s, mchid=%s, nonceStr=%s, timestamp=%d, serialNo=%s]"
                .formatted(scheme.wireName(), mchid, nonceStr, timestamp, serialNo);
    }
}
