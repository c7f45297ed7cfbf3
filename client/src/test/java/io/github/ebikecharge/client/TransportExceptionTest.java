package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.failure;
import static io.github.ebikecharge.client.Platform.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Calls without an answer: each tells whether its request may have arrived. */
class TransportExceptionTest {
    private final Platform platform = new Platform();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void tellsThatNothingWasSentWhenTheConnectionIsRefused() throws IOException {
        var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();

        sentNothing(URI.create("http://127.0.0.1:" + closed.getLocalPort()));
    }

    @Test
    void tellsThatNothingWasSentWhenTheOtherSideSpeaksNoTls() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var hangsUp = new Thread(() -> {
                try {
                    for (int i = 0; i < 8; i++) {
                        plain.accept().close();
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });
            hangsUp.setDaemon(true);
            hangsUp.start();

            sentNothing(URI.create("https://127.0.0.1:" + plain.getLocalPort()));
        }
    }

    @Test
    void tellsThatTheRequestMayHaveArrivedWhenTheConnectionIsClosedBeforeTheAnswer() throws InterruptedException {
        mayHaveArrived(signed(200, GOOD).onResponseStart(new SocketEffect.CloseSocket()));
    }

    @Test
    void tellsThatTheRequestMayHaveArrivedWhenTheConnectionIsClosedMidRequest() throws InterruptedException {
        mayHaveArrived(signed(200, GOOD).onRequestBody(new SocketEffect.CloseSocket()));
    }

    @Test
    void tellsThatTheRequestMayHaveArrivedWhenTheConnectionIsClosedMidAnswer() throws InterruptedException {
        mayHaveArrived(signed(200, GOOD).onResponseBody(new SocketEffect.CloseSocket()));
    }

    @Test
    void takesNoTokenFromABodyShorterThanItsLength() throws InterruptedException {
        mayHaveArrived(signed(200, GOOD)
                .setHeader("Content-Length", GOOD.length() + 10)
                .onResponseEnd(new SocketEffect.CloseSocket()));
    }

    @Test
    void takesNoTokenFromChunksWithoutAnEnd() throws InterruptedException {
        var answer = signed(200, GOOD)
                .removeHeader("Content-Length")
                .setHeader("Transfer-Encoding", "chunked")
                .onResponseEnd(new SocketEffect.CloseSocket());

        mayHaveArrived(answer);
    }

    @Test
    void tellsThatTheRequestMayHaveArrivedWhenTheAnswerIsNoHttp() throws InterruptedException {
        mayHaveArrived(signed(200, GOOD).status("SIP/2.0 200 OK"));
    }

    @Test
    void tellsThatTheRequestMayHaveArrivedWhenTimeRunsOut() {
        enqueueTwice(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
        try (var impatient = platform.settings().timeout(Duration.ofMillis(300)).build()) {
            var thrown = failure(TransportException.class, impatient, CONTRACT_ID, ConfirmChargeRequest.example());

            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(thrown).hasMessageContainingAll("the request may have arrived");
            assertThat(thrown).hasCauseInstanceOf(SocketTimeoutException.class);
        }
        assertThat(platform.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void sendsOnceWhenAKeptConnectionTurnsOutToBeClosed() {
        platform.confirm(signed(200, GOOD));
        var closed = signed(200, GOOD).onResponseStart(new SocketEffect.CloseSocket());
        platform.server.enqueue(closed.build());
        platform.server.enqueue(signed(200, GOOD).build());

        assertThatThrownBy(() -> platform.client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example()))
                .isInstanceOf(TransportException.class);
        assertThat(platform.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void endsTheCallWhenItsFutureIsCancelled() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = platform.settings()
                        .baseUrl(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                        .timeout(Duration.ofMinutes(5))
                        .build()) {
            var future = client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());
            try (var socket = silent.accept()) {
                socket.setSoTimeout(30_000);
                assertThat(socket.getInputStream().read()).isEqualTo('P');

                assertThat(future.cancel(true)).isTrue();

                assertThat(future).isCancelled();
                assertThat(socket.getInputStream().readAllBytes())
                        .as("all until the client hung up")
                        .isNotEmpty();
            }
        }
    }

    @Test
    void takesNoAnswerOfMoreThanAMebibyte() {
        var thrown = platform.failure(TransportException.class, signed(200, " ".repeat(1 << 20) + GOOD));

        assertThat(thrown).hasMessageContaining("longer than 1048576 bytes");
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @Test
    void keepsTheAnswerOfAFutureThatIsCancelledTooLate() throws Exception {
        platform.server.enqueue(signed(200, GOOD).build());
        var future = platform.client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());
        var response = future.get(30, TimeUnit.SECONDS);

        assertThat(future.cancel(true)).isFalse();

        assertThat(future.get()).isSameAs(response);
    }

    @Test
    void tellsThatNothingWasSentAfterClose() {
        platform.client.close();
        var future = platform.client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());

        var failed = catchThrowableOfType(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));

        assertThat(failed.getCause())
                .isInstanceOfSatisfying(
                        TransportException.class,
                        thrown -> assertThat(thrown.outcomeUnknown()).isFalse());
        assertThat(platform.server.getRequestCount()).isZero();
    }

    @Test
    void goesOnWhateverAListenerThrows() throws Exception {
        enqueueTwice(signed(200, GOOD));
        try (var client = platform.settings()
                .listener(ClientListener.ofExchanges(exchange -> {
                    throw new IllegalStateException("not the call's business");
                }))
                .build()) {
            assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example()))
                    .isNotNull();
            assertThat(client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example())
                            .get(30, TimeUnit.SECONDS))
                    .isNotNull();
        }
    }

    private void sentNothing(URI baseUrl) {
        try (var client = platform.settings().baseUrl(baseUrl).build()) {
            var thrown = failure(TransportException.class, client, CONTRACT_ID, ConfirmChargeRequest.example());

            assertThat(thrown.outcomeUnknown()).isFalse();
            assertThat(thrown).hasMessageContainingAll("POST " + baseUrl, CONTRACT_ID, "nothing was sent");
        }
    }

    private void mayHaveArrived(MockResponse.Builder answer) throws InterruptedException {
        var thrown = platform.failure(TransportException.class, answer);

        assertThat(thrown.outcomeUnknown()).isTrue();
        assertThat(thrown).hasMessageContainingAll(CONTRACT_ID, "the request may have arrived");
        assertThat(thrown.getCause()).isInstanceOf(IOException.class);
        for (int i = 0; i < 2; i++) { // the client may see the end of the connection before the server has counted
            assertThat(platform.server.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(platform.server.getRequestCount()).isEqualTo(2);
    }

    private void enqueueTwice(MockResponse.Builder answer) {
        platform.server.enqueue(answer.build());
        platform.server.enqueue(answer.build());
    }
}
