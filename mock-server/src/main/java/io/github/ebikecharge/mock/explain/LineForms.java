package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.mock.explain.Draft.Part;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import static io.github.ebikecharge.mock.explain.Draft.Part.BODY;
import static io.github.ebikecharge.mock.explain.Draft.Part.ENCODING;
import static io.github.ebikecharge.mock.explain.Draft.Part.ENDING;
import static io.github.ebikecharge.mock.explain.Draft.Part.METHOD;
import static io.github.ebikecharge.mock.explain.Draft.Part.NONCE;
import static io.github.ebikecharge.mock.explain.Draft.Part.ORDER;
import static io.github.ebikecharge.mock.explain.Draft.Part.SEPARATOR;
import static io.github.ebikecharge.mock.explain.Draft.Part.TARGET;
import static io.github.ebikecharge.mock.explain.Draft.Part.TIMESTAMP;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What callers get wrong about the lines and the short values in them. */
final class LineForms {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final int SECONDS_APART = 5;
    private static final List<Part> HEAD = List.of(METHOD, TARGET, TIMESTAMP, NONCE);

    private LineForms() {}

    static void addTo(Deviations deviations) {
        methods(deviations);
        timestamps(deviations);
        nonces(deviations);
        HEAD.forEach(line -> deviations.line(line, "", Cause.LINE_EMPTY.found(name(line))));
        lineEnds(deviations);
        order(deviations);
        encodings(deviations);
    }

    private static void methods(Deviations deviations) {
        String method = deviations.correct().text(METHOD);
        String lower = method.toLowerCase(Locale.ROOT);
        deviations.line(METHOD, lower, Cause.METHOD_NOT_UPPER_CASE.found(lower, method));
        if (!method.isEmpty()) {
            String title = method.charAt(0) + lower.substring(1);
            deviations.line(METHOD, title, Cause.METHOD_NOT_UPPER_CASE.found(title, method));
        }
        METHODS.forEach(other -> deviations.line(METHOD, other, Cause.METHOD_OTHER.found(other, method)));
    }

    private static void timestamps(Deviations deviations) {
        String timestamp = deviations.correct().text(TIMESTAMP);
        if (!timestamp.matches("[0-9]{1,18}")) {
            return;
        }
        long seconds = Long.parseLong(timestamp);
        for (int apart = 1; apart <= SECONDS_APART; apart++) {
            for (long other : new long[] {seconds - apart, seconds + apart}) {
                deviations.line(TIMESTAMP, "" + other, Cause.TIMESTAMP_SIGNED_OTHER.found("" + other, timestamp));
            }
        }
        String whole = "" + seconds / 1000;
        deviations.line(TIMESTAMP, whole, Cause.TIMESTAMP_SIGNED_OTHER.found(whole, timestamp));
    }

    /** Every millisecond of the header's second: too many to be tried together with other mistakes. */
    static void addRareTo(Deviations deviations) {
        String timestamp = deviations.correct().text(TIMESTAMP);
        for (int millis = 0; millis < 1000; millis++) {
            String other = timestamp + "%03d".formatted(millis);
            deviations.line(TIMESTAMP, other, Cause.TIMESTAMP_SIGNED_IN_MILLISECONDS.found(other, timestamp));
        }
    }

    private static void nonces(Deviations deviations) {
        String nonce = deviations.correct().text(NONCE);
        List<UnaryOperator<String>> changes = List.of(
                text -> text.toLowerCase(Locale.ROOT),
                text -> text.toUpperCase(Locale.ROOT),
                text -> text.replace("-", ""),
                String::strip);
        changes.stream()
                .map(change -> change.apply(nonce))
                .forEach(other -> deviations.line(NONCE, other, Cause.NONCE_CHANGED.found(other, nonce)));
    }

    private static void lineEnds(Deviations deviations) {
        Map.of("\r\n", Cause.LINE_ENDS_CRLF, "\\n", Cause.LINE_ENDS_LITERAL)
                .forEach((end, cause) ->
                        deviations.message(SEPARATOR, cause.found(), draft -> draft.withSeparator(end)));
        Map.of("\r", "CR", " ", "\"␠\"", "", "\"\"", "&", "\"&\"", ",", "\",\"")
                .forEach((end, name) -> deviations.message(
                        SEPARATOR, Cause.LINE_ENDS_OTHER.found(name), draft -> draft.withSeparator(end)));
        boolean empty = deviations.correct().bytes(BODY).length == 0;
        Cause missing = empty ? Cause.BODY_LINE_MISSING : Cause.LAST_LINE_FEED_MISSING;
        deviations.message(ENDING, missing.found(), draft -> draft.withEndings(0));
        for (int endings = 2; endings <= 4; endings++) {
            int count = endings;
            deviations.message(ENDING, Cause.LINE_FEEDS_REPEATED.found(count), draft -> draft.withEndings(count));
        }
    }

    private static void order(Deviations deviations) {
        order(deviations, Cause.BODY_LINE_MISSING.found(), HEAD);
        order(deviations, Cause.LINES_OF_RESPONSE.found(), List.of(TIMESTAMP, NONCE, BODY));
        for (Part line : HEAD) {
            List<Part> rest = new ArrayList<>(Draft.LINES);
            rest.remove(line);
            order(deviations, Cause.LINE_MISSING.found(name(line)), rest);
        }
        for (int i = 0; i + 1 < Draft.LINES.size(); i++) {
            List<Part> swapped = new ArrayList<>(Draft.LINES);
            swapped.add(i, swapped.remove(i + 1));
            order(deviations, Cause.LINES_REORDERED.found(name(swapped.get(i + 1)), name(swapped.get(i))), swapped);
        }
    }

    private static void order(Deviations deviations, Finding finding, List<Part> lines) {
        deviations.message(ORDER, finding, draft -> draft.withOrder(lines));
    }

    private static void encodings(Deviations deviations) {
        encoding(
                deviations, Cause.HASHED_TWICE.found("hex"), m -> hex(sha256(m)).getBytes(UTF_8));
        encoding(
                deviations,
                Cause.HASHED_TWICE.found("HEX"),
                m -> hex(sha256(m)).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        encoding(
                deviations,
                Cause.HASHED_TWICE.found("Base64"),
                m -> Base64.getEncoder().encode(sha256(m)));
        encoding(deviations, Cause.HASHED_TWICE.found("binary"), LineForms::sha256);
        encoding(
                deviations,
                Cause.MESSAGE_ENCODED.found("Base64"),
                m -> Base64.getEncoder().encode(m));
        List.of(UTF_16LE, UTF_16BE, UTF_16)
                .forEach(charset -> encoding(
                        deviations, Cause.MESSAGE_ENCODED.found(charset), m -> new String(m, UTF_8).getBytes(charset)));
    }

    private static void encoding(Deviations deviations, Finding finding, UnaryOperator<byte[]> encoding) {
        deviations.message(ENCODING, finding, draft -> draft.withEncoding(encoding));
    }

    private static byte[] sha256(byte[] message) {
        return Recovered.hash("SHA-256", message);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String name(Part line) {
        return line.name().toLowerCase(Locale.ROOT);
    }
}
