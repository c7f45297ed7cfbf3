package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.signed;
import static io.github.ebikecharge.client.Platform.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Calls that end before all their attempts are made: at the deadline, by cancellation, by interruption. */
class EndOfCallTest {
    private final Platform platform = new Platform();
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        platform.close();
    }

    private EbikeChargeClient patient() {
        return platform.settings()
                .retryPolicy(RetryPolicy.documented().delays(Duration.ofMinutes(5), Duration.ofMinutes(5)))
                .deadline(Duration.ofMinutes(30))
                .listener(heard)
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWithTheLastFailureWhenTheDeadlineComesFirst(boolean async) {
        for (int attempt = 0; attempt < 30; attempt++) {
            platform.server.enqueue(unsigned(500, "").build());
        }
        var settings = platform.settings()
                .deadline(Duration.ofSeconds(3))
                .retryPolicy(
                        RetryPolicy.documented().maxAttempts(30).delays(Duration.ofMillis(40), Duration.ofMillis(40)));

        var thrown = RetryTest.failure(EbikeChargeException.class, settings, async);

        assertThat(thrown.earlier()).isNotEmpty().hasSizeLessThan(10);
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @Test
    void endsAnAttemptAtTheDeadlineOfTheCall() {
        platform.server.enqueue(
                signed(200, GOOD).headersDelay(5, TimeUnit.MINUTES).build());
        long start = System.nanoTime();

        var thrown = RetryTest.failure(
                TransportException.class, platform.settings().deadline(Duration.ofMillis(200)), false);

        assertThat(thrown).hasMessageContaining("timeout");
        assertThat(thrown.outcomeUnknown()).isTrue();
        // well before the time-out of one attempt
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void sendsNoMoreAfterCancellation() throws Exception {
        platform.server.enqueue(unsigned(500, "").build());
        try (var client = patient()) {
            var future = client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());
            assertThat(heard.repeating.poll(30, TimeUnit.SECONDS)).isNotNull();

            assertThat(future.cancel(true)).isTrue();

            assertThat(heard.ended.poll(30, TimeUnit.SECONDS)).isEqualTo("CancellationException");
        }
        assertThat(platform.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void endsWhenItsThreadIsInterruptedBetweenAttempts() throws Exception {
        platform.server.enqueue(unsigned(500, "").build());
        var thrown = new LinkedBlockingQueue<EbikeChargeException>();
        try (var client = patient()) {
            var caller = new Thread(() -> {
                try {
                    client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example());
                } catch (EbikeChargeException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        thrown.add(e);
                    }
                }
            });
            caller.start();
            assertThat(heard.repeating.poll(30, TimeUnit.SECONDS)).isNotNull();

            caller.interrupt();

            var failure = thrown.poll(30, TimeUnit.SECONDS);
            assertThat(failure).isInstanceOf(TransportException.class).hasMessageContaining("interrupted");
            assertThat(failure.outcomeUnknown()).isTrue();
        }
    }

    @Test
    void sendsNothingForACallThatWaitedItsTurnBeyondTheDeadline() throws Exception {
        int atATime = 64;
        var answered = new CountDownLatch(atATime);
        var goOn = new CountDownLatch(1);
        for (int answer = 0; answer <= atATime; answer++) {
            platform.server.enqueue(signed(200, GOOD).build());
        }
        try (var client = platform.settings()
                .deadline(Duration.ofSeconds(5))
                .listener(ClientListener.ofExchanges(exchange -> {
                    answered.countDown();
                    awaitUninterruptibly(goOn);
                }))
                .build()) {
            for (int call = 0; call < atATime; call++) {
                assertThat(client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example()))
                        .isNotNull();
            }
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();

            var last = client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());

            var failed = catchThrowableOfType(ExecutionException.class, () -> last.get(30, TimeUnit.SECONDS));
            assertThat(failed.getCause())
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            thrown -> assertThat(thrown.sent()).isFalse());
            goOn.countDown();
        }
        assertThat(platform.server.getRequestCount()).isEqualTo(atATime);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void letsCallersWaitForOneCallInTheContinuationOfAnother() throws Exception {
        for (int answer = 0; answer < 128; answer++) {
            platform.server.enqueue(signed(200, GOOD).build());
        }
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int call = 0; call < 64; call++) {
            calls.add(platform.client
                    .confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example())
                    .thenApply(first -> platform.client
                            .confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example())
                            .join()));
        }

        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(platform.server.getRequestCount()).isEqualTo(128);
    }

    @Test
    void sendsNoMoreOnceTheCallersOwnTimeOutHasPassed() throws Exception {
        platform.server.enqueue(unsigned(500, "").build());
        try (var client = patient()) {
            var future = client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());
            assertThat(heard.repeating.poll(30, TimeUnit.SECONDS)).isNotNull();

            assertThat(future.completeExceptionally(new TimeoutException())).isTrue();

            assertThat(heard.ended.poll(30, TimeUnit.SECONDS)).isEqualTo("TimeoutException");
        }
        assertThat(platform.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void doesNotWaitForARepeatThatWouldComeAfterTheDeadline() {
        platform.server.enqueue(unsigned(429, "").build());

        var thrown = RetryTest.failure(
                ServiceException.class,
                platform.settings()
                        .retryPolicy(RetryPolicy.cautious().delays(Duration.ofMinutes(5), Duration.ofMinutes(5)))
                        .listener(heard),
                false);

        assertThat(thrown.httpStatus()).isEqualTo(429);
        assertThat(heard.delays).isEmpty();
    }

    @Test
    void finishesWhatIsUnderWayWhenTheClientIsClosedAndSendsNoMore() throws Exception {
        platform.server.enqueue(
                signed(200, GOOD).headersDelay(300, TimeUnit.MILLISECONDS).build());
        var future = platform.client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());
        platform.takeRequest();

        platform.client.close();

        assertThat(future.get(30, TimeUnit.SECONDS).chargingToken()).isNotEmpty();
        assertThatThrownBy(() -> platform.client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example()))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the client is closed");
    }
}
