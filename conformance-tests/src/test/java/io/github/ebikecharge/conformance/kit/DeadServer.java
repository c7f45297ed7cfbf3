package io.github.ebikecharge.conformance.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Something that listens, and knows nothing of WeChat Pay: it keeps no rule but those of any HTTP server. */
enum DeadServer {
    /** Hangs up, as a port forward to nowhere does. */
    CLOSES_EVERY_CONNECTION(""),
    /** Any web server. */
    KNOWS_NO_PAGE(
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n<h1>404 Not Found</h1>");

    private final String answer;

    DeadServer(String answer) {
        this.answer = answer;
    }

    /** Closed, it listens no more. */
    ServerSocket start() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    inBackground(() -> serve(connection));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
        return socket;
    }

    static URI url(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "dead-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket connection) {
        try (connection) {
            HttpReader in = new HttpReader(connection.getInputStream());
            while (!answer.isEmpty()) {
                String start = in.line();
                in.bodyOfRequest(in.headers());
                String sent = start.startsWith("HEAD ") ? answer.replaceFirst("<.*", "") : answer;
                connection.getOutputStream().write(sent.getBytes(UTF_8));
            }
        } catch (IOException e) {
            // the kit hung up
        }
    }
}
