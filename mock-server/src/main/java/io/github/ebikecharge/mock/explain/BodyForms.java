package io.github.ebikecharge.mock.explain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.github.ebikecharge.mock.explain.Draft.Part.BODY;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What callers get wrong about the last line: another text of the same JSON, mostly, than the one that is sent. */
final class BodyForms {
    /** Longer bodies are not written anew: API v3 has none, and the search would reach its bounds. */
    private static final int MAX_LENGTH = 64 << 10;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final List<String> LITERALS = List.of("{}", "null", "\"\"", "[]", "undefined", "[object Object]");
    /** Charsets of Chinese Windows, and others that a runtime may have for its default. */
    private static final List<Charset> MISREAD = Stream.of("GBK", "Big5", "ISO-8859-1", "US-ASCII")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    private static final List<Charset> CHARSETS = Stream.concat(MISREAD.stream(), Stream.of(UTF_16LE, UTF_16BE, UTF_16))
            .toList();
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u[0-9a-fA-F]{4}");

    /** One way to spell characters, and the cause if that is not how they were sent. */
    private record Spelling(Cause cause, UnaryOperator<String> change) {}

    private static final List<Spelling> LINE_ENDS = List.of(
            new Spelling(Cause.BODY_LINE_ENDS_CHANGED, text -> text.replace("\r\n", "\n")),
            new Spelling(
                    Cause.BODY_LINE_ENDS_CHANGED,
                    text -> text.replace("\r\n", "\n").replace("\n", "\r\n")));

    /** Ways to spell that do not depend on each other; of each list at most one was used. */
    private static final List<List<Spelling>> SPELLINGS = List.of(
            List.of(
                    new Spelling(Cause.BODY_HTML_ESCAPED, text -> escape(text, c -> "<>&".indexOf(c) >= 0, "\\u%04x")),
                    new Spelling(
                            Cause.BODY_HTML_ESCAPED, text -> escape(text, c -> "<>&='".indexOf(c) >= 0, "\\u%04x")),
                    new Spelling(Cause.BODY_HTML_RAW, text -> unescape(text, c -> "<>&='".indexOf(c) >= 0))),
            List.of(
                    new Spelling(Cause.BODY_UNICODE_ESCAPED, text -> escape(text, c -> c > 0x7F, "\\u%04x")),
                    new Spelling(Cause.BODY_UNICODE_ESCAPED, text -> escape(text, c -> c > 0x7F, "\\u%04X")),
                    new Spelling(Cause.BODY_UNICODE_RAW, text -> unescape(text, c -> c > 0x7F)),
                    new Spelling(
                            Cause.BODY_UNICODE_ESCAPED,
                            text -> escape(unescape(text, c -> c > 0x7F), c -> c > 0x7F, "\\u%04x")),
                    new Spelling(
                            Cause.BODY_UNICODE_ESCAPED,
                            text -> escape(unescape(text, c -> c > 0x7F), c -> c > 0x7F, "\\u%04X"))),
            List.of(
                    new Spelling(Cause.BODY_SLASHES_RAW, text -> text.replace("\\/", "/")),
                    new Spelling(
                            Cause.BODY_SLASHES_ESCAPED,
                            text -> text.replace("\\/", "/").replace("/", "\\/"))),
            LINE_ENDS);

    private final Deviations deviations;
    private final byte[] body;

    private BodyForms(Deviations deviations) {
        this.deviations = deviations;
        this.body = deviations.correct().bytes(BODY);
    }

    static void addTo(Deviations deviations) {
        BodyForms forms = new BodyForms(deviations);
        if (forms.body.length == 0) {
            LITERALS.forEach(literal -> deviations.line(BODY, literal, Cause.BODY_SIGNED_BUT_NOT_SENT.found(literal)));
            return;
        }
        deviations.line(BODY, "", Cause.BODY_SIGNED_EMPTY.found());
        LITERALS.forEach(literal -> deviations.line(BODY, literal, Cause.BODY_SIGNED_OTHER.found(literal)));
        if (forms.body.length <= MAX_LENGTH) {
            forms.bytes();
            text(forms.body).ifPresentOrElse(forms::texts, forms::otherCharset);
        }
    }

