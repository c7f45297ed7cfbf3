package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import java.time.Duration;

import static io.github.ebikecharge.conformance.kit.AnswerDraft.TOKEN;

/** Answers whose status or body is not what a token comes in. */
final class ContentCases {
    private static final String CONTRACT = "ebike-charge.yaml, ConfirmChargeResponse";
    private static final String HTML =
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n";

    private final ClientCases cases;

    ContentCases(ClientCases cases) {
        this.cases = cases;
    }

    void add() {
        bodies();
        contents();
        refusals();
        network();
    }

    private void bodies() {
        cases.reject(
                "body.altered",
                "a body of which one byte is not the one that was signed",
                Sources.JAVA_SDK,
                TOKEN.replace('N', 'n'),
                a -> a.sentBody(body -> body.replace(TOKEN, TOKEN.replace('N', 'n'))));
        cases.reject(
                "body.reserialised",
                "the same JSON, written anew with white space",
                Sources.VERIFYING,
                "{ ",
                a -> a.sentBody(
                        body -> body.replace("{", "{ ").replace(":", ": ").replace("}", " }")));
        cases.reject(
                "body.line-feed",
                "the body with a line feed more than was signed",
                Sources.VERIFYING,
                "}",
                a -> a.sentBody(body -> body + "\n"));
        cases.reject(
                "body.truncated",
                "half of the body, with a length that fits",
                Sources.VERIFYING,
                "Content-Length",
                a -> a.sentBody(body -> body.substring(0, body.length() / 2)));
        cases.reject(
                "body.empty",
                "an empty body, where another was signed",
                Sources.VERIFYING,
                "Content-Length",
                a -> a.sentBody(body -> ""));
        cases.reject(
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
        cases.reject(
                "content.202",
                "202: signed, and still being processed",
                Sources.STATUSES,
                "HTTP/1.1 202",
                a -> a.status("202 Accepted").body("{}"));
        cases.reject(
                "content.204",
                "204: signed, and without a body",
                Sources.VERIFYING,
                "HTTP/1.1 204",
                a -> a.status("204 No Content").body(""));
    }

    private void contents(String id, String answer, String body) {
        cases.reject(id, answer, CONTRACT, body, a -> a.body(body));
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
        cases.reject(
                "refusal.proxy-page",
                "502 with the HTML page of a proxy",
                Sources.JAVA_SDK,
                "HTTP/1.1 502",
                a -> a.status("502 Bad Gateway").body(HTML).unsigned().header("Content-Type", "text/html"));
        cases.add(
                "refusal.redirect",
                "307 to another target, which the signature does not cover; a right answer waits there",
                Sources.SIGNING,
                Basis.ASSUMED,
                Expectation.REJECT,
                "Location",
                a -> a.status("307 Temporary Redirect")
                        .unsigned()
                        .body("")
                        .header("Location", HostileGateway.REDIRECTED));
    }

    private void network() {
        cases.reject(
                "network.reset",
                "a connection that is reset before anything of the answer came",
                "RFC 9112 §9.5",
                "",
                AnswerDraft::reset);
        cases.add(
                "network.slow",
                "a right answer, half of whose body comes two seconds later",
                "RFC 9112 §6.3",
                Basis.SEEN,
                Expectation.EITHER,
                "",
                a -> a.after(Duration.ofSeconds(2)));
    }

    private void refusal(String id, String answer, String status, String body) {
        cases.reject(
                id,
                answer,
                Sources.JAVA_SDK,
                "HTTP/1.1 " + status,
                a -> a.status(status).body(body).unsigned());
    }
}
