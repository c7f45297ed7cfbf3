package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request and what came of it, as they stood on the wire.
 *
 * @param request what was sent
 * @param answer what came back; null if nothing did
 * @param failure why nothing came back; null if something did
 * @param at when that was
 */
record Exchange(
        Request request, @Nullable Answer answer, @Nullable String failure, Instant at) {
    private static final String PROBE = "WECHATPAY/SIGNTEST/";

    /** Whether the answer is wrongly signed on purpose (签名探测流量). */
    boolean isProbe() {
        return answer != null
                && answer.header(WechatPayHeaders.SIGNATURE).orElse("").startsWith(PROBE);
    }

    /** One header line, spelled as on the wire. */
    record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /**
     * What was sent.
     *
     * @param target path and query, as in the request line
     * @param rightlySigned whether its signature verifies
     */
    @SuppressWarnings("ArrayRecordComponent") // kept, never compared
    record Request(String method, String target, List<Header> headers, byte[] body, boolean rightlySigned) {
        byte[] toBytes() {
            byte[] head = (method + ' ' + target + " HTTP/1.1\r\n" + lines(headers, "\r\n") + "\r\n").getBytes(UTF_8);
            byte[] bytes = new byte[head.length + body.length];
            System.arraycopy(head, 0, bytes, 0, head.length);
            System.arraycopy(body, 0, bytes, head.length, body.length);
            return bytes;
        }

        Optional<String> header(String name) {
            return Exchange.header(headers, name);
        }

        /** As people read it. */
        String text() {
            return method + ' ' + target + " HTTP/1.1\n" + lines(headers, "\n") + '\n' + new String(body, UTF_8);
        }
    }

    /** What came back. */
    @SuppressWarnings("ArrayRecordComponent") // kept, never compared
    record Answer(String statusLine, int status, List<Header> headers, byte[] body) {
        Optional<String> header(String name) {
            return Exchange.header(headers, name);
        }

        String text() {
            return new String(body, UTF_8);
        }

        /** As people read it: head and body. */
        String whole() {
            return statusLine + '\n' + lines(headers, "\n") + '\n' + text();
        }
    }

    static Optional<String> header(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    private static String lines(List<Header> headers, String end) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(header -> lines.append(header).append(end));
        return lines.toString();
    }
}
