package io.github.ebikecharge.mock.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Listens to all that happens, as the mock's page does, and tells of what is no line of an event. */
final class EventLines implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("id: [0-9a-f]{8}-[0-9]+|event: [a-z_]+|:|retry: 1000|");
    private static final String DATA = "data: ";

    private final Socket socket;
    private final BufferedReader lines;
    private @Nullable Thread reader;

    /** Listens when it returns. */
    EventLines(URI mock) throws IOException {
        socket = new Socket(mock.getHost(), mock.getPort());
        // 1.0 knows no chunks
        socket.getOutputStream().write("GET /_mock/events HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".getBytes(ISO_8859_1));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
            if (line.startsWith("HTTP/") && !line.contains(" 200 ")) {
                throw new IOException("Nobody may listen: " + line);
            }
        }
    }

    /** Tells of each line that is none. */
    void watch(Consumer<String> odd) {
        Thread started = new Thread(() -> read(odd), "event-lines");
        reader = started;
        started.start();
    }

    private void read(Consumer<String> odd) {
        JsonMapper json = new JsonMapper();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    json.readTree(line.substring(DATA.length()));
                } else if (!LINE.matcher(line).matches()) {
                    odd.accept(line);
                }
            }
            odd.accept("the stream is over");
        } catch (JsonProcessingException e) {
            odd.accept("no JSON: " + e);
        } catch (IOException e) {
            if (!socket.isClosed()) {
                odd.accept("the stream broke: " + e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            if (reader != null) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
