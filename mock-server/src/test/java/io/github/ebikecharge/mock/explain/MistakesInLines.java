package io.github.ebikecharge.mock.explain;

import java.util.List;
import java.util.Locale;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Lines put together wrongly, and wrong values in the short ones. */
final class MistakesInLines {
    private MistakesInLines() {}

    private static Attempt attempt() {
        return new Attempt();
    }

    private static Attempt get() {
        Attempt attempt = new Attempt().body("").target("/v3/certificates");
        attempt.method = "GET";
        return attempt;
    }

    static List<Mistake> mistakes() {
        Attempt a = attempt();
        String text = a.text();
        String body = new String(a.body, UTF_8);
        return List.of(
                new Mistake(
                        "no last line feed",
                        attempt().signing(text.substring(0, text.length() - 1)),
                        Cause.LAST_LINE_FEED_MISSING),
                new Mistake("two line feeds too many", attempt().signing(text + "\n\n"), Cause.LINE_FEEDS_REPEATED),
                new Mistake("one line feed too many", attempt().signing(text + "\n"), Cause.LINE_FEEDS_REPEATED),
                new Mistake(
                        "no line for an empty body",
                        get().signingLines("GET", "/v3/certificates", a.timestamp, a.nonce),
                        Cause.BODY_LINE_MISSING),
                new Mistake(
                        "neither body nor its line",
                        attempt().signingLines("POST", a.target, a.timestamp, a.nonce),
                        Cause.BODY_LINE_MISSING),
                new Mistake("CRLF", attempt().signing(text.replace("\n", "\r\n")), Cause.LINE_ENDS_CRLF),
                new Mistake("CR", attempt().signing(text.replace("\n", "\r")), Cause.LINE_ENDS_OTHER),
                new Mistake("backslash n", attempt().signing(text.replace("\n", "\\n")), Cause.LINE_ENDS_LITERAL),
                new Mistake("spaces", attempt().signing(text.replace("\n", " ")), Cause.LINE_ENDS_OTHER),
                new Mistake("nothing", attempt().signing(text.replace("\n", "")), Cause.LINE_ENDS_OTHER),
                new Mistake("lower case method", attempt().signingMethod("post"), Cause.METHOD_NOT_UPPER_CASE),
                new Mistake("title case method", attempt().signingMethod("Post"), Cause.METHOD_NOT_UPPER_CASE),
                new Mistake("other method", attempt().signingMethod("GET"), Cause.METHOD_OTHER),
                new Mistake("empty method", attempt().signingMethod(""), Cause.LINE_EMPTY),
                new Mistake(
                        "no method", attempt().signingLines(a.target, a.timestamp, a.nonce, body), Cause.LINE_MISSING),
                new Mistake(
                        "as a response", attempt().signingLines(a.timestamp, a.nonce, body), Cause.LINES_OF_RESPONSE),
                new Mistake(
                        "nonce before timestamp",
                        attempt().signingLines("POST", a.target, a.nonce, a.timestamp, body),
                        Cause.LINES_REORDERED),
                new Mistake(
                        "milliseconds in the message",
                        attempt().signingTimestamp(Attempt.NOW + "417"),
                        Cause.TIMESTAMP_SIGNED_IN_MILLISECONDS),
                new Mistake(
                        "clock read twice",
                        attempt().signingTimestamp("" + (Attempt.NOW - 1)),
                        Cause.TIMESTAMP_SIGNED_OTHER),
                new Mistake("no timestamp", attempt().signingTimestamp(""), Cause.LINE_EMPTY),
                new Mistake(
                        "lower case nonce",
                        attempt().signingNonce(a.nonce.toLowerCase(Locale.ROOT)),
                        Cause.NONCE_CHANGED),
                new Mistake(
                        "CRLF and no last one",
                        attempt().signing(text.substring(0, text.length() - 1).replace("\n", "\r\n")),
                        Cause.LINE_ENDS_CRLF,
                        Cause.LAST_LINE_FEED_MISSING),
                new Mistake(
                        "lower case method and no last line feed",
                        attempt().signing(("post" + text.substring(4)).strip()),
                        Cause.METHOD_NOT_UPPER_CASE,
                        Cause.LAST_LINE_FEED_MISSING));
    }

    static Mistake utf16() {
        Attempt attempt = attempt().signing();
        attempt.hashAndPad = message -> attempt.sign("SHA256withRSA", new String(message, UTF_8).getBytes(UTF_16LE));
        return new Mistake("UTF-16", attempt, Cause.MESSAGE_ENCODED);
    }
}
