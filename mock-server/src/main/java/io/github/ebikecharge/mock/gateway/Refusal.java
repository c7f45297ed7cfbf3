package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ebikecharge.api.model.ErrorResponse;
import io.github.ebikecharge.api.model.ParamErrorDetail;
import io.github.ebikecharge.api.model.SignErrorDetail;
import io.github.ebikecharge.api.model.SignErrorIssue;
import io.github.ebikecharge.api.model.SignInformation;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.WireJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that refuses, as WeChat Pay words it: the catalogue of every error the gateway knows. Commas in Chinese
 * text are full-width, and so are quotation marks around names.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012081717">HTTP status codes (HTTP状态码)</a>
 */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    /** The gateway shows this many bytes of a body whose signature it refuses. */
    private static final int SHOWN_BODY_BYTES = 8;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int status;
    private final byte[] body;
    private final long number;

    private Refusal(int status, byte[] body, long number, String message) {
        super(message, null, false, false);
        this.status = status;
        this.body = body;
        this.number = number;
    }

    private static Refusal of(int status, String code, String message, @Nullable Object detail, long number) {
        ErrorResponse body = ErrorResponse.builder()
                .code(code)
                .detail(detail == null ? null : WireJson.toTree(detail))
                .message(message)
                .build();
        return new Refusal(status, WireJson.write(body), number, message);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The body, exactly as it is sent. */
    public byte[] body() {
        return body.clone();
    }

    /** The numeric error code that ends {@code Request-ID}. */
    public long number() {
        return number;
    }

    // before authentication

    static Refusal empty(int status) {
        return new Refusal(status, new byte[0], 0, "HTTP " + status);
    }

    static Refusal missingUserAgentOrAccept() {
        return of(400, "INVALID_REQUEST", "Http头缺少Accept或User-Agent", null, Numbers.INVALID_PARAMETER);
    }

    // parameters; location is "body", "uri_template" or null

    static Refusal required(String source, String title, @Nullable String location) {
        return parameter("输入源“%s”映射到字段“%s”必填性规则校验失败，此字段为必填项".formatted(source, title), location, JSON.textNode(""));
    }

    static Refusal malformedJson(String error, String received) {
        return parameter("解析 Json 出错 (位置: /body): " + error, null, JSON.textNode(received));
    }

    static Refusal unknownParameters(List<String> sources) {
        return of(
                400,
                "PARAM_ERROR",
                "请求中含有未在API文档中定义的参数",
                ParamErrorDetail.builder().value(WireJson.toTree(sources)).build(),
                Numbers.UNKNOWN_PARAMETER);
    }

    static Refusal tooShort(String source, String title, String location, String unit, int length, int min) {
        String message = "输入源“%s”映射到值字段“%s”字符串规则校验失败，%s %d，小于最小值 %d".formatted(source, title, unit, length, min);
        return parameter(message, location, JSON.numberNode(length), Numbers.TOO_SHORT);
    }

    static Refusal tooLong(String source, String title, String location, String unit, int length, int max) {
        String message = "输入源“%s”映射到值字段“%s”字符串规则校验失败，%s %d，大于最大值 %d".formatted(source, title, unit, length, max);
        return parameter(message, location, JSON.numberNode(length), Numbers.TOO_LONG);
    }

    static Refusal patternMismatch(String source, String title, String location, String pattern, String value) {
        String message = "输入源“%s”映射到值字段“%s”字符串规则校验失败，字符串必须匹配正则表达式“%s”".formatted(source, title, pattern);
        return parameter(message, location, JSON.textNode(value));
    }

    static Refusal notAString(String source, String title, JsonNode value) {
        return parameter(
                "无法将 JSON 输入源“%s”映射到目标字段“%s”中，此字段需要一个 string 类型的 Json 值".formatted(source, title), "body", value);
    }

    static Refusal notAnInteger(String source, String title, JsonNode value) {
        return parameter("无法将 JSON 输入源“%s”映射到目标字段“%s”中，此字段需要一个合法的 64 位有符号整数".formatted(source, title), "body", value);
    }

    static Refusal notAnObject(String source, String title, JsonNode value) {
        return parameter("无法将 JSON 输入源“%s”映射到目标字段“%s”中，此字段需要一个合法的 Json 对象".formatted(source, title), "body", value);
    }

    static Refusal repeatedParameter(String source, String title, String pathSource) {
        String message = "无法将输入源“%s”映射到目标字段“%s”中，此字段并非多重字段但被输入源“%s”映射过了。".formatted(source, title, pathSource);
        return of(400, "PARAM_ERROR", message, null, Numbers.INVALID_PARAMETER);
    }

    static Refusal invalidParameter() {
        return of(400, "PARAM_ERROR", "参数错误", null, Numbers.INVALID_PARAMETER);
    }

    private static Refusal parameter(String message, @Nullable String location, JsonNode value) {
        return parameter(message, location, value, Numbers.INVALID_PARAMETER);
    }

    private static Refusal parameter(String message, @Nullable String location, JsonNode value, long number) {
        ParamErrorDetail detail =
                ParamErrorDetail.builder().location(location).value(value).build();
        return of(400, "PARAM_ERROR", message, detail, number);
    }

    // authentication

    static Refusal malformedAuthorization() {
        return signError("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》", Numbers.MALFORMED_AUTHORIZATION);
    }

    static Refusal unknownScheme() {
        return signError("Http头Authorization认证类型不正确", Numbers.MALFORMED_AUTHORIZATION);
    }

    static Refusal timestampOutOfRange() {
        return signError("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟", Numbers.INVALID_AUTHORIZATION);
    }

    static Refusal unknownSerial() {
        return signError("商户证书序列号有误。请使用签名私钥匹配的证书序列号", Numbers.INVALID_AUTHORIZATION);
    }

    /** As on the older gateway, where there is no usable Authorization. */
    static Refusal olderWithoutAuthorization() {
        return signError("签名信息错误，验签失败", Numbers.MALFORMED_AUTHORIZATION);
    }

    /** As on the older gateway, where nobody is known by these credentials. */
    static Refusal olderUnknownCredentials() {
        return signError("签名错误", Numbers.SIGNATURE_MISMATCH);
    }

    static Refusal invalidAuthorization() {
        return signError("Authorization不合法", Numbers.INVALID_AUTHORIZATION);
    }

    static Refusal certificateExpired() {
        return signError("商户证书已过期。", Numbers.INVALID_AUTHORIZATION);
    }

    static Refusal certificateRevoked() {
        return signError("商户证书已作废。", Numbers.INVALID_AUTHORIZATION);
    }

    static Refusal certificateReplaced() {
        return signError("已更换证书，请使用新证书", Numbers.INVALID_AUTHORIZATION);
    }

    /** @param newer in the words of 2024 */
    static Refusal signatureMismatch(String method, String target, SignedMessage expected, boolean newer) {
        SignErrorDetail detail = SignErrorDetail.builder()
                .detail(SignErrorIssue.builder().issue("sign not match").build())
                .field("signature")
                .location("authorization")
                .signInformation(SignInformation.builder()
                        .method(method)
                        .signMessageLength(expected.length())
                        .truncatedSignMessage(expected.truncated(SHOWN_BODY_BYTES))
                        .url(target)
                        .build())
                .build();
        String message = newer ? "签名错误，请检查后再试" : "错误的签名，验签失败";
        return of(401, "SIGN_ERROR", message, detail, Numbers.SIGNATURE_MISMATCH);
    }

    private static Refusal signError(String message, long number) {
        return of(401, "SIGN_ERROR", message, null, number);
    }

    // the service behind the gateway

    /** No such resource. */
    public static Refusal notFound() {
        return of(404, "NOT_FOUND", "请求的资源不存在", null, Numbers.NOT_FOUND);
    }

    /** As {@link #notFound}, in the code of newer calls; the text is assumed. */
    public static Refusal resourceNotExists() {
        return of(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在", null, Numbers.NOT_FOUND);
    }

    /** The caller is its own sub-merchant; the text is assumed. */
    public static Refusal subMerchantIsCaller() {
        return of(400, "PARAM_ERROR", "参数错误", null, Numbers.SUB_MERCHANT_IS_CALLER);
    }

    static Refusal noCertificates() {
        return of(
                404,
                "RESOURCE_NOT_EXISTS",
                "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/doc/v3/merchant/4012153196",
                null,
                Numbers.NOT_FOUND);
    }

    /** The contract is paused or closed; code and text are those of the nearest documented call, assumed. */
    public static Refusal contractNotOpened() {
        return of(400, "INVALID_REQUEST", "请求的业务参数符合参数格式，但不符合业务规则", null, Numbers.INVALID_PARAMETER);
    }

    /** The contract is another sub-merchant's. */
    public static Refusal merchantMismatch() {
        return of(400, "PARAM_ERROR", "http header中的mchid与post payload中的mchid不匹配", null, Numbers.MERCHANT_MISMATCH);
    }

    static Refusal subMerchantMissing() {
        return of(400, "PARAM_ERROR", "受理机构必须传入sub_mch_id", null, Numbers.SUB_MERCHANT_MISSING);
    }

    /** The contract is for another app ID. */
    public static Refusal appidMismatch() {
        return of(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配", null, Numbers.APPID_MISMATCH);
    }

    static Refusal invalidRequest() {
        return of(400, "INVALID_REQUEST", "请求异常,请稍后重试", null, Numbers.INVALID_PARAMETER);
    }

    static Refusal noAuth() {
        return of(403, "NO_AUTH", "商户号该产品权限未开通，请前往商户平台>产品中心检查后重试", null, Numbers.NO_AUTH);
    }

    /** The code is documented, the text assumed. */
    static Refusal ruleLimit() {
        return of(403, "RULE_LIMIT", "业务规则限制", null, Numbers.NO_AUTH);
    }

    /** @param code one of three spellings: the documents contradict each other */
    static Refusal tooManyRequests(String code) {
        return of(429, code, "频率超限", null, Numbers.FREQUENCY);
    }

    static Refusal systemError() {
        return of(500, "SYSTEM_ERROR", "系统繁忙，请稍后重试", null, Numbers.SYSTEM_ERROR);
    }

    /** What is behind the gateway cannot be reached; the text is assumed. */
    static Refusal serviceUnavailable() {
        return of(503, "SERVICE_UNAVAILABLE", "服务不可用，请稍后重试", null, Numbers.SYSTEM_ERROR);
    }

    /** Suffixes of {@code Request-ID}; some are documented, the others assumed. */
    private static final class Numbers {
        static final long INVALID_PARAMETER = 268435461;
        static final long TOO_LONG = 268435462;
        static final long TOO_SHORT = 268435463;
        static final long UNKNOWN_PARAMETER = 270924358;
        static final long SIGNATURE_MISMATCH = 268443699;
        static final long INVALID_AUTHORIZATION = 270924332;
        static final long MALFORMED_AUTHORIZATION = 270924346;
        static final long NOT_FOUND = 268512771;
        static final long MERCHANT_MISMATCH = 270924337;
        static final long SUB_MERCHANT_MISSING = 268443704;
        static final long SUB_MERCHANT_IS_CALLER = 268443705;
        static final long APPID_MISMATCH = 268445527;
        static final long NO_AUTH = 268503786;
        static final long FREQUENCY = 268447840;
        /** Assumed: seen without its text. */
        static final long SYSTEM_ERROR = 268578704;
    }
}
