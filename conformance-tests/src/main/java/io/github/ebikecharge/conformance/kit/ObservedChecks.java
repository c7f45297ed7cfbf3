package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/** What holds for every answer: looked for in all that the other checks have exchanged. */
final class ObservedChecks {
    private static final List<String> NAMES = List.of(
            "Content-Type",
            "Content-Length",
            WechatPayHeaders.REQUEST_ID,
            WechatPayHeaders.NONCE,
            WechatPayHeaders.SIGNATURE,
            WechatPayHeaders.TIMESTAMP,
            WechatPayHeaders.SERIAL,
            WechatPayHeaders.SIGNATURE_TYPE);

    /** What WeChat Pay documents of codes and their statuses. */
    private static final Map<String, List<Integer>> STATUSES = Map.of(
            "PARAM_ERROR", List.of(400),
            "INVALID_REQUEST", List.of(400),
            "SIGN_ERROR", List.of(401),
            "NO_AUTH", List.of(403),
            "RULE_LIMIT", List.of(403),
            "NOT_FOUND", List.of(404),
            "RESOURCE_NOT_EXISTS", List.of(404),
            "FREQUENCY_LIMITED", List.of(429),
            "SYSTEM_ERROR", List.of(500));

    private ObservedChecks() {}

    static void add(Rules rules) {
        headers(rules);
        bodies(rules);
        rules.documented(
                "answers.all-verify",
                "Every success to a rightly signed request is signed, and verifies over the bytes that came",
                "https://pay.weixin.qq.com/doc/v3/merchant/4013053420",
                t -> each(t, "", reply -> {
                    if (!t.server().probes.contains(reply.exchange())
                            && reply.exchange().request().rightlySigned()
                            && reply.answer().status() / 100 == 2) {
                        reply.verifies();
                    }
                }));
        rules.documented(
                "probes.repeat-verifies",
                "After an answer with a wrong signature on purpose (签名探测流量), the repeat is signed rightly",
                "https://pay.weixin.qq.com/doc/v3/merchant/4013053249",
                t -> {
                    if (t.server().probes.isEmpty()) {
                        throw new Check.NotApplicable("no such answer has come");
                    }
                    for (Exchange probe : t.server().probes) {
                        Exchange repeat = t.exchanges().get(t.exchanges().indexOf(probe) + 1);
                        new Reply(t, repeat).verifies();
                    }
                });
        rules.documented(
                "rotation.every-certificate-listed",
                "While certificates rotate, each that signs is in the list of certificates",
                "§3.3",
                ObservedChecks::rotation);
    }

    private static void headers(Rules rules) {
        rules.documented(
                "headers.casing",
                "Header names are spelled as in production: the official Java SDK knows them in no other casing",
                "§2.5",
                t -> each(t, "", reply -> {
                    for (Header header : reply.answer().headers()) {
                        NAMES.stream()
                                .filter(name -> name.equalsIgnoreCase(header.name()) && !name.equals(header.name()))
                                .forEach(name -> reply.finding(
                                        "expected the name %s, came %s".formatted(name, header.name()), header.name()));
                    }
                }));
        rules.documented(
                "headers.content-type",
                "Content-Type of JSON begins with application/json in lower case: the official Java SDK takes no other",
                "§2.7",
                t -> each(
                        t,
                        "{",
                        reply -> reply.header(
                                "Content-Type", "application/json…", value -> value.startsWith("application/json"))));
        seen(
                rules,
                "headers.charset",
                "Content-Type of JSON is application/json; charset=utf-8",
                "§2.1",
                "Content-Type",
                "application/json; charset=utf-8"::equals);
        seen(
                rules,
                "headers.request-id",
                "Every answer has a Request-ID: hexadecimal digits, a dash, a number",
                "§2.4",
                WechatPayHeaders.REQUEST_ID,
                value -> value.matches("[0-9A-F]+-[0-9]+"));
        rules.documented(
                "headers.request-id-number",
                "Request-ID ends in -0 on success, and in the number of the error else",
                "§2.4",
                t -> each(
                        t,
                        "{",
                        reply -> reply.header(WechatPayHeaders.REQUEST_ID).ifPresent(id -> {
                            boolean success = reply.answer().status() / 100 == 2;
                            if (id.endsWith("-0") != success) {
                                reply.finding(
                                        success
                                                ? "expected -0 at its end"
                                                : "expected a number other than 0 at its end",
                                        WechatPayHeaders.REQUEST_ID);
                            }
                        })));
        rules.documented(
                "headers.serial-form",
                "Wechatpay-Serial is PUB_KEY_ID_ and digits, or 40 hexadecimal digits in upper case",
                "§2.1",
                t -> each(
                        t,
                        "",
                        reply -> reply.header(WechatPayHeaders.SERIAL).ifPresent(serial -> {
                            if (!serial.matches("PUB_KEY_ID_[0-9]+|[0-9A-F]{40}")) {
                                reply.finding("expected another form, came " + serial, WechatPayHeaders.SERIAL);
                            }
                        })));
        rules.documented(
                "headers.signature-type",
                "A signed answer names its scheme: WECHATPAY2-SHA256-RSA2048",
                "§2.7",
                t -> each(
                        t,
                        "",
                        reply -> reply.header(WechatPayHeaders.SIGNATURE)
                                .ifPresent(signature -> reply.header(
                                        WechatPayHeaders.SIGNATURE_TYPE,
                                        "WECHATPAY2-SHA256-RSA2048",
                                        "WECHATPAY2-SHA256-RSA2048"::equals))));
        rules.seen(
                "transport.http-1.1",
                "Answers are HTTP/1.1",
                "§2.5",
                t -> each(t, "", reply -> {
                    if (!reply.answer().statusLine().startsWith("HTTP/1.1 ")) {
                        reply.finding("expected HTTP/1.1", reply.answer().statusLine());
                    }
                }));
        rules.seen(
                "transport.content-length",
                "Every answer has a Content-Length; none is chunked",
                "§10.1",
                t -> each(t, "", reply -> {
                    if (!reply.exchange().request().method().equals("HEAD")) {
                        reply.header("Content-Length", "there", length -> true);
                    }
                }));
    }

