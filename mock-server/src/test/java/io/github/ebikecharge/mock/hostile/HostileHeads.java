package io.github.ebikecharge.mock.hostile;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static io.github.ebikecharge.mock.hostile.HostileBodies.FORGED;
import static io.github.ebikecharge.mock.hostile.HostileBodies.size;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Request lines and headers that parsers stumble over. */
final class HostileHeads {
    private static final List<String> WHOLE_TARGETS = List.of(
            "*",
            "",
            "/",
            "//",
            "api.mch.weixin.qq.com:443",
            "http://",
            "http://127.0.0.1",
            "http://elsewhere/v3/certificates",
            "http://user:password@127.0.0.1/v3/certificates",
            "http://[::1/v3/certificates",
            "http://127.0.0.1:99999/_mock/health",
            "ftp://127.0.0.1/v3/certificates",
            "v3/certificates",
            "?",
            "#",
            "/_mock",
            "/_mock/../v3/certificates",
            "/v3/..%2f_mock/credentials",
            "/_mock/requests/%2e%2e/credentials",
            "/_mock/dashboard/../../META-INF/MANIFEST.MF",
            "/_mock/dashboard/..%2f..%2fsimplelogger.properties",
            "/_mock/docs/%2e%2e/%2e%2e/a",
            "/_mock/docs/..\\..\\a");

    /** Somewhere in a target. */
    private static final List<String> IN_TARGETS = List.of(
            "%",
            "%6",
            "%zz",
            "%00",
            "%0d%0a" + FORGED,
            "%0a" + FORGED,
            "%ff",
            "%c0%ae",
            "%c0%af",
            "%2f",
            "%5c",
            "%2e%2e",
            "%u0041",
            "%F0%9F%94%8B",
            "%1b%5B2J",
            "\\",
            "/../",
            "/./",
            "//",
            ";a=b",
            ";jsessionid=1",
            "#a",
            " ",
            "\t",
            "\0",
            "\u0001",
            "\u007f",
            "\u00ff",
            "\r",
            "\n" + FORGED,
            "<script>",
            "{x}",
            "|",
            "\"",
            "?",
            "?a=%zz",
            "?a=%c3&b=%28",
            "?=&&==&",
            "?charging_token=1&contract_id=2",
            "?limit=-1",
            "?limit=99999999999999999999");

    private static final List<String> METHODS = List.of(
            "post",
            "PRI",
            "TRACE",
            "CONNECT",
            "OPTIONS",
            "HEAD",
            "PROPFIND",
            "DELETE",
            "PATCH",
            "",
            "P\0ST",
            "P(ST",
            "GET\t",
            "\u00ff",
            "GET /v3/certificates HTTP/1.1\r\nX: ");

    private static final List<String> VERSIONS = List.of(
            "HTTP/1.0",
            "HTTP/0.9",
            "HTTP/2.0",
            "HTTP/3",
            "HTTP/9.9",
            "HTTP/1.10",
            "HTTP/1.",
            "HTTP/1.1 ",
            "HTTP/1.1 x",
            "http/1.1",
            "HTTPS/1.1",
            "",
            " ",
            "HTTP/1.1\r",
            "HTTP/-1.1");