    /** Other orders of the keys of the outermost object, too many to be tried together with other mistakes. */
    static void addRareTo(Deviations deviations) {
        byte[] body = deviations.correct().bytes(BODY);
        if (body.length <= MAX_LENGTH) {
            text(body)
                    .ifPresent(text -> JsonForms.rare(text)
                            .forEach((other, findings) -> deviations.line(BODY, other.getBytes(UTF_8), findings)));
        }
    }

    private void add(byte[] value, Cause cause, Object... values) {
        deviations.line(BODY, value, List.of(cause.found(values)));
    }

    private void bytes() {
        boolean marked = Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(body, BYTE_ORDER_MARK.length));
        byte[] toggled =
                marked ? Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length) : concat(BYTE_ORDER_MARK, body);
        add(toggled, Cause.BODY_BYTE_ORDER_MARK);
        add(concat(body, body), Cause.BODY_SIGNED_TWICE);
        add(concat(concat(body, new byte[] {'\n'}), body), Cause.BODY_SIGNED_TWICE);
        if (body[body.length - 1] == '\n') {
            add(Arrays.copyOf(body, body.length - 1), Cause.BODY_LAST_LINE_FEED_MISSING);
        }
    }

    private void texts(String text) {
        add(text.strip().getBytes(UTF_8), Cause.BODY_TRIMMED);
        for (Charset charset : CHARSETS) {
            add(text.getBytes(charset), Cause.BODY_IN_OTHER_CHARSET, charset.name());
        }
        for (Charset charset : MISREAD) {
            add(new String(body, charset).getBytes(UTF_8), Cause.BODY_IN_OTHER_CHARSET, "UTF-8, read as " + charset);
        }
        Map<String, List<Finding>> texts = new LinkedHashMap<>(Map.of(text, List.of()));
        spell(texts, LINE_ENDS);
        JsonForms.common(text).forEach(texts::putIfAbsent);
        SPELLINGS.forEach(spellings -> spell(texts, spellings));
        texts.remove(text);
        texts.forEach((other, findings) -> deviations.line(BODY, other.getBytes(UTF_8), findings));
        String string = '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        add(string.getBytes(UTF_8), Cause.BODY_AS_STRING);
    }

    private void otherCharset() {
        for (Charset charset : MISREAD) {
            add(new String(body, charset).getBytes(UTF_8), Cause.BODY_IN_OTHER_CHARSET, "UTF-8");
        }
    }

    /** Adds to the texts what each becomes in another spelling; the shorter list of findings stays. */
    private static void spell(Map<String, List<Finding>> texts, List<Spelling> spellings) {
        int total = JsonForms.totalLength(texts);
        for (Map.Entry<String, List<Finding>> sent : List.copyOf(texts.entrySet())) {
            for (Spelling spelling : spellings) {
                String spelled = spelling.change().apply(sent.getKey());
                if (total + spelled.length() <= JsonForms.MAX_TOTAL_LENGTH && !texts.containsKey(spelled)) {
                    List<Finding> findings = new ArrayList<>(sent.getValue());
                    findings.add(spelling.cause().found());
                    texts.put(spelled, findings);
                    total += spelled.length();
                }
            }
        }
    }

    private static String escape(String text, IntPredicate which, String format) {
        if (text.chars().noneMatch(which)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (which.test(c)) {
                escaped.append(format.formatted(c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private static String unescape(String text, IntPredicate which) {
        return UNICODE_ESCAPE.matcher(text).replaceAll(escape -> {
            char c = (char) Integer.parseInt(escape.group().substring(2), 16);
            return Matcher.quoteReplacement(which.test(c) ? Character.toString(c) : escape.group());
        });
    }

    private static Optional<String> text(byte[] body) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
