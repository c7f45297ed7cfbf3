package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.model.RequestDetail;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of connections and requests when the mock ends, over real sockets. */
@Timeout(60)
class CloseTest {
    private static final byte[] REQUEST =
            SignedRequest.confirm().header("Expect", "100-continue").toBytes();
    private static final int HALF = REQUEST.length - 20;

    private final FixedMock mock = new FixedMock();

    @AfterEach
    void stop() {
        mock.close();
    }

    /** Sends half a request, and knows that somebody reads it. */
    private RawHttp half() throws IOException {
        RawHttp caller = new RawHttp(mock.baseUrl()).send(Arrays.copyOf(REQUEST, HALF));
        assertThat(caller.receive().status()).isEqualTo(100);
        return caller;
    }

    private static void untilNobodyListens(URI mock) throws IOException {
        try {
            while (true) {
                new Socket(mock.getHost(), mock.getPort()).close();
                Thread.onSpinWait();
            }
        } catch (ConnectException e) {
            assertThat(e).hasMessageContaining("refused");
        }
    }

    @Test
    void answersARequestThatIsUnderWay() throws Exception {
        URI baseUrl = mock.baseUrl();
        try (RawHttp caller = half()) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(mock::close);
            untilNobodyListens(baseUrl);
            assertThat(closed).isNotDone();

            caller.send(Arrays.copyOfRange(REQUEST, HALF, REQUEST.length));

            mock.assertSigned(caller.receive());
            closed.get();
            assertThat(mock.server().takeRequest(Duration.ZERO))
                    .map(RequestDetail::summary)
                    .hasValueSatisfying(request -> assertThat(request.status()).isEqualTo(200));
        }
    }

    @Test
    void waitsForNobodyForLong() throws Exception {
        try (RawHttp caller = half()) {
            mock.close();

            assertThatThrownBy(caller::receive).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotWaitForConnectionsWithoutARequest() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            caller.send(SignedRequest.confirm().toBytes()).receive();
            long start = System.nanoTime();

            mock.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @Test
    void keepsOneEntryOfARequestWhoseCallerHungUp() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            caller.send(SignedRequest.confirm().body(new byte[900_000]).toBytes());
        } // the answer quotes the body, and is longer than any buffer between here and there
        RequestDetail first = mock.server().takeRequest(Duration.ofSeconds(10)).orElseThrow();
        mock.close();

        assertThat(first.summary().status()).isEqualTo(400);
        assertThat(mock.server().takeRequest(Duration.ZERO)).isEmpty();
    }
}
