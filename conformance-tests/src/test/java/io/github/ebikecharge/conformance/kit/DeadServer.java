package io.github.ebikecharge.conformance.kit;

import java.io.IOException;
import java.net.Socket;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Something that listens, and says the same to everything: it keeps no rule but those of any HTTP server. */
enum DeadServer {
    /** Hangs up, as a port forward to nowhere does. */
    CLOSES_EVERY_CONNECTION(""),
    /** Any web server. */
    KNOWS_NO_PAGE(
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n<h1>404 Not Found</h1>"),
    /** A gateway that does not know the merchant, or a stub of a refusal. */
    REFUSES_EVERY_SIGNATURE(
            "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 21\r\n"
                    + "Request-ID: 08F5B8C2B506102C18FDDFEEA30620BE821E28EDC405-1\r\n\r\n{\"code\":\"SIGN_ERROR\"}"),
    /** An API of somebody else's. */
    KNOWS_NO_API("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n"
            + "{\"code\":\"NOT_FOUND\"}");

    private final String answer;

    DeadServer(String answer) {
        this.answer = answer;
    }

    /** Closed, it listens no more. */
    Acceptor start() throws IOException {
        Acceptor acceptor = new Acceptor(0, "dead-server", this::serve);
        acceptor.start();
        return acceptor;
    }

    private void serve(Socket connection) {
        try (connection) {
            HttpReader in = new HttpReader(connection.getInputStream());
            while (!answer.isEmpty()) {
                String start = in.line();
                in.bodyOfRequest(in.headers());
                String sent = start.startsWith("HEAD ") ? answer.replaceFirst("(?s)(?<=\r\n\r\n).*", "") : answer;
                connection.getOutputStream().write(sent.getBytes(UTF_8));
            }
        } catch (IOException e) {
            // the kit hung up
        }
    }
}
