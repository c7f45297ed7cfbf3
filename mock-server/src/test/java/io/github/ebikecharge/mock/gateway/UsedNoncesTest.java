package io.github.ebikecharge.mock.gateway;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of nonces, and how long. */
class UsedNoncesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_507_200);

    private final UsedNonces nonces = new UsedNonces(Duration.ofMinutes(10));

    @Test
    void knowsANonceAgainForTenMinutes() {
        assertThat(nonces.add("a", NOW)).isTrue();

        assertThat(nonces.add("a", NOW.plusSeconds(600))).isFalse();
        assertThat(nonces.add("b", NOW.plusSeconds(600))).isTrue();
    }

    @Test
    void forgetsItAfterwards() {
        nonces.add("a", NOW);
        nonces.add("b", NOW.plusSeconds(1));

        assertThat(nonces.add("a", NOW.plusSeconds(601))).isTrue();
        assertThat(nonces.add("b", NOW.plusSeconds(601))).isFalse();
    }
}
