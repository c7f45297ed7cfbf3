package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.cli.MainTest.Outcome;
import io.github.ebikecharge.mock.control.ControlOptions;
import java.net.URI;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a container or a script learns of a mock. */
class HealthCommandTest {
    private static Outcome health(URI baseUrl) {
        return MainTest.run("health", "--base-url", baseUrl.toString());
    }

    @Test
    void findsAMockThatIsReady() {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            Outcome outcome = health(mock.baseUrl());

            assertThat(outcome.status()).isZero();
            assertThat(outcome.out()).contains("\"status\":\"UP\"");
        }
    }

    @Test
    void findsNoneWhereTheControlApiIsOff() {
        try (MockWechatPayServer mock =
                MockWechatPayServer.builder().control(ControlOptions.OFF).start()) {
            assertThat(health(mock.baseUrl()).status()).isEqualTo(1);
        }
    }

    @Test
    void saysThatNobodyListens() {
        URI gone;
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            gone = mock.baseUrl();
        }

        health(gone).assertFailed(1, "No mock answers at " + gone);
    }
}
