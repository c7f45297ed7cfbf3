package io.github.ebikecharge.mock.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What came back on one connection until the server closed it.
 *
 * @param statuses of the final answers, in order
 * @param heads their status lines and headers
 * @param bodies theirs, as Latin-1
 * @param garbage what is no answer; empty if all of it is
 */
record Answers(List<Integer> statuses, List<String> heads, List<String> bodies, String garbage) {
    /** Longer than the server waits for a caller: who waits longer hangs. */
    private static final int PATIENCE_MILLIS = 20_000;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9])(?: [^\r\n]*)?\r\n");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ([0-9]+)\r\n");
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})\r\n");
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String ENDLESS = "text/event-stream";

    /**
     * Sends it, then nothing more, and reads until the server has closed the connection.
     *
     * @throws java.net.SocketTimeoutException if it does not
     */
    static Answers of(URI server, byte[] request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // closed by the server, which had seen enough: what it said before may still be there
            }
            boolean ofHead = new String(request, 0, Math.min(5, request.length), ISO_8859_1).equals("HEAD ");
            return read(new String(untilClosed(socket.getInputStream()), ISO_8859_1), ofHead);
        }
    }

    /** A stream of events ends where it is opened. */
    private static byte[] untilClosed(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes.write(buffer, 0, count);
                if (new String(buffer, 0, count, ISO_8859_1).contains(ENDLESS)) {
                    return bytes.toByteArray();
                }
            }
        } catch (SocketException e) {
            // reset: closed with a part of the request unread
        }
        return bytes.toByteArray();
    }

    private static Answers read(String text, boolean ofHead) {
        Answers answers = new Answers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), "");
        int at = 0;
        while (at < text.length()) {
            Matcher status = STATUS.matcher(text).region(at, text.length());
            int end = text.indexOf(END_OF_HEAD, at);
            if (!status.lookingAt() || end < 0) {
                return new Answers(answers.statuses, answers.heads, answers.bodies, text.substring(at));
            }
            String head = text.substring(at, end + 2);
            at = end + END_OF_HEAD.length();
            int code = Integer.parseInt(status.group(1));
            if (code >= 200) {
                StringBuilder body = new StringBuilder();
                at = ofHead || code == 204 || code == 304 ? at : readBody(text, at, head, body);
                answers.statuses.add(code);
                answers.heads.add(head);
                answers.bodies.add(body.toString());
            }
        }
        return answers;
    }

    /** Returns where it ends: with the text if it was cut. */
    private static int readBody(String text, int from, String head, StringBuilder body) {
        String lowerCase = head.toLowerCase(Locale.ROOT);
        int at = from;
        if (lowerCase.contains(CHUNKED)) {
            Matcher chunk = CHUNK.matcher(text).region(at, text.length());
            while (chunk.lookingAt()) {
                int size = Integer.parseInt(chunk.group(1), 16);
                int end = Math.min(text.length(), chunk.end() + size);
                body.append(text, chunk.end(), end);
                at = Math.min(text.length(), end + 2);
                chunk.region(size == 0 ? text.length() : at, text.length());
            }
            return at;
        }
        Matcher length = LENGTH.matcher(lowerCase);
        int end = length.find() ? Math.min(text.length(), at + Integer.parseInt(length.group(1))) : text.length();
        body.append(text, at, end);
        return end;
    }
}
