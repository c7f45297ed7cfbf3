package io.github.ebikecharge.client;

import io.github.ebikecharge.api.OpenApiDocument;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

/** Answers in the order of the queue, and holds each request of the client, and what it took for an answer, to the document. */
final class HeldExchanges extends QueueDispatcher implements ClientListener {
    private static final OpenApiDocument DOCUMENT =
            OpenApiDocument.ofResource(ConfirmChargeRequest.class, "/META-INF/openapi/ebike-charge.yaml");

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<ClientCall, Exchange> last = new ConcurrentHashMap<>();
    /** Of each call that has begun and not ended, and of who waits for that. */
    private final Phaser underWay = new Phaser(1);

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        try {
            hold(request);
        } catch (RuntimeException | Error e) { // the client would take it for a broken connection
            faults.add(request + " could not be held: " + e);
        }
        return super.dispatch(request);
    }

    private void hold(RecordedRequest request) {
        String method = request.getMethod();
        String target = request.getTarget();
        byte[] body = requireNonNullElse(request.getBody(), ByteString.EMPTY).toByteArray();
        String length = request.getHeaders().get("Content-Length");
        if (length == null && !method.equals("GET")) {
            faults.add(method + " " + target + " has no Content-Length");
        } else if (length != null && body.length < Integer.parseInt(length)) {
            return; // cut off by the test
        }
        DOCUMENT.operation(method, target)
                .ifPresentOrElse(
                        operation -> faults.addAll(
                                DOCUMENT.faultsOfRequest(operation, target, request.getHeaders()::get, body)),
                        () -> faults.add(method + " " + target + " is no operation of the document"));
    }

    @Override
    public void started(ClientCall call) {
        underWay.register();
    }

    @Override
    public void exchanged(ClientCall call, Exchange exchange) {
        last.put(call, exchange);
    }

    /** Holds what the client took for a success to the document; what it refuses is wrong on purpose. */
    @Override
    public void ended(ClientCall call, @Nullable Throwable failure) {
        try {
            Exchange taken = last.remove(call);
            if (taken != null && failure == null) {
                hold(taken);
            }
        } catch (RuntimeException | Error e) { // a listener's caller only logs what it throws
            faults.add(call + " could not be held: " + e);
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private void hold(Exchange taken) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(taken.responseHeaders());
        faults.addAll(DOCUMENT.faultsOfAnswer(
                DOCUMENT.operation(taken.method(), taken.target()).orElseThrow(),
                taken.status(),
                headers::get,
                taken.responseBody()));
    }

    /** Once every call has ended. */
    void assertAllAsDocumented() {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arriveAndDeregister(), 30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted before every call had ended", e);
        } catch (TimeoutException e) {
            throw new AssertionError("A call has not ended", e);
        }
        assertThat(faults).as("not as documented").isEmpty();
    }
}
