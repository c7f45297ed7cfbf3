package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.mock.explain.ReceivedRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request as a person pasted it: request line, headers, an empty line, the body. Lines may end with LF alone; the
 * lines that {@code curl -v} marks with {@code >} are read, too. Its body's bytes are those of the paste.
 */
final class PastedRequest {
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Za-z]+) (\\S+)(?: HTTP/[0-9.]+)?");
    private static final Pattern CURL_REQUEST_LINE = Pattern.compile("(?m)^> [A-Z]+ \\S+ HTTP/");
    private static final Pattern HEAD_END = Pattern.compile("\r?\n\r?\n");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,6})[ \t]*(?:;[^\r\n]*)?\r?\n");
    private static final Pattern ABSOLUTE = Pattern.compile("(https?://[^/?#]+)(.*)");

    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;
    private final boolean separate;

    /**
     * @param separateBody the body, if it is not in the paste
     * @throws IllegalArgumentException saying what is missing
     */
    PastedRequest(byte[] paste, byte @Nullable [] separateBody) {
        String text = new String(paste, ISO_8859_1).replaceFirst("^(\u00EF\u00BB\u00BF)?\\s+|^\u00EF\u00BB\u00BF", "");
        boolean fromCurl = CURL_REQUEST_LINE.matcher(text).find();
        Matcher end = HEAD_END.matcher(text);
        boolean hasEnd = !fromCurl && end.find();
        String head = fromCurl ? marked(text) : hasEnd ? text.substring(0, end.start()) : text;
        List<String> lines = head.lines().toList();
        Matcher requestLine =
                REQUEST_LINE.matcher(lines.isEmpty() ? "" : lines.get(0).strip());
        if (!requestLine.matches()) {
            throw new IllegalArgumentException(
                    "A request begins with a line such as: POST /v3/ebike/charge/contracts/…/confirm HTTP/1.1");
        }
        method = requestLine.group(1);
        target = requestLine.group(2);
        lines.stream().skip(1).filter(line -> line.indexOf(':') > 0).forEach(this::addHeader);
        byte[] pasted = hasEnd ? text.substring(end.end()).getBytes(ISO_8859_1) : new byte[0];
        separate = separateBody != null;
        body = separateBody != null ? separateBody : cut(pasted, fromCurl);
    }

    /** The request that {@code curl -v} shows last: an earlier one was redirected. */
    private static String marked(String text) {
        String sent = text.lines()
                .filter(line -> line.startsWith(">"))
                .map(line -> line.substring(1).strip())
                .reduce("", (all, line) -> all + line + '\n');
        return sent.stripTrailing().replaceFirst("(?s)^.*\n\n", "");
    }

    private void addHeader(String line) {
        int colon = line.indexOf(':');
        headers.putIfAbsent(
                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip());
    }

    /** As many bytes as the request announces: a paste often ends with a line feed more. */
    private byte[] cut(byte[] pasted, boolean fromCurl) {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return joined(pasted, fromCurl);
        }
        String announced = headers.get("content-length");
        if (announced == null || !announced.matches("[0-9]{1,9}")) {
            return pasted;
        }
        int length = Integer.parseInt(announced);
        if (pasted.length < length) {
            throw new IllegalArgumentException(
                    fromCurl
                            ? "curl -v does not show the body of %d bytes; give it with --body @FILE".formatted(length)
                            : ("Content-Length announces %d bytes, %d were pasted: every byte counts; give the body with"
                                            + " --body @FILE")
                                    .formatted(length, pasted.length));
        }
        return Arrays.copyOf(pasted, length);
    }

    /** The bytes that a body sent in chunks has; as they are, if a tool has joined them already. */
    private static byte[] joined(byte[] pasted, boolean fromCurl) {
        if (fromCurl) {
            throw new IllegalArgumentException("curl -v does not show the body; give it with --body @FILE");
        }
        String rest = new String(pasted, ISO_8859_1);
        StringBuilder body = new StringBuilder();
        Matcher size = CHUNK_SIZE.matcher(rest);
        while (size.lookingAt()) {
            int length = Integer.parseInt(size.group(1), 16);
            if (length == 0) {
                return body.toString().getBytes(ISO_8859_1);
            }
            if (rest.length() < size.end() + length) {
                break;
            }
            body.append(rest, size.end(), size.end() + length);
            rest = rest.substring(size.end() + length).replaceFirst("^\r?\n", "");
            size.reset(rest);
        }
        if (body.length() == 0) {
            return pasted;
        }
        throw new IllegalArgumentException(
                "A chunk of the body is not whole, or the last one of length 0 is missing: every byte counts;"
                        + " give the body with --body @FILE");
    }

    /** As the explainer takes it. */
    ReceivedRequest received() {
        return received(body);
    }

    /** Without the line end that editors put at the end of a file; empty if there is none, or it is announced. */
    Optional<ReceivedRequest> withoutLastLineEnd() {
        String text = new String(body, ISO_8859_1);
        String shorter = text.replaceFirst("\\r?\\n$", "");
        return separate
                        || headers.containsKey("content-length")
                        || headers.containsKey("transfer-encoding")
                        || shorter.equals(text)
                ? Optional.empty()
                : Optional.of(received(shorter.getBytes(ISO_8859_1)));
    }

    private ReceivedRequest received(byte[] content) {
        Matcher absolute = ABSOLUTE.matcher(target);
        boolean isUrl = absolute.matches();
        String host = headers.get("host");
        return new ReceivedRequest(
                method,
                isUrl ? absolute.group(2) : target,
                authorization(),
                content,
                isUrl ? absolute.group(1) : host == null ? null : "http://" + host);
    }

    /** Value of {@code Authorization}; null if there is none. */
    @Nullable
    String authorization() {
        return headers.get(WechatPayHeaders.AUTHORIZATION.toLowerCase(Locale.ROOT));
    }
}
