package io.github.ebikecharge.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That holding the exchanges of the client to the document can fail. */
class HeldExchangesTest {
    private static final String CONFIRM = "/v3/ebike/charge/contracts/a/confirm";

    private final HeldExchanges exchanges = new HeldExchanges();

    private void end(String target, String answer, @Nullable Throwable failure) {
        ClientCall call = new ClientCall("confirmCharge", "POST", "/v3/ebike/charge/contracts/{contract_id}/confirm");
        exchanges.started(call);
        exchanges.exchanged(
                call,
                new Exchange(
                        "POST",
                        target,
                        Map.of(),
                        "",
                        200,
                        Map.of("Content-Type", "application/json", "Request-ID", Platform.REQUEST_ID),
                        answer));
        exchanges.ended(call, failure);
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
    void waitsForCallsThatAreUnderWay() {
        ClientCall call = new ClientCall("confirmCharge", "POST", CONFIRM);
        exchanges.started(call);
        CompletableFuture<Void> asserted = CompletableFuture.runAsync(exchanges::assertAllAsDocumented);

        assertThat(asserted).isNotDone();
        exchanges.ended(call, null);

        assertThatCode(asserted::join).doesNotThrowAnyException();
    }
}
