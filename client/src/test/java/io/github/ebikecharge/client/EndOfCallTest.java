package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.signed;
import static io.github.ebikecharge.client.Platform.unsigned;
import static org.assertj.core.api.Assertions.assertThat;

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
                .deadline(Duration.ofMillis(300))
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

        var thrown = RetryTest.failure(
                TransportException.class, platform.settings().deadline(Duration.ofMillis(200)), false);

        assertThat(thrown).hasMessageContaining("timeout");
        assertThat(thrown.outcomeUnknown()).isTrue();
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
}
