package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The very words of refusals, as they were seen in production. */
final class CatalogueChecks {
    private static final Pattern FIELD = Pattern.compile("(timestamp|nonce_str)=\"([^\"]*)\"");

    private CatalogueChecks() {}

    static void add(Rules rules) {
        rules.seen(
                "catalogue.no-authorization",
                "A missing Authorization has its own text",
                Sources.SIGN_ERROR_AS_SEEN,
                t -> t.send(t.certificates().unsigned())
                        .body(signError("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》")));
        rules.seen(
                "catalogue.old-timestamp",
                "A timestamp out of range has its own text, whatever the signature",
                Sources.REFUSED_SIGNATURES,
                t -> t.send(t.certificates().wronglySigned(a -> {
                            a.timestamp = Long.toString(Long.parseLong(a.timestamp) - 600);
                            a.lastLineEnd = "";
                        }))
                        .body(signError("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟")));
        rules.seen(
                "catalogue.unknown-serial",
                "An unknown serial number has its own text, and no detail",
                Sources.SERIAL_AS_SEEN,
                t -> {
                    Reply reply = t.send(t.certificates().wronglySigned(a -> a.serial = "1".repeat(40)));
                    reply.value("/detail", "");
                    if (!reply.json().path("message").asText().startsWith("商户证书序列号有误")) {
                        reply.value("/message", "商户证书序列号有误。请使用签名私钥匹配的证书序列号");
                    }
                });
        rules.seen(
                "catalogue.sign-information",
                "A signature that does not verify is told with what the server verified: sign_information",
                Sources.SIGN_INFORMATION_AS_SEEN,
                CatalogueChecks::signInformation);
        rules.seen(
                "catalogue.required",
                "A missing field is told with its place and its title",
                Sources.REQUIRED_AS_SEEN,
                t -> t.send(RefusalChecks.changed(t, b -> b.remove("appid")))
                        .value("/detail/location", "body")
                        .value("/message", "输入源“/body/appid”映射到字段“服务商公众号ID”必填性规则校验失败，此字段为必填项"));
        rules.seen(
                "catalogue.wrong-type",
                "A field of another type is told with its place and its value",
                Sources.TYPE_AS_SEEN,
                t -> t.send(RefusalChecks.changed(t, b -> b.put("appid", 1)))
                        .value("/detail/value", "1")
                        .value("/message", "无法将 JSON 输入源“/body/appid”映射到目标字段“服务商公众号ID”中，此字段需要一个 string 类型的 Json 值"));
        rules.seen(
                "catalogue.unknown-parameter",
                "Unknown parameters are told as a list of their places",
                Sources.UNKNOWN_FIELD_AS_SEEN,
                t -> t.send(RefusalChecks.changed(t, b -> b.put("foo", "bar")))
                        .value("/detail/value/0", "/body/foo")
                        .value("/message", "请求中含有未在API文档中定义的参数"));
        rules.seen(
                "catalogue.no-user-agent",
                "A missing User-Agent has its own text",
                Sources.NO_USER_AGENT_AS_SEEN,
                t -> t.send(t.certificates().without("User-Agent"))
                        .body("{\"code\":\"INVALID_REQUEST\",\"message\":\"Http头缺少Accept或User-Agent\"}"));
    }

    private static String signError(String message) {
        return "{\"code\":\"SIGN_ERROR\",\"message\":\"" + message + "\"}";
    }

    /** The message that the server built has to be the one that follows from the request. */
    private static void signInformation(Trial t) {
        Reply reply = t.send(t.confirm().wronglySigned(a -> a.lastLineEnd = ""));
        Request request = reply.exchange().request();
        String authorization = request.header("Authorization").orElse("");
        String lines = request.method()
                + '\n'
                + request.target()
                + '\n'
                + field(authorization, "timestamp")
                + '\n'
                + field(authorization, "nonce_str")
                + '\n';
        int length = lines.getBytes(UTF_8).length + request.body().length + 1;
        String shown = lines + new String(request.body(), 0, Math.min(8, request.body().length), UTF_8) + '\n';
        reply.value("/detail/detail/issue", "sign not match")
                .value("/detail/field", "signature")
                .value("/detail/location", "authorization")
                .value("/detail/sign_information/method", request.method())
                .value("/detail/sign_information/url", request.target())
                .value("/detail/sign_information/sign_message_length", Integer.toString(length))
                .value("/detail/sign_information/truncated_sign_message", shown);
    }

    private static String field(String authorization, String name) {
        return FIELD.matcher(authorization)
                .results()
                .filter(match -> match.group(1).equals(name))
                .map(match -> match.group(2))
                .findFirst()
                .orElse("");
    }
}
