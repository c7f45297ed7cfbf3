package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

    private static final String JSON_IN_UTF_8 = "application/json; charset=utf-8";
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";

    /** What WeChat Pay documents of codes and their statuses. */
    private static final Map<String, Integer> STATUSES = Map.of(
            "PARAM_ERROR", 400,
            "INVALID_REQUEST", 400,
            "SIGN_ERROR", 401,
            "NO_AUTH", 403,
            "RULE_LIMIT", 403,
            "NOT_FOUND", 404,
            "RESOURCE_NOT_EXISTS", 404,
            "FREQUENCY_LIMITED", 429,
            "SYSTEM_ERROR", 500);

    private ObservedChecks() {}

    static void add(Rules rules) {
        headers(rules);
        transport(rules);
        bodies(rules);
        rules.documented(
                "answers.all-verify",
                "Every success to a rightly signed request is signed, and verifies over the bytes that came",
                Sources.VERIFYING,
                t -> Observation.SIGNED_SUCCESSES.each(t, Reply::verifies));
        rules.documented(
                "probes.repeat-verifies",
                "After an answer with a wrong signature on purpose (签名探测流量), the repeat is signed rightly",
                Sources.PROBING,
                t -> {
                    if (t.server().repeats.isEmpty()) {
                        throw new Check.NotApplicable("no such answer has come");
                    }
                    for (Exchange repeat : t.server().repeats) {
                        t.lookAt(repeat);
                        if (repeat.isProbe()) {
                            t.finding("the repeat is answered with a wrong signature on purpose as well", repeat);
                        } else {
                            new Reply(t, repeat).verifies();
                        }
                    }
                });
        rules.documented(
                "rotation.every-certificate-listed",
                "While certificates rotate, each that signs is in the list of certificates",
                Sources.PLATFORM_CERTIFICATES,
                ObservedChecks::rotation);
    }

    private static void headers(Rules rules) {
        rules.documented(
                "headers.casing",
                "Header names are spelled as in production: the official Java SDK knows them in no other casing",
                Sources.JAVA_SDK,
                t -> Observation.ANSWERS.each(
                        t,
                        reply -> reply.answer().headers().stream().anyMatch(ObservedChecks::isNamed),
                        "no answer with a header of these has come",
                        ObservedChecks::casing));
        rules.documented(
                "headers.content-type",
                "Content-Type of JSON begins with application/json in lower case: the official Java SDK takes no other",
                Sources.JAVA_SDK,
                t -> Observation.ANSWERS_IN_JSON.each(
                        t,
                        reply -> reply.header(
                                "Content-Type", "application/json…", value -> value.startsWith("application/json"))));
        rules.seen(
                "headers.charset",
                "Content-Type of JSON is application/json; charset=utf-8",
                Sources.SIGN_ERROR_AS_SEEN,
                t -> Observation.ANSWERS_IN_JSON.each(
                        t, reply -> reply.header("Content-Type", JSON_IN_UTF_8, JSON_IN_UTF_8::equals)));
        rules.seen(
                "headers.request-id",
                "Every answer has a Request-ID: hexadecimal digits, a dash, a number",
                Sources.TROUBLESHOOTING,
                t -> Observation.ANSWERS.each(
                        t,
                        reply -> reply.header(
                                WechatPayHeaders.REQUEST_ID,
                                "hexadecimal digits, a dash, a number",
                                value -> value.matches("[0-9A-F]+-[0-9]+"))));
        rules.documented(
                "headers.request-id-number",
                "Request-ID of an answer in JSON ends in -0 on success, and in the number of the error else",
                Sources.TROUBLESHOOTING,
                t -> Observation.ANSWERS_IN_JSON.each(
                        t,
                        reply -> reply.header(WechatPayHeaders.REQUEST_ID).isPresent(),
                        "no answer in JSON with a Request-ID has come",
                        reply -> {
                            boolean success = reply.answer().status() / 100 == 2;
                            reply.header(
                                    WechatPayHeaders.REQUEST_ID,
                                    success ? "with -0 at its end" : "with a number other than 0 at its end",
                                    id -> id.endsWith("-0") == success);
                        }));
        rules.documented(
                "headers.serial-form",
                "Wechatpay-Serial is PUB_KEY_ID_ and digits, or 40 hexadecimal digits in upper case",
                Sources.PUBLIC_KEY,
                t -> Observation.ANSWERS_WITH_SERIAL.each(t, reply -> {
                    if (!reply.serial().matches("PUB_KEY_ID_[0-9]+|[0-9A-F]{40}")) {
                        reply.finding("expected another form, came " + reply.serial(), WechatPayHeaders.SERIAL);
                    }
                }));
        rules.documented(
                "headers.signature-type",
                "A signed answer names its scheme: WECHATPAY2-SHA256-RSA2048",
                Sources.PYTHON_SDK,
                t -> Observation.ANSWERS_WITH_SIGNATURE.each(
                        t, reply -> reply.header(WechatPayHeaders.SIGNATURE_TYPE, SCHEME, SCHEME::equals)));
    }

    private static boolean isNamed(Header header) {
        return NAMES.stream().anyMatch(name -> name.equalsIgnoreCase(header.name()));
    }

    private static void casing(Reply reply) {
        for (Header header : reply.answer().headers()) {
            NAMES.stream()
                    .filter(name -> name.equalsIgnoreCase(header.name()) && !name.equals(header.name()))
                    .forEach(name -> reply.finding(
                            "expected the name %s, came %s".formatted(name, header.name()), header.name()));
        }
    }

    private static void transport(Rules rules) {
        rules.seen(
                "transport.http-1.1",
                "Answers are HTTP/1.1",
                Sources.SUCCESS_AS_SEEN,
                t -> Observation.ANSWERS.each(t, reply -> {
                    if (!reply.answer().statusLine().startsWith("HTTP/1.1 ")) {
                        reply.finding("expected HTTP/1.1", reply.answer().statusLine());
                    }
                }));
        rules.seen(
                "transport.content-length",
                "Every answer has a Content-Length; none is chunked",
                Sources.SUCCESS_AS_SEEN,
                t -> Observation.ANSWERS_WITH_LENGTH.each(
                        t, reply -> reply.header("Content-Length", "there", length -> true)));
    }

    private static void bodies(Rules rules) {
        rules.documented(
                "schema.errors",
                "A refusal is empty, or a JSON object with code and message, both strings",
                Sources.BASIC_RULES,
                t -> Observation.REFUSALS.each(t, reply -> {
                    String body = reply.answer().text();
                    if (!body.isEmpty()) {
                        Schemas.faults("ErrorResponse", body).forEach(fault -> reply.finding(fault, body));
                    }
                }));
        rules.documented(
                "refusals.code-and-status",
                "A code comes with its own status",
                Sources.STATUSES,
                t -> Observation.ANSWERS_IN_JSON.each(
                        t,
                        reply -> STATUSES.containsKey(code(reply)),
                        "no answer with a code that is documented has come",
                        reply -> {
                            Integer status = STATUSES.get(code(reply));
                            if (status != null && reply.answer().status() != status) {
                                reply.finding(
                                        "expected %d to %s, came %d"
                                                .formatted(
                                                        status,
                                                        code(reply),
                                                        reply.answer().status()),
                                        reply.answer().statusLine());
                            }
                        }));
        rules.documented(
                "refusals.never-500",
                "No request of the kit is answered with a server error",
                Sources.STATUSES,
                t -> Observation.ANSWERS.each(t, reply -> {
                    if (reply.answer().status() >= 500) {
                        reply.finding("a server error", reply.answer().statusLine());
                    }
                }));
        rules.seen(
                "data.compact",
                "JSON comes without white space, its keys in alphabetical order",
                Sources.SIGN_ERROR_AS_SEEN,
                t -> Observation.ANSWERS_IN_JSON.each(t, reply -> {
                    String compact = sorted(reply.json());
                    if (!compact.equals(reply.answer().text())) {
                        reply.finding("expected " + compact, reply.answer().text());
                    }
                }));
    }

    private static String code(Reply reply) {
        return reply.json().path("code").asText();
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
}
