package io.github.ebikecharge.api.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Set<String> FIELDS = Set.of("mchid", "nonce_str", "timestamp", "serial_no", "signature");
    private static final Pattern FIELD = Pattern.compile("([a-z_]+)=\"([^\"]*)\"(,|$)");
    static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,17}");

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
        Map<String, String> fields = fields(value.substring(space + 1));
        String timestamp = require(fields, "timestamp");
        if (!SECONDS.matcher(timestamp).matches()) {
            throw malformed("has a timestamp that is not a number of seconds");
        }
        return new AuthorizationHeader(
                scheme,
                require(fields, "mchid"),
                require(fields, "nonce_str"),
                Long.parseLong(timestamp),
                require(fields, "serial_no"),
                require(fields, "signature"));
    }

    private static Map<String, String> fields(String text) throws SignatureVerificationException {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw malformed("is not a list of name=\"value\" separated by commas, at character " + end
                        + " after the scheme");
            }
            String name = matcher.group(1);
            if (!FIELDS.contains(name)) {
                throw malformed("has an unknown field: " + name);
            }
            if (fields.put(name, matcher.group(2)) != null) {
                throw malformed("repeats the field " + name);
            }
            end = matcher.end();
        }
        if (text.endsWith(",")) {
            throw malformed("ends with a comma");
        }
        return fields;
    }

    private static String require(Map<String, String> fields, String name) throws SignatureVerificationException {
        String value = fields.get(name);
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
