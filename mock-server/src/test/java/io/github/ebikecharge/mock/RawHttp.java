package io.github.ebikecharge.mock;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** One connection, nothing between the test and the bytes. */
final class RawHttp implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawHttp(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The answer to one request on a connection of its own. */
    static Answer exchange(URI server, byte[] request) throws IOException {
        try (RawHttp connection = new RawHttp(server)) {
            return connection.send(request).receive();
        }
    }

    RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends nothing more. */
    RawHttp endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer; its body is as long as {@code Content-Length} says, empty without one. */
    Answer receive() throws IOException {
        String statusLine = line();
        List<Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            headers.add(new Header(line.substring(0, colon), line.substring(colon + 2)));
        }
        Answer head = new Answer(statusLine, headers, new byte[0]);
        String length = head.header("Content-Length");
        return length == null ? head : new Answer(statusLine, headers, body(Integer.parseInt(length)));
    }

    /** Whether the server has closed the connection, with nothing left to read. */
    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    private byte[] body(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("%d bytes announced, %d sent".formatted(length, body.length));
        }
        return body;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Closed in the middle of a line: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        if (in.read() != '\n') {
            throw new IOException("A carriage return without a line feed");
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One header, spelled as on the wire. */
    record Header(String name, String value) {}

    /** One answer, as on the wire. */
    static final class Answer {
        private final String statusLine;
        private final List<Header> headers;
        private final byte[] body;

        private Answer(String statusLine, List<Header> headers, byte[] body) {
            this.statusLine = statusLine;
            this.headers = headers;
            this.body = body;
        }

        String statusLine() {
            return statusLine;
        }

        int status() {
            return Integer.parseInt(statusLine.split(" ", 3)[1]);
        }

        /** Names of the headers, in order. */
        List<String> names() {
            return headers.stream().map(Header::name).toList();
        }

        /** The header spelled exactly like this; null if there is none. */
        @Nullable
        String header(String name) {
            return headers.stream()
                    .filter(header -> header.name().equals(name))
                    .map(Header::value)
                    .findFirst()
                    .orElse(null);
        }

        byte[] body() {
            return body.clone();
        }

        String text() {
            return new String(body, UTF_8);
        }
    }
}
