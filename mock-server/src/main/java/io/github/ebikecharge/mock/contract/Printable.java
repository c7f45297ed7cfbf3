package io.github.ebikecharge.mock.contract;

/** What callers sent, where a log or a header quotes it: on one line, and nothing that a terminal would obey. */
public final class Printable {
    private static final int LAST = '~';

    private Printable() {}

    /** The text, with a question mark for each character that is not printable ASCII. */
    public static String ascii(String text) {
        return text.codePoints()
                .map(character -> character < ' ' || character > LAST ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
