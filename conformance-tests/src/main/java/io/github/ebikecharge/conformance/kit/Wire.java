package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection over which bytes are sent as they stand and read as they come: no HTTP library respells them. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final HttpReader in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new HttpReader(socket.getInputStream());
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
        try {
            SSLSocket secured = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) { // as where the other end hangs up in the middle of it
            throw new SSLException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Sends a request and reads its answer. */
    Answer exchange(Request request) throws IOException {
        socket.getOutputStream().write(request.toBytes());
        socket.getOutputStream().flush();
        String statusLine = in.line();
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/") || !parts[1].matches("[0-9]{3}")) {
            throw new IOException("not an HTTP answer: " + statusLine);
        }
        int status = Integer.parseInt(parts[1]);
        List<Header> headers = in.headers();
        boolean bodiless = request.method().equals("HEAD") || status == 204 || status == 304;
        return new Answer(statusLine, status, headers, bodiless ? new byte[0] : in.bodyOfAnswer(headers));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
