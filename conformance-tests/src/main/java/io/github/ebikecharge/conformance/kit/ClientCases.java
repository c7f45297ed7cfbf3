package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import static io.github.ebikecharge.conformance.kit.AnswerDraft.TOKEN;

/** Every answer of the hostile gateway. */
final class ClientCases {
    private static final String REFERENCE = "wechatpay-v3-wire.md ";
    private static final String VERIFYING = "https://pay.weixin.qq.com/doc/v3/merchant/4013053420";
    private static final String PROBING = "https://pay.weixin.qq.com/doc/v3/merchant/4013053249";
    private static final String CONTRACT = "ebike-charge.yaml, ConfirmChargeResponse";
    private static final String NAMES = "RFC 9110 §5.1";
    private static final String HTML =
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n";

    private final List<ClientCase> cases = new ArrayList<>();

    private ClientCases() {}

    static List<ClientCase> all() {
        ClientCases all = new ClientCases();
        all.right();
        all.signatures();
        all.headers();
        all.bodies();
        all.contents();
        all.refusals();
        return List.copyOf(all.cases);
    }

    private void right() {
        accept("right.plain", "a right answer", VERIFYING, a -> {});
        accept(
                "right.unknown-field",
                "a signed body with a field that the contract does not know",
                "§2.7",
                a -> a.body("{\"added_later\":[1],\"charging_token\":\"" + TOKEN + "\"}"));
        accept(
                "right.white-space",
                "a signed body with white space in it and a line feed at its end",
                VERIFYING,
                a -> a.body("{\n  \"charging_token\" : \"" + TOKEN + "\"\n}\n"));
        accept(
                "right.clock",
                "an answer that was signed 280 seconds ago",
                "§2.6",
                a -> a.signedAt(Duration.ofSeconds(-280)));
        accept(
                "right.lower-case-names",
                "header names in lower case, as HTTP/2 writes them",
                NAMES,
                a -> a.named(name -> name.toLowerCase(Locale.ROOT)));
        accept(
                "right.no-request-id",
                "a right answer without Request-ID",
                "§2.4",
                a -> a.without(WechatPayHeaders.REQUEST_ID));
    }

    private void signatures() {
        reject("signature.none", "200 without any Wechatpay-* header", VERIFYING, "", AnswerDraft::unsigned);
        reject(
                "signature.other-body",
                "the signature of another body",
                VERIFYING,
                a -> a.signedOver(lines -> lines.replace(TOKEN, "another")));
        reject(
                "signature.other-key",
                "a signature made with a key that is not the platform's",
                VERIFYING,
                a -> a.signedWith(a.keys.strangersKey()));
        reject(
                "signature.no-last-line-feed",
                "a signature over lines without the last line feed",
                VERIFYING,
                a -> a.signedOver(String::stripTrailing));
        reject(
                "signature.probe",
                "a signature probe (签名探测流量): WECHATPAY/SIGNTEST/ and what is none",
                PROBING,
                a -> a.header(WechatPayHeaders.SIGNATURE, probe()));
        add(
                "signature.probe-once",
                "a signature probe (签名探测流量); a repeat is signed rightly",
                PROBING,
                Basis.DOCUMENTED,
                Expectation.REJECT_FIRST,
                WechatPayHeaders.SIGNATURE,
                a -> a.header(WechatPayHeaders.SIGNATURE, probe()));
        reject("signature.empty", "an empty signature", VERIFYING, a -> a.header(WechatPayHeaders.SIGNATURE, ""));
        reject(
                "signature.not-base64",
                "a signature that is not Base64",
                VERIFYING,
                a -> a.header(WechatPayHeaders.SIGNATURE, "?".repeat(344)));
        add(
                "signature.type",
                "a signature type that does not exist",
                "§1.2",
                Basis.ASSUMED,
                Expectation.REJECT,
                WechatPayHeaders.SIGNATURE_TYPE,
                a -> a.header(WechatPayHeaders.SIGNATURE_TYPE, "WECHATPAY2-NONE"));
        reject(
                "serial.unknown-certificate",
                "the serial number of a certificate that nobody has",
                "§2.7",
                WechatPayHeaders.SERIAL,
                a -> a.signedAs("7".repeat(40)).signedWith(a.keys.strangersKey()));
        reject(
                "serial.unknown-public-key",
                "the ID of a platform public key that nobody has",
                "§2.7",
                WechatPayHeaders.SERIAL,
                a -> a.signedAs("PUB_KEY_ID_0199999999992026112500000000000009").signedWith(a.keys.strangersKey()));
        reject(
                "serial.renamed",
                "a right signature under a serial that nobody has",
                VERIFYING,
                WechatPayHeaders.SERIAL,
                a -> a.signedAs("7".repeat(40)));
        add(
                "serial.lower-case",
                "the serial in lower case",
                "§2.7",
                Basis.SEEN,
                Expectation.EITHER,
                WechatPayHeaders.SERIAL,
                a -> a.signedAs(a.serial().toLowerCase(Locale.ROOT)));
        reject(
                "time.past",
                "an answer that was signed ten minutes ago",
                "§2.6",
                WechatPayHeaders.TIMESTAMP,
                a -> a.signedAt(Duration.ofMinutes(-10)));
        reject(
                "time.future",
                "an answer that was signed ten minutes from now",
                "§2.6",
                WechatPayHeaders.TIMESTAMP,
                a -> a.signedAt(Duration.ofMinutes(10)));
        reject(
                "time.no-number",
                "a timestamp that is no number",
                "§2.2",
                WechatPayHeaders.TIMESTAMP,
                a -> a.header(WechatPayHeaders.TIMESTAMP, "now"));
    }

