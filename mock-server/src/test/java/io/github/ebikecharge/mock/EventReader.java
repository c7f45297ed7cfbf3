package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** One who listens to what happens in a mock. */
final class EventReader implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BufferedReader lines;

    /**
     * One event, as it stood on the stream.
     *
     * @param lastEventId what a browser that comes back sends as {@code Last-Event-ID}
     * @param id its number
     */
    record Told(String lastEventId, long id, String type, JsonNode data) {}

    /** Listens from now on; or after an event, as a browser that comes back. */
    EventReader(URI server, @Nullable String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/_mock/events"));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    /** The next event; comments are passed over. */
    Told next() throws IOException {
        String id = "";
        String type = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return new Told(
                        id,
                        Long.parseLong(id.substring(id.indexOf('-') + 1)),
                        type,
                        new JsonMapper().readTree(line.substring(6)));
            }
        }
        throw new EOFException("The stream is over");
    }

    /** The events up to the next one of this type, which is the last of them. */
    List<Told> until(String type) throws IOException {
        List<Told> told = new ArrayList<>();
        do {
            told.add(next());
        } while (!told.get(told.size() - 1).type().equals(type));
        return told;
    }

    /** Whether nothing but comments is left. */
    boolean isOver() throws IOException {
        try {
            next();
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
