package io.github.ebikecharge.mock.world;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of nonces, and how long. */
class UsedNoncesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_507_200);

    private final UsedNonces nonces = new UsedNonces();

    @Test
    void knowsANonceAgainForTenMinutes() {
        assertThat(use("a", NOW)).isTrue();

        assertThat(use("a", NOW.plusSeconds(600))).isFalse();
        assertThat(use("b", NOW.plusSeconds(600))).isTrue();
    }

    @Test
    void forgetsItAfterwards() {
        use("a", NOW);
        use("b", NOW.plusSeconds(1));

        assertThat(use("a", NOW.plusSeconds(601))).isTrue();
        assertThat(use("b", NOW.plusSeconds(601))).isFalse();
    }

    @Test
    void forgetsTheOldestWhereThereAreTooMany() {
        for (int i = 0; i <= 50_000; i++) {
            use("nonce " + i, NOW);
        }

        assertThat(use("nonce 1", NOW)).as("the oldest that there is room for").isFalse();
        assertThat(use("nonce 0", NOW)).isTrue();
    }

    @Test
    void forgetsTheOldestWhereTheyAreTooLong() {
        for (int i = 0; i < 5; i++) {
            use(String.valueOf(i).repeat(1_000_000), NOW);
        }

        assertThat(use("1".repeat(1_000_000), NOW))
                .as("the oldest that there is room for")
                .isFalse();
        assertThat(use("0".repeat(1_000_000), NOW)).isTrue();
    }

    private boolean use(String nonce, Instant now) {
        return nonces.use(nonce, now, Duration.ofMinutes(10));
    }
}
