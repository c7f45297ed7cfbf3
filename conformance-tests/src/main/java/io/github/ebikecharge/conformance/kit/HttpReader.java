package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Header;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads HTTP/1.1 messages as they come. */
final class HttpReader {
    private static final int MAX_BODY = 10_000_000;

    private final InputStream in;

    HttpReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    List<Header> headers() throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("not a header line: " + line);
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    /** Without a length it ends with the connection. */
    byte[] bodyOfAnswer(List<Header> headers) throws IOException {
        return hasNoLength(headers) ? in.readNBytes(MAX_BODY) : body(headers);
    }

    /** Without a length there is none. */
    byte[] bodyOfRequest(List<Header> headers) throws IOException {
        return hasNoLength(headers) ? new byte[0] : body(headers);
    }

    private static boolean hasNoLength(List<Header> headers) {
        return !isChunked(headers)
                && Exchange.header(headers, "Content-Length").orElse("").isEmpty();
    }

    private static boolean isChunked(List<Header> headers) {
        return Exchange.header(headers, "Transfer-Encoding").orElse("").equalsIgnoreCase("chunked");
    }

    private byte[] body(List<Header> headers) throws IOException {
        if (isChunked(headers)) {
            return chunked();
        }
        String length = Exchange.header(headers, "Content-Length").orElse("");
        if (!length.matches("[0-9]{1,7}")) {
            throw new IOException("not a length of a body: Content-Length: " + length);
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunked() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line().replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,6}")) {
                throw new IOException("not a size of a chunk: " + size);
            }
            int length = Integer.parseInt(size, 16);
            body.write(exactly(length));
            if (length > 0) {
                line();
            } else {
                headers();
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ended after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException(
                        line.size() == 0
                                ? "the connection was closed without an answer"
                                : "the connection was closed after: " + line.toString(ISO_8859_1));
            }
            line.write(octet);
        }
        String text = line.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
