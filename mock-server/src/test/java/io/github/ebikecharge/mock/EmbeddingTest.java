package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Expectation;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.ScenarioStep;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.ebikecharge.mock.ConfirmCall.confirm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a test in the same JVM says to the mock, and hears from it. */
class EmbeddingTest {
    private static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TWICE_BUSY = """
            scenarios:
              - name: busy twice
                steps: [{answer: rule_limit, times: 2}, {}]
            """;

    private final FixedMock mock = new FixedMock();
    private final MockWechatPayServer wechatPay = mock.server();

    @AfterEach
    void stop() {
        mock.close();
    }

    private int call() throws IOException {
        return mock.send(SignedRequest.confirm()).status();
    }

    private RequestDetail take() throws InterruptedException {
        return wechatPay.takeRequest(LONG).orElseThrow();
    }

    @Test
    void answersTheDescribedCallsAsGiven() throws Exception {
        wechatPay.given(confirm().withContract(CONTRACT_ID).withGun("6555")).answers(FaultKind.RULE_LIMIT);

        assertThat(call()).isEqualTo(403);
        assertThat(call()).isEqualTo(403);
        assertThat(mock.send(SignedRequest.confirm().edit("6555", "6556")).status())
                .isEqualTo(200);
    }

    @Test
    void answersOneCallAfterAnotherAndStaysWithTheLastAnswer() throws Exception {
        wechatPay
                .given(confirm().withDeviceId("12343232"))
                .answers(FaultKind.SYSTEM_ERROR, FaultKind.FREQUENCY_LIMITED, FaultKind.NO_AUTH);

        assertThat(new int[] {call(), call(), call(), call()}).containsExactly(500, 429, 403, 403);
    }

    @Test
    void prefersWhatWasGivenLast() throws Exception {
        wechatPay.given(confirm()).answers(FaultKind.SYSTEM_ERROR);
        wechatPay.given(confirm()).answers(FaultKind.RULE_LIMIT);

        assertThat(call()).isEqualTo(403);
    }

    @Test
    void takesStepsThatChangeTheWorldAndEnd() throws Exception {
        wechatPay
                .given(confirm()
                        .withSubMchid("1900000109")
                        .withAppid("wx47c677487ce3ac47")
                        .withStation("xxx充电站"))
                .follows(ScenarioStep.builder()
                        .contractState(ContractState.PAUSE)
                        .times(1)
                        .build());

        assertThat(call()).isEqualTo(200);
        assertThat(call()).isNotEqualTo(200);
    }

    @Test
    void refusesStepsThatCannotBe() {
        GivenCall given = wechatPay.given(confirm());

        assertThatThrownBy(given::follows)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one step at least");
        assertThatThrownBy(() ->
                        wechatPay.enqueue(ScenarioStep.builder().delayMs(-1).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delay_ms");
    }

    @Test
    void givesQueuedAnswersToTheNextConfirmCalls() throws Exception {
        wechatPay.given(confirm()).answers(FaultKind.NO_AUTH);
        wechatPay.enqueue(FaultKind.RULE_LIMIT, FaultKind.SYSTEM_ERROR);
        wechatPay.enqueue(ScenarioStep.builder().times(2).build());

        assertThat(mock.send(SignedRequest.certificates()).status()).isEqualTo(200);
        assertThat(new int[] {call(), call(), call(), call(), call()}).containsExactly(403, 500, 200, 200, 403);
    }

    @Test
    void handsOutRequestsInTheirOrderWithTheirVerdict() throws Exception {
        call();
        mock.send(SignedRequest.confirm().forged());

        RequestDetail first = take();
        RequestDetail second = take();
        assertThat(first.summary().verdict()).isEqualTo(SignatureVerdict.VERIFIED);
        assertThat(first.summary().status()).isEqualTo(200);
        assertThat(first.requestBody()).isEqualTo(SignedRequest.DOCUMENTED_BODY);
        assertThat(second.summary().verdict()).isEqualTo(SignatureVerdict.REFUSED);
        assertThat(wechatPay.explain(second).cause()).isEqualTo("signature_wrong_length");
        assertThat(wechatPay.takeRequest(AT_ONCE)).isEmpty();
    }

    @Test
    void waitsForARequest() throws Exception {
        CompletableFuture<Optional<RequestDetail>> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return wechatPay.takeRequest(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        call();

        assertThat(taken.join())
                .hasValueSatisfying(
                        request -> assertThat(request.summary().method()).isEqualTo("POST"));
    }

    @Test
    void holdsCallsToWhatIsExpected() throws Exception {
        call();
        call();

        wechatPay.verify(confirm().withContract(CONTRACT_ID));
        wechatPay.verify(confirm().withDeviceId("12343232"), 2);
        wechatPay.verify(confirm().withDeviceId("another"), 0);
        wechatPay.verify(Expectation.builder()
                .verdict(SignatureVerdict.VERIFIED)
                .status(200)
                .times(2)
                .build());
    }

    @Test
    void failsWithWhatCameNearest() throws Exception {
        call();
        mock.send(SignedRequest.confirm().edit("6555", "6556"));

        assertThatThrownBy(
                        () -> wechatPay.verify(confirm().withContract("another").withGun("6556"), 1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Confirm was called like this never; expected: once. The nearest is request 2, with contract_id \
                        aAfixCs13LsdKPpfZfDkk2189ssXjfx in place of another.
                          request 2 (200, signature verified): contract_id was aAfixCs13LsdKPpfZfDkk2189ssXjfx, \
                        expected another
                          request 1 (200, signature verified): contract_id was aAfixCs13LsdKPpfZfDkk2189ssXjfx, \
                        expected another; charging_gun_number was 6555, expected 6556""");
    }

    @Test
    void namesTheCallsThatAreTooMany() throws Exception {
        call();

        assertThatThrownBy(() -> wechatPay.verify(confirm(), 0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("request 1 (200, signature verified): as expected");
    }

    @Test
    void playsScenariosOfAText() throws Exception {
        wechatPay.play(TWICE_BUSY);

        assertThat(new int[] {call(), call(), call()}).containsExactly(403, 403, 200);
        assertThatThrownBy(() -> wechatPay.play("scenarios:\n  - name: a\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void takesBackWhatATestHasChanged() throws Exception {
        wechatPay.given(confirm()).answers(FaultKind.NO_AUTH);
        wechatPay.enqueue(FaultKind.SYSTEM_ERROR);
        wechatPay.world().setContractState(CONTRACT_ID, ContractState.DELETED);
        call();

        wechatPay.reset();

        assertThat(wechatPay.takeRequest(AT_ONCE)).isEmpty();
        wechatPay.verify(confirm(), 0);
        assertThat(call()).isEqualTo(200);
    }

    @Test
    void beginsTheScenariosOfItsFileAnew(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("scenarios.yaml"), TWICE_BUSY);
        try (MockWechatPayServer fromFile = MockWechatPayServer.builder()
                .clock(FixedMock.CLOCK)
                .scenarios(file)
                .start()) {
            int first = status(fromFile);
            fromFile.play();
            int removed = status(fromFile);
            fromFile.reset();

            assertThat(new int[] {first, removed, status(fromFile), status(fromFile), status(fromFile)})
                    .containsExactly(403, 200, 403, 403, 200);
        }
    }

    private static int status(MockWechatPayServer server) throws IOException {
        return RawHttp.exchange(server.baseUrl(), SignedRequest.confirm().toBytes())
                .status();
    }
}
