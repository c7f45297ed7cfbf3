package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What happens to calls, step by step. */
class ScenarioTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private MockWechatPayServer mock;

    @BeforeEach
    void start() {
        mock = MockWechatPayServer.builder().clock(FixedMock.CLOCK).start();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private RawHttp.Answer control(String method, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        return RawHttp.exchange(
                mock.baseUrl(),
                "%s /_mock/scenarios HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(method, bytes.length, body)
                        .getBytes(UTF_8));
    }

    private JsonNode status() throws IOException {
        return JSON.readTree(control("GET", "").body());
    }

    private void play(String... scenarios) throws IOException {
        RawHttp.Answer answer = control("PUT", "{\"scenarios\":[" + String.join(",", scenarios) + "]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private int confirm() throws IOException {
        return status(SignedRequest.confirm());
    }

    private int status(SignedRequest request) throws IOException {
        return RawHttp.exchange(mock.baseUrl(), request.toBytes()).status();
    }

    @Test
    void goesFromStepToStep() throws Exception {
        play("{\"name\":\"a\",\"steps\":[{\"answer\":\"rule_limit\",\"times\":2},{\"answer\":\"system_error\"},{}]}");

        assertThat(new int[] {confirm(), confirm(), confirm(), confirm(), confirm()})
                .containsExactly(403, 403, 500, 200, 200);
    }

    @Test
    void isNamedInTheJournalAsEveryAnswerThatWasChosen() throws Exception {
        play("{\"name\":\"evening\",\"steps\":[{\"delay_ms\":1,\"times\":1}]}");
        confirm();
        confirm();
        status(SignedRequest.confirm().header("Mock-Prefer", "code=rule_limit"));
        mock.enqueue(FaultKind.SYSTEM_ERROR);
        confirm();
        mock.inject(Fault.builder().kind(FaultKind.SYSTEM_ERROR).build());
        confirm();

        String journal = RawHttp.exchange(
                        mock.baseUrl(),
                        "GET /_mock/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8))
                .text();
        assertThat(JSON.readTree(journal).path("requests").findValuesAsText("chosen_by"))
                .containsExactly("fault", "enqueued", "trigger", "scenario evening");
    }

    @Test
    void isOverAfterALastStepWithANumber() throws Exception {
        play(
                "{\"name\":\"a\",\"steps\":[{\"answer\":\"rule_limit\",\"times\":1}]}",
                "{\"name\":\"b\",\"steps\":[{\"answer\":\"system_error\"}]}");

        assertThat(new int[] {confirm(), confirm(), confirm()}).containsExactly(403, 500, 500);
        assertThat(status().path("progress").toString())
                .isEqualTo("[{\"name\":\"a\",\"calls\":1},{\"name\":\"b\",\"calls\":2,\"next_step\":1}]");
    }

    @Test
    void startsOverIfItRepeats() throws Exception {
        play("{\"name\":\"a\",\"repeat\":true,\"steps\":[{\"answer\":\"rule_limit\"},{}]}");

        assertThat(new int[] {confirm(), confirm(), confirm(), confirm()}).containsExactly(403, 200, 403, 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"contract_id\":\"aAfixCs13LsdKPpfZfDkk2189ssXjfx\"'; '\"contract_id\":\"other\"'",
                "'\"appid\":\"wx47c677487ce3ac47\"'; '\"appid\":\"other\"'",
                "'\"sub_mchid\":\"1900000109\"'; '\"sub_mchid\":\"other\"'",
                "'\"charging_station_name\":\"xxx充电站\"'; '\"charging_station_name\":\"xxx\"'",
                "'\"charging_gun_number\":\"6555\"'; '\"charging_gun_number\":\"1\"'",
                "'\"device_id\":\"12343232\"'; '\"device_id\":\"1\"'",
                "'\"headers\":[{\"name\":\"x-station\",\"value\":\"7\"}]'; '\"headers\":[{\"name\":\"x-station\",\"value\":\"8\"}]'",
                "'\"from\":\"2026-11-24T00:00:00Z\"'; '\"until\":\"2026-11-24T00:00:00Z\"'",
                "'\"operation\":\"confirmCharge\"'; '\"operation\":\"listCertificates\"'"
            })
    void actsOnCallsThatFit(String fits, String doesNot) throws Exception {
        SignedRequest request = SignedRequest.confirm().header("X-Station", "7");

        play("{\"name\":\"a\",\"when\":{" + fits + "},\"steps\":[{\"answer\":\"rule_limit\"}]}");
        assertThat(status(request)).isEqualTo(403);

        play("{\"name\":\"a\",\"when\":{" + doesNot + "},\"steps\":[{\"answer\":\"rule_limit\"}]}");
        assertThat(status(request)).isEqualTo(200);
    }

    @Test
    void actsWithinItsTimeWindow() throws Exception {
        Instant from = mock.clock().instant().plusSeconds(60);
        play("{\"name\":\"a\",\"when\":{\"from\":\"%s\",\"until\":\"%s\"},\"steps\":[{\"answer\":\"rule_limit\"}]}"
                .formatted(from, from.plusSeconds(60)));

        assertThat(confirm()).isEqualTo(200);
        mock.clock().fix(from);
        assertThat(confirm()).isEqualTo(403);
        mock.clock().advance(Duration.ofSeconds(60));
        assertThat(confirm()).isEqualTo(200);
    }

    @Test
    void holdsAnAnswerBack() throws Exception {
        play("{\"name\":\"a\",\"steps\":[{\"delay_ms\":300},{\"answer\":\"slow\",\"delay_ms\":300}]}");

        for (int call = 0; call < 2; call++) {
            long started = System.nanoTime();
            assertThat(confirm()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
        }
    }

    @Test
    void changesTheContractOnceTheCallIsAnswered() throws Exception {
        play("{\"name\":\"a\",\"steps\":[{\"contract_state\":\"DELETED\"}]}");
        assertThat(confirm()).isEqualTo(200);
        assertThat(confirm()).isBetween(400, 499);

        play("{\"name\":\"a\",\"steps\":[{\"answer\":\"rule_limit\",\"contract_state\":\"OPENED\"},{}]}");
        assertThat(confirm()).isEqualTo(403);
        assertThat(confirm()).isEqualTo(200);
    }

    @Test
    void countsOnlyCallsThatAreRight() throws Exception {
        play("{\"name\":\"a\",\"steps\":[{\"answer\":\"rule_limit\"},{}]}");

        assertThat(status(SignedRequest.confirm().forged())).isEqualTo(401);
        assertThat(status(SignedRequest.confirm().edit("\"appid\"", "\"app\""))).isEqualTo(400);
        assertThat(status(SignedRequest.confirm().header("Mock-Prefer", "code=NO_AUTH")))
                .isEqualTo(403);
        assertThat(status().path("progress").path(0).path("calls").intValue()).isZero();
        assertThat(confirm()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"scenarios\":[{\"name\":\"a\"}]}",
                "{\"scenarios\":[{\"name\":\"a\",\"steps\":[]}]}",
                "{\"scenarios\":[{\"name\":\"\",\"steps\":[{}]}]}",
                "{\"scenarios\":[{\"steps\":[{}]}]}",
                "{\"scenarios\":[{\"name\":\"a\",\"steps\":[{\"answer\":\"nothing\"}]}]}",
                "{\"scenarios\":[{\"name\":\"a\",\"steps\":[{\"times\":0}]}]}",
                "{\"scenarios\":[{\"name\":\"a\",\"steps\":[null]}]}",
                "{\"scenarios\":[{\"name\":\"a\",\"step\":[{}]}]}",
                "{\"scenarios\":[null]}",
                "[]"
            })
    void refusesWhatIsNoScenarioAndKeepsTheOldOnes(String scenarios) throws Exception {
        play("{\"name\":\"old\",\"steps\":[{\"answer\":\"rule_limit\"}]}");

        RawHttp.Answer answer = control("PUT", scenarios);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").textValue()).isNotBlank();
        assertThat(confirm()).isEqualTo(403);
    }

    @Test
    void readsTheFileThatItIsStartedWith() throws Exception {
        Path file = Files.writeString(
                directory.resolve("scenarios.yaml"), "scenarios:\n- name: a\n  steps:\n  - answer: rule_limit\n");
        mock.close();
        mock = MockWechatPayServer.builder()
                .clock(FixedMock.CLOCK)
                .scenarios(file)
                .start();

        assertThat(confirm()).isEqualTo(403);
        assertThat(status().path("source").textValue()).isEqualTo(file.toString());

        Files.writeString(file, "scenarios:\n- name: b\n  steps:\n  - answer: system_error\n");
        assertThat(statusOnce("/scenarios/0/name", "b").has("error")).isFalse();
        assertThat(confirm()).isEqualTo(500);

        Files.writeString(file, "scenarios:\n- name: c\n  steps:\n  - answer: nonsense\n");
        assertThat(statusOnce("/error/line", "4").at("/error/message").textValue())
                .startsWith("answer: takes one of ");
        assertThat(confirm()).isEqualTo(500);
    }

    /** The status as soon as it says this: each question is a request of its own. */
    private JsonNode statusOnce(String pointer, String says) throws IOException {
        long started = System.nanoTime();
        JsonNode status = status();
        while (!status.at(pointer).asText().equals(says)) {
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as(status.toString())
                    .isLessThan(Duration.ofSeconds(10));
            status = status();
        }
        return status;
    }

    @Test
    void doesNotStartWithABrokenFile() throws Exception {
        Path file = Files.writeString(directory.resolve("broken.yaml"), "scenarios:\n- name: a\n  steps: []\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MockWechatPayServer.builder().scenarios(file).start())
                .withMessage(file + ", line 3: scenarios[0].steps must hold one step at least, and no null");
    }
}
