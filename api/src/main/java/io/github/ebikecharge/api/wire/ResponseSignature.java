package io.github.ebikecharge.api.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MALFORMED_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MISSING_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SCHEME;

/**
 * The signature of an answer or a callback, as its five {@code Wechatpay-…} headers carry it.
 *
 * @param nonce random string ({@code Wechatpay-Nonce})
 * @param signature Base64 of the signature over {@link SignedMessage#ofResponse} ({@code Wechatpay-Signature})
 * @param timestamp when it was signed, in seconds since the Unix epoch ({@code Wechatpay-Timestamp})
 * @param serial platform certificate serial or platform public key ID ({@code Wechatpay-Serial})
 * @param scheme signature scheme ({@code Wechatpay-Signature-Type})
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4013053420">How to verify (如何使用平台证书验签)</a>
 */
public record ResponseSignature(String nonce, String signature, long timestamp, String serial, SignatureScheme scheme) {

    /**
     * Reads the headers of an answer.
     *
     * @param header value of the header with the given name, compared without regard to case; null if there is none
     * @throws SignatureVerificationException with {@code MISSING_HEADER} naming the header that is missing or empty,
     *     {@code MALFORMED_HEADER} if the timestamp is not a number of seconds, {@code UNKNOWN_SCHEME} if the
     *     signature type is another one. An absent signature type means RSA, as in the official SDK
     */
    public static ResponseSignature from(Function<String, @Nullable String> header)
            throws SignatureVerificationException {
        String nonce = require(header, WechatPayHeaders.NONCE);
        String signature = require(header, WechatPayHeaders.SIGNATURE);
        String timestamp = require(header, WechatPayHeaders.TIMESTAMP);
        String serial = require(header, WechatPayHeaders.SERIAL);
        String type = header.apply(WechatPayHeaders.SIGNATURE_TYPE);
        SignatureScheme scheme = type == null
                ? SignatureScheme.SHA256_RSA2048
                : SignatureScheme.byWireName(type)
                        .orElseThrow(() -> new SignatureVerificationException(
                                UNKNOWN_SCHEME, WechatPayHeaders.SIGNATURE_TYPE + " is not known: " + type));
        long seconds = AuthorizationHeader.seconds(timestamp);
        if (seconds < 0) {
            throw new SignatureVerificationException(
                    MALFORMED_HEADER, WechatPayHeaders.TIMESTAMP + " is not a number of seconds: " + timestamp);
        }
        return new ResponseSignature(nonce, signature, seconds, serial, scheme);
    }

    private static String require(Function<String, @Nullable String> header, String name)
            throws SignatureVerificationException {
        String value = header.apply(name);
        if (value == null || value.isEmpty()) {
            throw new SignatureVerificationException(MISSING_HEADER, "The answer has no " + name);
        }
        return value;
    }

    /** The five headers, in the order and casing of the gateway. */
    public Map<String, String> toHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(WechatPayHeaders.NONCE, nonce);
        headers.put(WechatPayHeaders.SIGNATURE, signature);
        headers.put(WechatPayHeaders.TIMESTAMP, Long.toString(timestamp));
        headers.put(WechatPayHeaders.SERIAL, serial);
        headers.put(WechatPayHeaders.SIGNATURE_TYPE, scheme.wireName());
        return headers;
    }

    /** Everything but the signature. */
    @Override
    public String toString() {
        return "ResponseSignature[nonce=%s, timestamp=%d, serial=%s, scheme=%s]"
                .formatted(nonce, timestamp, serial, scheme.wireName());
    }
}
