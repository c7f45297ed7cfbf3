package io.github.ebikecharge.mock.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Bodies that parsers stumble over, made from good ones. */
final class HostileBodies {
    /** What a log line must never begin with. */
    static final String FORGED = "FORGED";

    private static final int MOST = 900_000;

    private static final byte[] ALPHABET = "{}[]:,\"\\/*0-.eEtrufalsn +\n\u0000'#".getBytes(UTF_8);

    /** Stand where a value stood. */
    private static final List<String> VALUES = List.of(
            "1e999999999",
            "-1e-999999999",
            "1E400000000000000000000",
            "-",
            "-.5",
            "0001",
            "1.",
            "0x1F",
            "NaN",
            "-Infinity",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "'single'",
            "\"\\u0000\"",
            "\"\u0000\"",
            "\"\\ud83d\"",
            "\"\\udd0b\\ud83d\"",
            "\"\\ud83d\\udd0b\"",
            "\"🔋🔋\"",
            "\"\\x41\\u12\"",
            "\"\\ufffe\\uffff\\u202e\"",
            "\"\r\n" + FORGED + " ERROR\"",
            "\"\\r\\n" + FORGED + " ERROR\"",
            "\"\u2028" + FORGED + "\u0085" + FORGED + "\"",
            "\"\u001b[2J\u001b]0;" + FORGED + "\u0007\"",
            "\"${jndi:ldap://127.0.0.1/a}{}%s%n\"",
            "\"../../../../etc/passwd\"",
            "/* */1//\n",
            "999999999999999999999999999999");

    /** Bytes that are no UTF-8, or not the shortest, or more than a character has. */
    private static final List<int[]> NO_UTF_8 = List.of(
            new int[] {0xff},
            new int[] {0xc0, 0x80},
            new int[] {0xc0, 0xae},
            new int[] {0xe0, 0x80, 0x80},
            new int[] {0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80},
            new int[] {0xf4, 0x90, 0x80, 0x80},
            new int[] {0xf8, 0x88, 0x80, 0x80, 0x80},
            new int[] {0xe5, 0x85},
            new int[] {0x80});

    private static final List<String> NO_JSON = List.of(
            "",
            " ",
            "null",
            "true",
            "[]",
            "\"\"",
            "{",
            "}",
            "{]",
            "{\"a\":1,}",
            "{,}",
            "{'a':1}",
            "{a:1}",
            "{\"a\":1}{\"a\":1}",
            "//\n",
            "a=b&c=%zz",
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>",
            "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
            "!!script.Engine [!!net.URL [\"http://127.0.0.1/\"]]");

    private HostileBodies() {}

    /** Makes the body of a draft hostile; says how. */
    static String spoil(Random random, Draft draft) {
        String good = new String(draft.body, UTF_8);
        switch (random.nextInt(14)) {
            case 0 -> draft.body = replaceValue(random, good, deep(random)).getBytes(UTF_8);
            case 1 -> draft.body = deep(random).getBytes(UTF_8);
            case 2 -> draft.body = repeatKeys(random, good).getBytes(UTF_8);
            case 3 -> draft.body = manyKeys(random, good).getBytes(UTF_8);
            case 4 -> draft.body = inAnotherEncoding(random, good);
            case 5 -> draft.body = insert(random, draft.body, NO_UTF_8.get(random.nextInt(NO_UTF_8.size())));
            case 6 -> draft.body = replaceValue(random, good, digits(random)).getBytes(UTF_8);
            case 7, 8 ->
                draft.body = replaceValue(random, good, VALUES.get(random.nextInt(VALUES.size())))
                        .getBytes(UTF_8);
            case 9 ->
                draft.body = replaceValue(random, good, '"' + "a".repeat(size(random, MOST)) + '"')
                        .getBytes(UTF_8);
            case 10 -> draft.body = NO_JSON.get(random.nextInt(NO_JSON.size())).getBytes(UTF_8);
            case 11 ->
                draft.body = good.substring(0, random.nextInt(good.length())).getBytes(UTF_8);
            case 12 -> draft.body = noise(random);
            default -> mutate(random, draft.body);
        }
        return "body " + abbreviated(draft.body);
    }

    private static String abbreviated(byte[] body) {
        return new String(body, 0, Math.min(body.length, 60), UTF_8).replaceAll("\\p{C}", "?");
    }

    /** Small ones often, large ones seldom. */
    static int size(Random random, int most) {
        return (int) Math.exp(random.nextDouble() * Math.log(most));
    }

    private static String deep(Random random) {
        int depth = size(random, 100_000);
        return switch (random.nextInt(4)) {
            case 0 -> "[".repeat(depth);
            case 1 -> "[".repeat(depth) + "]".repeat(depth);
            case 2 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            default -> "{\"a\":[".repeat(depth) + "]}".repeat(depth);
        };
    }

    private static String digits(Random random) {
        String digits = "9".repeat(size(random, MOST));
        return switch (random.nextInt(4)) {
            case 0 -> "-" + digits;
            case 1 -> "0." + digits;
            case 2 -> "1e" + digits;
            default -> digits;
        };
    }

    /** Puts it in the place of one value. */
    static String replaceValue(Random random, String json, String value) {
        List<Integer> colons = new ArrayList<>();
        for (int at = json.indexOf("\":"); at >= 0; at = json.indexOf("\":", at + 1)) {
            colons.add(at + 2);
        }
        if (colons.isEmpty()) {
            return value;
        }
        int from = colons.get(random.nextInt(colons.size()));
        int to = from;
        boolean text = json.charAt(from) == '"';
        while (++to < json.length() && (text ? json.charAt(to) != '"' : ",}]".indexOf(json.charAt(to)) < 0)) {}
        return json.substring(0, from) + value + json.substring(Math.min(json.length(), text ? to + 1 : to));
    }

    private static String repeatKeys(Random random, String json) {
        String inner = json.substring(1, Math.max(1, json.length() - 1));
        int times = Math.max(1, Math.min(size(random, 5_000), MOST / (json.length() + 1)));
        return "{" + (inner + ",").repeat(times) + inner + "}";
    }

    /** All of them with one hash code, half of the time. */
    private static String manyKeys(Random random, String json) {
        boolean colliding = random.nextBoolean();
        String keys = IntStream.range(0, size(random, 20_000))
                .mapToObj(i -> '"' + (colliding ? colliding(i) : "key" + i) + "\":" + i + ',')
                .collect(Collectors.joining());
        return "{" + keys + json.substring(1);
    }

    /** {@code Aa} and {@code BB} have one hash code. */
    private static String colliding(int number) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }

    private static byte[] inAnotherEncoding(Random random, String json) {
        List<Charset> charsets =
                List.of(UTF_8, UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));
        Charset charset = charsets.get(random.nextInt(charsets.size()));
        return ("\ufeff".repeat(1 + random.nextInt(2)) + json).getBytes(charset);
    }

    static byte[] insert(Random random, byte[] into, int... bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(into.length + 1);
        out.write(into, 0, at);
        for (int next : bytes) {
            out.write(next);
        }
        out.write(into, at, into.length - at);
        return out.toByteArray();
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[size(random, 100_000)];
        random.nextBytes(noise);
        return noise;
    }

    static void mutate(Random random, byte[] bytes) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextInt(4) == 0 ? (byte) random.nextInt(256) : ALPHABET[random.nextInt(ALPHABET.length)];
        }
    }
}