    private static void seen(
            Rules rules, String id, String rule, String source, String header, Predicate<String> test) {
        rules.seen(id, rule, source, t -> each(t, "{", reply -> reply.header(header, rule, test)));
    }

    private static void bodies(Rules rules) {
        rules.documented(
                "schema.errors",
                "A refusal is empty, or a JSON object with code and message, both strings",
                "https://pay.weixin.qq.com/doc/v3/merchant/4012081709",
                t -> each(t, "", reply -> {
                    String body = reply.answer().text();
                    if (reply.answer().status() >= 400 && !body.isEmpty()) {
                        Schemas.faults("ErrorResponse", body).forEach(fault -> reply.finding(fault, body));
                    }
                }));
        rules.documented(
                "refusals.code-and-status",
                "A code comes with its own status",
                "https://pay.weixin.qq.com/doc/v3/merchant/4012081717",
                t -> each(t, "{", reply -> {
                    String code = reply.json().path("code").asText();
                    int status = reply.answer().status();
                    if (status >= 400
                            && !STATUSES.getOrDefault(code, List.of(status)).contains(status)) {
                        reply.finding(
                                "expected %s to %s, came %d".formatted(STATUSES.get(code), code, status),
                                reply.answer().statusLine());
                    }
                }));
        rules.documented(
                "refusals.never-500",
                "No request of the kit is answered with a server error",
                "https://pay.weixin.qq.com/doc/v3/merchant/4012081717",
                t -> each(t, "", reply -> {
                    if (reply.answer().status() >= 500) {
                        reply.finding("a server error", reply.answer().statusLine());
                    }
                }));
        rules.seen(
                "data.compact",
                "JSON comes without white space, its keys in alphabetical order",
                "§5",
                t -> each(t, "{", reply -> {
                    String compact = sorted(reply.json());
                    if (!reply.json().isMissingNode()
                            && !compact.equals(reply.answer().text())) {
                        reply.finding("expected " + compact, reply.answer().text());
                    }
                }));
    }

    private static void rotation(Trial t) throws Check.NotApplicable {
        TreeSet<String> signers = new TreeSet<>();
        t.exchanges()
                .forEach(exchange -> new Reply(t, exchange)
                        .header(WechatPayHeaders.SERIAL)
                        .filter(serial -> !serial.startsWith("PUB_KEY_ID_"))
                        .ifPresent(signers::add));
        if (signers.size() < 2) {
            throw new Check.NotApplicable("no two certificates have signed");
        }
        Reply list = t.send(t.certificates()).status(200);
        list.json()
                .path("data")
                .forEach(entry -> signers.remove(entry.path("serial_no").asText()));
        signers.forEach(serial -> list.finding(
                "signs, and is not in the list: " + serial, list.answer().text()));
    }

    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            return Stream.of(node)
                    .flatMap(JsonNode::propertyStream)
                    .sorted(Map.Entry.comparingByKey())
                    .map(field -> '"' + field.getKey() + "\":" + sorted(field.getValue()))
                    .collect(joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return Stream.of(node)
                    .flatMap(JsonNode::valueStream)
                    .map(ObservedChecks::sorted)
                    .collect(joining(",", "[", "]"));
        }
        return node.toString();
    }

    /** Looks at every answer whose body begins so; one finding is enough. Run alone, it asks for some. */
    private static void each(Trial t, String start, Consumer<Reply> look) {
        if (t.exchanges().isEmpty()) {
            t.send(t.confirm());
            t.send(t.certificates());
            t.send(t.confirm().body("{}"));
            t.send(t.confirm().unsigned());
        }
        for (Exchange exchange : List.copyOf(t.exchanges())) {
            Answer answer = exchange.answer();
            if (answer != null
                    && answer.text().startsWith(start)
                    && t.findings().isEmpty()) {
                look.accept(new Reply(t, exchange));
            }
        }
    }
}
