package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** One connection over which bytes are sent as they stand and read as they come: no HTTP library respells them. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int MAX_BODY = 10_000_000;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire connect(URI target) throws IOException {
        boolean tls = "https".equals(target.getScheme());
        int port = target.getPort() >= 0 ? target.getPort() : tls ? 443 : 80;
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(target.getHost(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            return new Wire(tls ? secured(socket, target.getHost(), port) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocket secured =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Sends a request and reads its answer. */
    Answer exchange(Request request) throws IOException {
        socket.getOutputStream().write(request.toBytes());
        socket.getOutputStream().flush();
        String statusLine = line();
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/") || !parts[1].matches("[0-9]{3}")) {
            throw new IOException("not an HTTP answer: " + statusLine);
        }
        int status = Integer.parseInt(parts[1]);
        List<Header> headers = headers();
        Answer head = new Answer(statusLine, status, headers, new byte[0]);
        boolean bodiless = request.method().equals("HEAD") || status == 204 || status == 304;
        return bodiless ? head : new Answer(statusLine, status, headers, body(head));
    }

    private List<Header> headers() throws IOException {
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

    private byte[] body(Answer head) throws IOException {
        if (head.header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            return chunked();
        }
        String length = head.header("Content-Length").orElse("");
        if (length.isEmpty()) {
            return in.readNBytes(MAX_BODY);
        }
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

    private String line() throws IOException {
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
