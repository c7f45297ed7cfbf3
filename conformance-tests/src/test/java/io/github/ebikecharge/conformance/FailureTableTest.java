package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of client/FAILURES.md, row by row, against the mock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureTableTest {
    private static final Path TABLE = Path.of("../client/FAILURES.md");
    private static final String TOKEN = "token";

    private MockWechatPayServer wechatPay;

    /** A row of the table. */
    record Row(FaultKind kind, String without, String cautious, String documented, String mayHaveActed) {
        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            return new Row(
                    FaultKind.valueOf(cells[1].strip().replace("`", "").toUpperCase(Locale.ROOT)),
                    cells[2].strip(),
                    cells[3].strip(),
                    cells[4].strip(),
                    cells[5].strip());
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(Row::of);
    }

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRowIsSo(Row row) {
        assertThat(outcome(row, RetryPolicy.none())).isEqualTo(row.without() + " " + row.mayHaveActed());
        assertThat(outcome(row, RetryPolicy.cautious()))
                .isEqualTo(row.cautious() + " " + (row.cautious().equals(TOKEN) ? "" : row.mayHaveActed()));
        assertThat(outcome(row, RetryPolicy.documented()))
                .isEqualTo(row.documented() + " " + (row.documented().equals(TOKEN) ? "" : row.mayHaveActed()));
    }

    @Test
    void noFaultIsLeftOut() throws IOException {
        assertThat(rows().map(Row::kind)).containsExactlyInAnyOrder(FaultKind.values());
    }

    /** The cells that are true of a call which the fault strikes once. */
    private String outcome(Row row, RetryPolicy policy) {
        wechatPay.inject(
                Fault.builder().kind(row.kind()).count(1).delayMs(5_000).build());
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
                .timeout(Duration.ofMillis(500))
                .retryPolicy(policy.delays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build()) {
            String token = client.confirmCharge(OfficialSdk.CONTRACT_ID, ConfirmChargeRequest.example())
                    .chargingToken();
            assertThat(token).isNotEmpty();
            return TOKEN + " ";
        } catch (EbikeChargeException e) {
            return describe(e) + (e.outcomeUnknown() ? " yes" : " no");
        } finally {
            assertThat(wechatPay.configuration().faults()).isEmpty();
        }
    }

    private static String describe(EbikeChargeException e) {
        String name = e.getClass().getSimpleName();
        if (e instanceof ServiceException refusal) {
            return name + " " + refusal.httpStatus();
        }
        return e instanceof ResponseValidationException untrusted
                ? name + " " + untrusted.signatureFault().orElseThrow()
                : name;
    }
}
