package io.github.ebikecharge.client;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That holding the exchanges of the client to the document can fail. */
class HeldExchangesTest {
    private static final String CONFIRM = "/v3/ebike/charge/contracts/a/confirm";

    private final HeldExchanges exchanges = new HeldExchanges();

    private void end(String target, String answer, @Nullable Throwable failure) {
        ClientCall call = new ClientCall("confirmCharge", "POST", "/v3/ebike/charge/contracts/{contract_id}/confirm");
        exchanges.started(call);
        exchanges.exchanged(call, answered(target, answer));
        exchanges.ended(call, failure);
    }

    private static Exchange answered(String target, String answer) {
        return new Exchange(
                "POST",
                target,
                Map.of(),
                "",
                200,
                Map.of("Content-Type", "application/json", "Request-ID", Platform.REQUEST_ID),
                answer);
    }

    @Test
    void findsNothingInAnAnswerThatIsAsDocumented() {
        end(CONFIRM, Platform.GOOD, null);

        assertThatCode(exchanges::assertAllAsDocumented).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "/v3/ebike/charge/contracts/a/confirm, '{}', required property 'charging_token' not found",
        "/v3/nowhere, '{}', could not be held"
    })
    void findsAnAnswerThatIsNotAsDocumentedOrCannotBeHeld(String target, String answer, String fault) {
        end(target, answer, null);

        assertThatThrownBy(exchanges::assertAllAsDocumented).hasMessageContaining(fault);
    }

    @Test
    void leavesOutWhatTheClientRefuses() {
        end(CONFIRM, "{}", new IllegalStateException());

        assertThatCode(exchanges::assertAllAsDocumented).doesNotThrowAnyException();
    }

    @Test
    void waitsForCallsThatAreUnderWay() throws InterruptedException {
        ClientCall call = new ClientCall("confirmCharge", "POST", "/v3/ebike/charge/contracts/{contract_id}/confirm");
        exchanges.started(call);
        FutureTask<Void> asserted = new FutureTask<>(exchanges::assertAllAsDocumented, null);
        Thread asserting = new Thread(asserted);
        asserting.start();
        while (asserting.getState() != Thread.State.TIMED_WAITING && asserting.isAlive()) {
            Thread.onSpinWait();
        }
        exchanges.exchanged(call, answered(CONFIRM, "{}"));
        exchanges.ended(call, null);

        assertThatThrownBy(asserted::get).hasMessageContaining("required property 'charging_token' not found");
    }

    @Test
    void findsARequestThatIsNotAsDocumentedOrCannotBeHeld() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(exchanges);
            server.start();
            for (String target : List.of("/v3/nowhere", CONFIRM)) {
                exchanges.enqueue(new MockResponse.Builder().build());
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(server.url(target).uri())
                                        .POST(BodyPublishers.ofInputStream(InputStream::nullInputStream))
                                        .build(),
                                BodyHandlers.discarding());
            }
        }

        assertThatThrownBy(exchanges::assertAllAsDocumented)
                .hasMessageContaining("POST /v3/nowhere is no operation of the document")
                .hasMessageContaining("POST " + CONFIRM + " has no Content-Length");
    }
}
