package io.github.ebikecharge.mock;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** The clock of the mock, set while it runs. */
class ClockTest {
    private FixedMock mock;

    @BeforeEach
    void start() {
        mock = new FixedMock();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private String timestamp() throws Exception {
        return String.valueOf(mock.send(SignedRequest.confirm()).header("Wechatpay-Timestamp"));
    }

    @Test
    void signsByTheClockThatWasSet() throws Exception {
        mock.server().clock().skew(Duration.ofSeconds(200));
        assertThat(timestamp()).isEqualTo(String.valueOf(FixedMock.NOW + 200));

        mock.server().clock().advance(Duration.ofSeconds(-50));
        assertThat(timestamp()).isEqualTo(String.valueOf(FixedMock.NOW + 150));

        mock.server().clock().fix(Instant.ofEpochSecond(FixedMock.NOW - 10));
        mock.server().clock().advance(Duration.ofSeconds(3));
        assertThat(timestamp()).isEqualTo(String.valueOf(FixedMock.NOW - 7));

        mock.server().clock().reset();
        assertThat(timestamp()).isEqualTo(String.valueOf(FixedMock.NOW));
    }

    @Test
    void judgesTimestampsByTheClockThatWasSet() throws Exception {
        mock.server().clock().skew(Duration.ofSeconds(301));
        RawHttp.Answer refused = mock.send(SignedRequest.confirm());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).contains("不得超过5分钟");

        assertThat(mock.send(SignedRequest.confirm().age(Duration.ofSeconds(-301)))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT| /_mock/clock| {\"fixed_at\":\"1969-12-31T23:59:59Z\"}",
                "PUT| /_mock/clock| {\"fixed_at\":\"9999-01-01T00:00:00+00:00\"}",
                "PUT| /_mock/clock| {\"fixed_at\":\"+999999999-12-31T23:59:59Z\"}",
                "PUT| /_mock/clock| {\"skew_ms\":9223372036854775807}",
                "PUT| /_mock/clock| {\"skew_ms\":-9223372036854775808}",
                "POST| /_mock/clock/advance| {\"by_ms\":9223372036854775807}",
                "POST| /_mock/clock/advance| {\"by_ms\":-1795507200001}",
            })
    void refusesToGoWhereNoTimestampIsRight(String method, String target, String body) throws Exception {
        RawHttp.Answer refused = RawHttp.exchange(
                mock.baseUrl(),
                "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(method, target, body.length(), body)
                        .getBytes(US_ASCII));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
    }

    @Test
    void saysWhetherItRunsAndHowFarAheadItIs() {
        mock.server().clock().fix(Instant.ofEpochSecond(FixedMock.NOW + 60));

        assertThat(mock.server().clock().state().running()).isFalse();
        assertThat(mock.server().clock().state().skewMs()).isEqualTo(60_000);
        assertThat(mock.server().clock().state().now().toEpochSecond()).isEqualTo(FixedMock.NOW + 60);

        mock.server().clock().reset();

        assertThat(mock.server().clock().state().running()).isTrue();
        assertThat(mock.server().clock().state().skewMs()).isZero();
    }
}
