package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PackedExchangeTest {
    private static final List<HeaderEntry> HEADERS = List.of(
            new HeaderEntry("Host", "localhost:8080"),
            new HeaderEntry("x-OTHER", "é"),
            new HeaderEntry("x-other", ""),
            new HeaderEntry("Accept-Language", "zh-CN"));

    private static GatewayExchange exchange(
            Instant receivedAt, @Nullable String origin, @Nullable FaultKind fault, @Nullable String chosenBy) {
        return new GatewayExchange(
                receivedAt,
                new GatewayRequest("POST", "/v3/%2F?a=充电", origin, HEADERS, "{\"a\":\"充电\"}".getBytes(UTF_8)),
                SignatureVerdict.REFUSED,
                fault,
                chosenBy,
                fault == null ? 401 : 0,
                HEADERS.subList(1, 3),
                new byte[] {0, -1},
                Duration.ofNanos(1_234_567_890_123L));
    }

    private static void comesBackWhole(GatewayExchange exchange) {
        var packed = new ByteArrayOutputStream();
        PackedExchange.pack(exchange, packed);

        assertThat(PackedExchange.unpack(packed.toByteArray()))
                .usingRecursiveComparison()
                .isEqualTo(exchange);
    }

    @Test
    void comesBackWithAllThatItHas() {
        comesBackWhole(exchange(
                Instant.parse("9998-12-31T23:59:59.123456789Z"),
                "https://localhost:8080",
                FaultKind.RESET_BEFORE_PROCESSING,
                "scenario 充电"));
    }

    @Test
    void comesBackWithoutWhatItLacks() {
        comesBackWhole(exchange(Instant.parse("1969-12-31T23:59:59.9Z"), null, null, null));
    }

    @Test
    void findsHeadersWhateverTheCaseOfTheirNames() {
        var packed = new ByteArrayOutputStream();
        PackedExchange.pack(exchange(Instant.EPOCH, null, null, null), packed);
        GatewayRequest request = PackedExchange.unpack(packed.toByteArray()).request();

        assertThat(request.header("X-Other")).isEqualTo("é");
        assertThat(request.header("accept-language")).isEqualTo("zh-CN");
        assertThat(request.headers()).isEqualTo(HEADERS);
        assertThat(request.header("Authorization")).isNull();
    }
}
