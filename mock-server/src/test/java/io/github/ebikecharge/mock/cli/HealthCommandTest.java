package io.github.ebikecharge.mock.cli;

import com.sun.net.httpserver.HttpServer;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.cli.MainTest.Outcome;
import io.github.ebikecharge.mock.control.ControlOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    void findsAGatewayWithoutAControlApi() {
        try (MockWechatPayServer mock =
                MockWechatPayServer.builder().control(ControlOptions.OFF).start()) {
            Outcome outcome = health(mock.baseUrl());

            assertThat(outcome.status()).isZero();
            assertThat(outcome.out()).contains("The gateway answers");
        }
    }

    @Test
    void takesNoOtherServerForAMock() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            URI baseUrl = URI.create("http://127.0.0.1:" + other.getAddress().getPort());
            assertThat(health(baseUrl).status()).isEqualTo(1);
        } finally {
            other.stop(0);
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
