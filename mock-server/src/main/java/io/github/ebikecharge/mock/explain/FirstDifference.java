package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.mock.explain.Explanation.Text;

/** Where two messages part. */
final class FirstDifference {
    private static final int EXCERPT = 24;

    private FirstDifference() {}

    /** The first place, as line and character counted from 1, with what stands there in each. */
    static Text describe(String expected, String signed) {
        int at = 0;
        int line = 1;
        int lineStart = 0;
        while (at < expected.length() && at < signed.length() && expected.charAt(at) == signed.charAt(at)) {
            if (expected.charAt(at) == '\n') {
                line++;
                lineStart = at + 1;
            }
            at++;
        }
        int character = at - lineStart + 1;
        return new Text(
                "First difference: line %d, character %d: expected %s, signed %s."
                        .formatted(line, character, excerpt(expected, at, "the end"), excerpt(signed, at, "the end")),
                "首处差异：第%d行第%d个字符，应为%s，实际签名的是%s。"
                        .formatted(line, character, excerpt(expected, at, "结尾"), excerpt(signed, at, "结尾")));
    }

    /** Line ends as symbols: a backslash is a backslash, for callers sign those too. */
    private static String excerpt(String message, int at, String end) {
        if (at == message.length()) {
            return end;
        }
        String rest = message.substring(at, Math.min(at + EXCERPT, message.length()));
        StringBuilder shown = new StringBuilder("«");
        rest.chars().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append('␊');
                case '\r' -> shown.append('␍');
                case '\t' -> shown.append('␉');
                case '\uFEFF' -> shown.append("U+FEFF ");
                default -> shown.append((char) c);
            }
        });
        return shown.append(at + EXCERPT < message.length() ? "…»" : "»").toString();
    }
}