    private static String probe() {
        byte[] noise = new byte[250];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 31 + 7);
        }
        return "WECHATPAY/SIGNTEST/" + Base64.getEncoder().encodeToString(noise);
    }

    private void headers() {
        for (String name : List.of(
                WechatPayHeaders.SIGNATURE,
                WechatPayHeaders.TIMESTAMP,
                WechatPayHeaders.NONCE,
                WechatPayHeaders.SERIAL)) {
            reject(
                    "headers.no-" + name.substring(name.indexOf('-') + 1).toLowerCase(Locale.ROOT),
                    "an answer without " + name,
                    VERIFYING,
                    "",
                    a -> a.without(name));
        }
        either(
                "headers.no-signature-type",
                "an answer without Wechatpay-Signature-Type",
                "",
                a -> a.without(WechatPayHeaders.SIGNATURE_TYPE));
        either("headers.no-content-type", "an answer without Content-Type", "", a -> a.without("Content-Type"));
        either(
                "headers.other-content-type",
                "a signed JSON body as text/json",
                "Content-Type",
                a -> a.header("Content-Type", "text/json"));
        either(
                "headers.two-signatures",
                "two signatures, the first of them wrong",
                WechatPayHeaders.SIGNATURE,
                a -> a.before(WechatPayHeaders.SIGNATURE, Base64.getEncoder().encodeToString(new byte[256])));
        either(
                "headers.two-nonces",
                "two nonces, the first of them wrong",
                WechatPayHeaders.NONCE,
                a -> a.before(WechatPayHeaders.NONCE, "0".repeat(32)));
    }

    private void bodies() {
        reject(
                "body.altered",
                "a body of which one byte is not the one that was signed",
                "§2.7",
                TOKEN.replace('N', 'n'),
                a -> a.sentBody(body -> body.replace(TOKEN, TOKEN.replace('N', 'n'))));
        reject(
                "body.reserialised",
                "the same JSON, written anew with white space",
                VERIFYING,
                "{ ",
                a -> a.sentBody(
                        body -> body.replace("{", "{ ").replace(":", ": ").replace("}", " }")));
        reject(
                "body.line-feed",
                "the body with a line feed more than was signed",
                VERIFYING,
                "}",
                a -> a.sentBody(body -> body + "\n"));
        reject(
                "body.truncated",
                "half of the body, with a length that fits",
                VERIFYING,
                "Content-Length",
                a -> a.sentBody(body -> body.substring(0, body.length() / 2)));
        reject(
                "body.empty",
                "an empty body, where another was signed",
                VERIFYING,
                "Content-Length",
                a -> a.sentBody(body -> ""));
        reject(
                "body.cut-short",
                "a connection that ends in the middle of the body",
                "RFC 9112 §8",
                "Content-Length",
                AnswerDraft::cutShort);
    }

    private void contents() {
        contents("content.html", "a signed page in place of JSON", HTML);
        contents("content.empty", "a signed empty body", "");
        contents("content.array", "a signed array in place of an object", "[]");
        contents("content.no-token", "a signed object without charging_token", "{}");
        contents("content.null-token", "a signed charging_token that is null", "{\"charging_token\":null}");
        contents("content.empty-token", "a signed charging_token that is empty", "{\"charging_token\":\"\"}");
        reject(
                "content.202",
                "202: signed, and still being processed",
                "§4.2",
                "HTTP/1.1 202",
                a -> a.status("202 Accepted").body("{}"));
        reject(
                "content.204",
                "204: signed, and without a body",
                "§2.2",
                "HTTP/1.1 204",
                a -> a.status("204 No Content").body(""));
    }

    private void contents(String id, String answer, String body) {
        reject(id, answer, CONTRACT, body, a -> a.body(body));
    }

    private void refusals() {
        refusal(
                "refusal.500-with-token",
                "500, unsigned, with a token in it",
                "500 Internal Server Error",
                "{\"code\":\"SYSTEM_ERROR\",\"message\":\"系统异常，请稍后重试\",\"charging_token\":\"" + TOKEN + "\"}");
        refusal(
                "refusal.401",
                "401, unsigned",
                "401 Unauthorized",
                "{\"code\":\"SIGN_ERROR\",\"message\":\"错误的签名，验签失败\"}");
        refusal(
                "refusal.429",
                "429, unsigned",
                "429 Too Many Requests",
                "{\"code\":\"FREQUENCY_LIMITED\",\"message\":\"频率超限\"}");
        refusal("refusal.empty", "500 with an empty body", "500 Internal Server Error", "");
        refusal("refusal.array", "500 with an array in place of the error", "500 Internal Server Error", "[]");
        refusal(
                "refusal.null-code",
                "500 with a code that is null",
                "500 Internal Server Error",
                "{\"code\":null,\"message\":null}");
        reject(
                "refusal.proxy-page",
                "502 with the HTML page of a proxy",
                "§2.7",
                "HTTP/1.1 502",
                a -> a.status("502 Bad Gateway").body(HTML).unsigned().header("Content-Type", "text/html"));
        add(
                "refusal.redirect",
                "307 to another target, which the signature does not cover; a right answer waits there",
                "§1.1",
                Basis.ASSUMED,
                Expectation.REJECT,
                "Location",
                a -> a.status("307 Temporary Redirect")
                        .unsigned()
                        .body("")
                        .header("Location", HostileGateway.REDIRECTED));
    }

    private void refusal(String id, String answer, String status, String body) {
        reject(
                id,
                answer,
                "§2.7",
                "HTTP/1.1 " + status,
                a -> a.status(status).body(body).unsigned());
    }

    private void accept(String id, String answer, String source, Consumer<AnswerDraft> change) {
        add(id, answer, source, Basis.DOCUMENTED, Expectation.ACCEPT, "", change);
    }

    private void reject(String id, String answer, String source, Consumer<AnswerDraft> change) {
        reject(id, answer, source, WechatPayHeaders.SIGNATURE, change);
    }

    private void reject(String id, String answer, String source, String mark, Consumer<AnswerDraft> change) {
        add(id, answer, source, Basis.DOCUMENTED, Expectation.REJECT, mark, change);
    }

    private void either(String id, String answer, String mark, Consumer<AnswerDraft> change) {
        add(id, answer, "§2.7", Basis.SEEN, Expectation.EITHER, mark, change);
    }

    private void add(
            String id,
            String answer,
            String source,
            Basis basis,
            Expectation expectation,
            String mark,
            Consumer<AnswerDraft> change) {
        cases.add(new ClientCase(
                id, answer, source.startsWith("§") ? REFERENCE + source : source, basis, expectation, mark, change));
    }
}
