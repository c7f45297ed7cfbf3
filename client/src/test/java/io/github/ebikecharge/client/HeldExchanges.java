package io.github.ebikecharge.client;

import io.github.ebikecharge.api.OpenApiDocument;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.MockResponse;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

/** Answers in the order of the queue, and holds each request of the client, and what it took for an answer, to the document. */
final class HeldExchanges extends QueueDispatcher {
    private static final OpenApiDocument DOCUMENT =
            OpenApiDocument.ofResource(ConfirmChargeRequest.class, "/META-INF/openapi/ebike-charge.yaml");

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        String method = request.getMethod();
        String target = request.getTarget();
        byte[] body = requireNonNullElse(request.getBody(), ByteString.EMPTY).toByteArray();
        if (!String.valueOf(body.length).equals(request.getHeaders().get("Content-Length")) && !method.equals("GET")) {
            return super.dispatch(request); // cut off by the test
        }
        DOCUMENT.operation(method, target)
                .ifPresentOrElse(
                        operation -> faults.addAll(
                                DOCUMENT.faultsOfRequest(operation, target, request.getHeaders()::get, body)),
                        () -> faults.add(method + " " + target + " is no operation of the document"));
        return super.dispatch(request);
    }

    /** Holds an answer that the client took to the document. */
    void taken(MockResponse answer) {
        Buffer body = new Buffer();
        try {
            requireNonNull(answer.getBody()).writeTo(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faults.addAll(DOCUMENT.faultsOfAnswer(
                DOCUMENT.operation("POST", "/v3/ebike/charge/contracts/" + Platform.CONTRACT_ID + "/confirm")
                        .orElseThrow(),
                answer.getCode(),
                answer.getHeaders()::get,
                body.readUtf8()));
    }

    void assertAllAsDocumented() {
        assertThat(faults).as("not as documented").isEmpty();
    }
}
