package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.OpenApiDocument;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** That the watch over all exchanges can fail. */
class ExchangeWatchTest {
    private static final OpenApiDocument DOCUMENT =
            OpenApiDocument.ofResource(ConfirmChargeRequest.class, "/META-INF/openapi/ebike-charge.yaml");
    private static final String TOKEN = "{\"charging_token\":\"" + "x".repeat(20) + "\"}";

    private static List<String> faults(
            String target, String request, int status, String contentType, String requestId, String answer) {
        return ExchangeWatch.faults(
                DOCUMENT,
                DOCUMENT.operation("POST", target).orElseThrow(),
                new WatchedExchange(
                        "POST",
                        target,
                        HttpFields.from(),
                        request.getBytes(UTF_8),
                        status,
                        HttpFields.build().put("Content-Type", contentType).put("Request-ID", requestId),
                        answer.getBytes(UTF_8),
                        true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| |",
                "\"appid\"| \"app_id\"| required property 'appid' not found",
                "application/json| text/plain| The Content-Type text/plain is not documented",
                "200| 201| The status 201 is not documented",
                "08F5-0| none| The header Request-ID is 'none'",
                "charging_token| token| required property 'charging_token' not found",
                "xx\"}| xx| not JSON",
            })
    void seesWhatIsNotAsDocumented(String from, String to, String fault) {
        String[] exchange = {
            SignedRequest.CONFIRM, SignedRequest.DOCUMENTED_BODY, "200", "application/json", "08F5-0", TOKEN
        };
        for (int i = 0; from != null && i < exchange.length; i++) {
            exchange[i] = exchange[i].replace(from, to);
        }

        List<String> faults =
                faults(exchange[0], exchange[1], Integer.parseInt(exchange[2]), exchange[3], exchange[4], exchange[5]);

        if (fault == null) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).anySatisfy(found -> assertThat(found).contains(fault));
        }
    }
}
