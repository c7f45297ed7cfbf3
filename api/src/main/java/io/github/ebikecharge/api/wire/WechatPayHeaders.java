package io.github.ebikecharge.api.wire;

/**
 * Header names of API v3, in the casing of the gateway. HTTP compares them without regard to case, but at least one
 * official SDK does not.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012081709">Basic rules (基本规则)</a>
 */
public final class WechatPayHeaders {
    /** Carries {@link AuthorizationHeader}. */
    public static final String AUTHORIZATION = "Authorization";

    /** Identifies a request to WeChat Pay's support; its numeric suffix is {@code 0} on success. */
    public static final String REQUEST_ID = "Request-ID";

    /** Of an answer: random string, part of the signed message (应答随机串). */
    public static final String NONCE = "Wechatpay-Nonce";

    /** Of an answer: Base64 signature (应答签名). */
    public static final String SIGNATURE = "Wechatpay-Signature";

    /** Of an answer: seconds since the Unix epoch (应答时间戳). */
    public static final String TIMESTAMP = "Wechatpay-Timestamp";

    /**
     * Of an answer: which key signed it. Of a request: which key shall sign the answer. A platform public key ID
     * (微信支付公钥ID) or the serial number of a platform certificate (平台证书序列号).
     */
    public static final String SERIAL = "Wechatpay-Serial";

    /** Of an answer: wire name of the {@link SignatureScheme} (签名类型). */
    public static final String SIGNATURE_TYPE = "Wechatpay-Signature-Type";

    private WechatPayHeaders() {}
}
