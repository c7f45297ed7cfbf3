package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;

/** Listens to a mock's events, from the first one on. */
final class Events implements AutoCloseable {
    private final Stream<String> stream;
    private final Iterator<String> lines;

    Events(MockWechatPayServer wechatPay) throws IOException, InterruptedException {
        URI uri = URI.create(wechatPay.baseUrl() + "/_mock/events?after=0");
        stream = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
                .body();
        lines = stream.iterator();
    }

    /** The data of the next event. */
    JsonNode next() throws IOException {
        for (String line = lines.next(); ; line = lines.next()) {
            if (line.startsWith("data: ")) {
                return new JsonMapper().readTree(line.substring(6));
            }
        }
    }

    /** The data of the next event of this type. */
    JsonNode next(String type) throws IOException {
        for (JsonNode event = next(); ; event = next()) {
            if (event.path("type").textValue().equals(type)) {
                return event;
            }
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