    private static final List<String> LINES = List.of(
            "No-Colon",
            ": no name",
            " obs-fold of the one before",
            "\tobs-fold",
            "X-Folded: a\r\n b",
            "X-Folded: a\r\n\tHost: elsewhere",
            "Name with space: 1",
            "Space-Before-Colon : 1",
            "X-Nul: a\0b",
            "X-Del: a\u007fb",
            "X-Cr: a\rb",
            "X-Lf: a\nX-Other: b",
            "X-Cr: a\r" + FORGED + ": 1",
            "X-Lf: a\n" + FORGED + " ERROR",
            "X-High: \u00ff\u00fe",
            "X-Escape: \u001b[31m" + FORGED,
            "X\u00ff: 1",
            "X(: 1",
            "Host:",
            "Host: elsewhere",
            "Host: 127.0.0.1:99999",
            "Host: [::1",
            "Host: a b",
            "Host: 127.0.0.1@elsewhere",
            "Host: localhost:8080, elsewhere",
            "Origin: null",
            "Origin: http://elsewhere",
            "Sec-Fetch-Site: cross-site",
            "Authorization:",
            "Authorization: WECHATPAY2-SHA256-RSA2048",
            "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\"\"",
            "Authorization: WECHATPAY2-SM2-WITH-SM3 ,,,===\"\"\"",
            "Authorization: Bearer " + FORGED,
            "Authorization: Basic \u00ff",
            "Wechatpay-Serial: " + FORGED,
            "Wechatpay-Serial: ../../etc/passwd",
            "Mock-Prefer: code=NONE, delay=-1",
            "Mock-Prefer: delay=99999999999999999999",
            "Mock-Prefer: ===,,,;;;",
            "Accept: ",
            "Accept: */*;q=x",
            "Accept-Language: " + FORGED,
            "Accept-Encoding: gzip, br;q=x",
            "Content-Type: application/json; charset=none",
            "Content-Type: application/json; charset=UTF-7",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Type: application/x-www-form-urlencoded; charset=%",
            "Content-Type: \u00ff",
            "Content-Type: /",
            "Content-Encoding: gzip",
            "Cookie: a=\"; b=\u00ff; $Version=1",
            "Range: bytes=9-1,-,99999999999999999999-",
            "If-None-Match: \"",
            "If-Modified-Since: never",
            "Last-Event-ID: -1",
            "Last-Event-ID: 99999999999999999999",
            "Expect: 100-continue",
            "Expect: cookies",
            "Connection: close, keep-alive, Host",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "X-Forwarded-For: " + FORGED,
            "X-HTTP-Method-Override: DELETE",
            "Forwarded: for=\"");

    private HostileHeads() {}

    /** Makes request line or headers of a signed draft hostile; says how. */
    static String spoil(Random random, Draft draft) {
        switch (random.nextInt(11)) {
            case 0 -> draft.method = METHODS.get(random.nextInt(METHODS.size()));
            case 1 -> draft.method = "A".repeat(size(random, 100_000));
            case 2 -> draft.version = VERSIONS.get(random.nextInt(VERSIONS.size()));
            case 3 -> mutateAuthorization(random, draft);
            case 4 -> draft.put(random, "X-Filling: " + "a".repeat(size(random, 200_000)));
            case 5 -> draft.put(random, "X".repeat(size(random, 200_000)) + ": 1");
            case 6 -> IntStream.range(0, size(random, 5_000)).forEach(i -> draft.headers.add("X-" + i + ": " + i));
            case 7 -> draft.headers.add(draft.headers.get(random.nextInt(draft.headers.size())));
            case 8 -> draft.headers.remove(random.nextInt(draft.headers.size()));
            default -> {
                String line = LINES.get(random.nextInt(LINES.size()));
                draft.put(random, line);
                return "header " + printable(line);
            }
        }
        return "head " + printable(draft.method + ' ' + draft.target + ' ' + draft.version);
    }

    /** Makes the target hostile, before it is signed. */
    static String spoilTarget(Random random, Draft draft) {
        switch (random.nextInt(5)) {
            case 0 -> draft.target = WHOLE_TARGETS.get(random.nextInt(WHOLE_TARGETS.size()));
            case 1 -> draft.target += "?" + "a=1&".repeat(size(random, 20_000));
            case 2 -> draft.target += "a".repeat(size(random, 100_000));
            default -> {
                int at = random.nextInt(draft.target.length() + 1);
                draft.target = draft.target.substring(0, at)
                        + IN_TARGETS.get(random.nextInt(IN_TARGETS.size()))
                        + draft.target.substring(at);
            }
        }
        return "target " + printable(draft.target);
    }

    private static void mutateAuthorization(Random random, Draft draft) {
        int last = draft.headers.size() - 1;
        byte[] line = draft.headers.get(last).getBytes(ISO_8859_1);
        HostileBodies.mutate(random, line);
        String mutated = new String(line, ISO_8859_1);
        draft.headers.set(last, random.nextBoolean() ? mutated : mutated.replace("=\"", "=\"\"\\" + FORGED));
    }

    static String printable(String text) {
        String line = new String(text.getBytes(UTF_8), UTF_8).replaceAll("\\p{C}", "?");
        return line.substring(0, Math.min(line.length(), 80));
    }
}
