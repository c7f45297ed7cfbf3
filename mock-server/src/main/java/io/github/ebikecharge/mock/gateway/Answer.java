package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.ResponseSignature;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent back, before and after a fault has struck it. Immutable. */
final class Answer {
    static final String JSON = "application/json; charset=utf-8";

    /** How much of an answer leaves. */
    enum Delivery {
        /** All of it. */
        WHOLE,
        /** The head and half of the body, then the connection closes. */
        TRUNCATED,
        /** Nothing: the connection is reset. */
        RESET
    }

    private final int status;
    private final @Nullable String contentType;
    private final byte[] body;
    private final @Nullable Long number;
    private final Map<String, String> headers;
    private final Delivery delivery;
    private final Duration delay;

    private Answer(
            int status,
            @Nullable String contentType,
            byte[] body,
            @Nullable Long number,
            Map<String, String> headers,
            Delivery delivery,
            Duration delay) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.number = number;
        this.headers = headers;
        this.delivery = delivery;
        this.delay = delay;
    }

    /** Unsigned JSON. */
    static Answer of(int status, byte[] body, long number) {
        return new Answer(status, JSON, body, number, Map.of(), Delivery.WHOLE, Duration.ZERO);
    }

    /** The page of the proxy in front of the gateway: unsigned HTML, no {@code Request-ID}. */
    static Answer html(int status, byte[] body) {
        return new Answer(status, "text/html", body, null, Map.of(), Delivery.WHOLE, Duration.ZERO);
    }

    Answer signed(ResponseSignature signature) {
        Map<String, String> all = signature.toHeaders();
        if (!headers.isEmpty()) {
            all = new LinkedHashMap<>(headers);
            all.putAll(signature.toHeaders());
        }
        return new Answer(status, contentType, body, number, all, delivery, delay);
    }

    Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, contentType, body, number, all, delivery, delay);
    }

    Answer without(String header) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.remove(header);
        return new Answer(status, contentType, body, number, all, delivery, delay);
    }

    Answer withoutContentType() {
        return new Answer(status, null, body, number, headers, delivery, delay);
    }

    Answer withoutRequestId() {
        return new Answer(status, contentType, body, null, headers, delivery, delay);
    }

    /** With other bytes under the same signature. */
    Answer withBody(byte[] other) {
        return new Answer(status, contentType, other, number, headers, delivery, delay);
    }

    Answer delivered(Delivery how) {
        return new Answer(status, contentType, body, number, headers, how, delay);
    }

    Answer delayed(Duration by) {
        return new Answer(status, contentType, body, number, headers, delivery, by);
    }

    /** HTTP status. */
    int status() {
        return status;
    }

    /** Value of {@code Content-Type}; null to leave it out. */
    @Nullable
    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    /** The number that ends {@code Request-ID}; null to leave the header out. */
    @Nullable
    Long number() {
        return number;
    }

    /** Headers beyond those of every answer, in their order. */
    Map<String, String> headers() {
        return headers;
    }

    Delivery delivery() {
        return delivery;
    }

    Duration delay() {
        return delay;
    }
}
