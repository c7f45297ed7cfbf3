package io.github.ebikecharge.api.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/** The header parser reads what two regular expressions describe, and nothing else. */
class AuthorizationGrammarTest {
    private static final int CASES = 50_000;
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";
    private static final Pattern FIELD = Pattern.compile("([a-z_]+)=\"([^\"]*)\"(,|\\z)");
    private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final List<String> NAMES = List.of("mchid", "nonce_str", "timestamp", "serial_no", "signature");
    private static final List<String> VALUES =
            List.of("", "1", "a,b=c", "1714000000", "0", "00", "-1", "999999999999999999", "1000000000000000000");
    private static final List<String> PIECES = List.of(
            "\"",
            "=",
            ",",
            " ",
            "=\"",
            "\",",
            "\n",
            "\t",
            "mchid=\"1\"",
            "x",
            "_",
            "`",
            "{",
            "A",
            "timestamp",
            "",
            "/",
            ":",
            "；");

    private final Random random = new Random(7);

    @Test
    void readsFieldsAsRegularExpressionDoes() {
        int accepted = 0;
        for (int i = 0; i < CASES; i++) {
            String fields = broken(fields());
            Map<String, String> expected = expected(fields);
            accepted += expected == null ? 0 : 1;
            assertThat(read(fields)).as(fields).isEqualTo(expected);
        }
        assertThat(accepted).isBetween(CASES / 20, CASES * 19 / 20); // or it would look at one half only
    }

    @Test
    void readsSecondsAsRegularExpressionDoes() {
        for (int i = 0; i < CASES; i++) {
            String text = random.ints(random.nextInt(21), '/', ':' + 1)
                    .map(digit -> random.nextInt(10) > 0 ? Math.min(Math.max(digit, '0'), '9') : digit)
                    .mapToObj(Character::toString)
                    .collect(joining());
            long expected = SECONDS.matcher(text).matches() ? Long.parseLong(text) : -1;
            assertThat(AuthorizationHeader.seconds(text)).as(text).isEqualTo(expected);
        }
    }

    /** All five in some order, now and then one of them twice, or with a value that is none. */
    private String fields() {
        return random.ints(0, 5)
                .distinct()
                .limit(5)
                .mapToObj(name -> NAMES.get(name) + "=\"" + value(name) + '"')
                .collect(joining(","));
    }

    private String value(int name) {
        boolean any = random.nextInt(8) == 0;
        return any ? VALUES.get(random.nextInt(VALUES.size())) : NAMES.get(name).equals("timestamp") ? "1" : "v";
    }

    /** One to three times in four, something is put in, or taken out, or both. */
    private String broken(String fields) {
        StringBuilder text = new StringBuilder(fields);
        for (int i = random.nextInt(4); i > 1; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(3));
            text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static @Nullable Map<String, String> expected(String text) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end)
                    || matcher.start() != end
                    || !NAMES.contains(matcher.group(1))
                    || fields.put(matcher.group(1), matcher.group(2)) != null) {
                return null;
            }
            end = matcher.end();
        }
        boolean whole = fields.size() == NAMES.size() && !fields.containsValue("");
        return whole
                        && !text.endsWith(",")
                        && SECONDS.matcher(fields.get("timestamp")).matches()
                ? fields
                : null;
    }

    private static @Nullable Map<String, String> read(String fields) {
        try {
            AuthorizationHeader read = AuthorizationHeader.parse(SCHEME + " " + fields);
            return Map.of(
                    "mchid", read.mchid(),
                    "nonce_str", read.nonceStr(),
                    "timestamp", String.valueOf(read.timestamp()),
                    "serial_no", read.serialNo(),
                    "signature", read.signature());
        } catch (SignatureVerificationException e) {
            return null;
        }
    }
}
