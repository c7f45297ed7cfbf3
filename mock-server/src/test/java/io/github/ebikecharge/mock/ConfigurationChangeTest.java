package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Changes of parts of the configuration, so that nobody takes back what somebody else changed. */
class ConfigurationChangeTest {
    private static final int ROUNDS = 50;

    private FixedMock mock;

    @BeforeEach
    void start() {
        mock = new FixedMock();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private RawHttp.Answer ask(String method, String target, String body) throws Exception {
        return RawHttp.exchange(
                mock.baseUrl(),
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(method, target, body.getBytes(UTF_8).length, body)
                        .getBytes(UTF_8));
    }

    private JsonNode change(String patch) throws Exception {
        RawHttp.Answer answer = ask("PATCH", "/_mock/configuration", patch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new JsonMapper().readTree(answer.text());
    }

    @Test
    void changesWhatIsNamedAndLeavesTheRest() throws Exception {
        change("{\"notices\":{\"answer\":\"CONFIRMED\",\"webhook_url\":\"http://127.0.0.1:9/a\"}}");

        JsonNode now = change("{\"unsigned\":\"allow\",\"notices\":{\"webhook_url\":null}}");

        assertThat(now.path("unsigned").textValue()).isEqualTo("allow");
        assertThat(now.at("/notices/answer").textValue()).isEqualTo("CONFIRMED");
        assertThat(now.path("notices").has("webhook_url")).isFalse();
        assertThat(change("{\"notices\":null}").at("/notices/answer").textValue())
                .isEqualTo("WAITING");
    }

    @Test
    void leavesTheFaultsThatWaitAsTheyAre() throws Exception {
        ask("POST", "/_mock/faults", "{\"kind\":\"rule_limit\",\"count\":2}");
        mock.send(SignedRequest.confirm());

        assertThat(change("{\"unsigned\":\"allow\"}").at("/faults/0/count").intValue())
                .isEqualTo(1);
        assertThat(mock.send(SignedRequest.confirm()).text()).contains("RULE_LIMIT");
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
        assertThat(change("{\"faults\":[{\"kind\":\"rule_limit\"}]}")
                        .path("faults")
                        .size())
                .isEqualTo(1);
        assertThat(mock.send(SignedRequest.confirm()).text()).contains("RULE_LIMIT");
    }

    @Test
    void keepsTheChangesOfTwoWhoChangeDifferentThingsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch both = new CountDownLatch(2);
            List<Future<Void>> changes = List.of(
                    threads.submit(() -> changes(both, "{\"journal_size\":%d}")),
                    threads.submit(() -> changes(both, "{\"notices\":{\"answer_after_ms\":%d}}")));
            for (Future<Void> change : changes) {
                change.get();
            }
        } finally {
            threads.shutdownNow();
        }
        JsonNode now = change("{}");
        assertThat(now.path("journal_size").intValue()).isEqualTo(ROUNDS);
        assertThat(now.at("/notices/answer_after_ms").intValue()).isEqualTo(ROUNDS);
    }

    private Void changes(CountDownLatch both, String patch) throws Exception {
        both.countDown();
        both.await();
        for (int i = 1; i <= ROUNDS; i++) {
            change(patch.formatted(i));
        }
        return null;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"notices\":{\"answer\":\"PERHAPS\"}} | notices.answer",
                "{\"notice\":{}} | There is no notice",
                "{\"journal_size\":-1} | journal_size must be",
                "[] | the value",
                "3 | the value",
                "null | the value",
                "{ | Not JSON"
            })
    void saysWhatDoesNotFitAndChangesNothing(String patch, String says) throws Exception {
        JsonNode before = change("{\"unsigned\":\"allow\"}");

        RawHttp.Answer refused = ask("PATCH", "/_mock/configuration", patch);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains(says);
        assertThat(change("{}")).isEqualTo(before);
    }

    @Test
    void namesTheTypesOfTheDocumentAndNoneOfJava() throws Exception {
        RawHttp.Answer refused = ask("POST", "/_mock/faults", "{\"kind\":{}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("kind: Cannot deserialize value of type `FaultKind`");
    }

    @Test
    void refusesANumberOfTwoThousandDigits() throws Exception {
        RawHttp.Answer refused = ask("POST", "/_mock/verifications", "{\"times\":" + "9".repeat(2_000) + "}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("Not JSON: Number value length (2000) exceeds");
    }

    @Test
    void refusesABodyThatCannotBeRead() throws Exception {
        RawHttp.Answer refused = RawHttp.exchange(
                mock.baseUrl(),
                "POST /_mock/faults HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
                        .getBytes(UTF_8));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("The body did not come whole");
    }

    @Test
    void removesTheFaultsOfAKind() throws Exception {
        ask("POST", "/_mock/faults", "{\"kind\":\"slow\",\"contract_id\":\"a\"}");
        ask("POST", "/_mock/faults", "{\"kind\":\"rule_limit\",\"count\":3}");
        ask("POST", "/_mock/faults", "{\"kind\":\"slow\"}");
        mock.send(SignedRequest.confirm());

        assertThat(ask("DELETE", "/_mock/faults?kind=slow", "").status()).isEqualTo(204);

        JsonNode faults = change("{}").path("faults");
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).path("count").intValue()).isEqualTo(2);
        RawHttp.Answer refused = ask("DELETE", "/_mock/faults?kind=quick", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("quick", "rule_limit");
        assertThat(ask("DELETE", "/_mock/faults", "").status()).isEqualTo(204);
        assertThat(change("{}").path("faults")).isEmpty();
    }
}
