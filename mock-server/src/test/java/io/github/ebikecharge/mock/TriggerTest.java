package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.mock.gateway.Triggers;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** A caller without any API chooses the answer itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriggerTest {
    private static final int LONGEST_CONTRACT_ID = 32;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| `(TRIGGER_[A-Z_]+)` \\| ([^|]+?) \\|");

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    private static SignedRequest confirm(String contractId) {
        return SignedRequest.confirm().target("/v3/ebike/charge/contracts/" + contractId + "/confirm");
    }

    private static SignedRequest preferring(String preference) {
        return SignedRequest.confirm().header("Mock-Prefer", preference);
    }

    /** Status and error code, as the table of the recipes has them. */
    private String outcome(SignedRequest request) {
        try {
            RawHttp.Answer answer = mock.send(request);
            Matcher code = Pattern.compile("\"code\":\"([A-Z_]+)\"").matcher(answer.text());
            return answer.status() + (code.find() ? " `" + code.group(1) + "`" : "");
        } catch (IOException e) {
            return "none";
        }
    }

    private RawHttp.Answer journal(String method) throws IOException {
        return RawHttp.exchange(
                mock.baseUrl(),
                (method + " /_mock/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    private String lastFault() throws IOException {
        return new JsonMapper()
                .readTree(journal("GET").body())
                .at("/requests/0/fault")
                .asText();
    }

    private static List<List<String>> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("RECIPES.md")))
                .results()
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void answersAsTheTableOfTheRecipesSays(FaultKind kind) throws Exception {
        String contractId = Triggers.contractId(kind);
        SignedRequest byContract = confirm(contractId).header("Mock-Prefer", kind == FaultKind.SLOW ? "delay=1" : null);

        String outcome = outcome(byContract);

        assertThat(outcome(preferring("code=" + Triggers.code(kind) + ",delay=1")))
                .isEqualTo(outcome);
        assertThat(rows()).contains(List.of(Triggers.code(kind), contractId, outcome));
        assertThat(contractId).hasSizeLessThanOrEqualTo(LONGEST_CONTRACT_ID);
    }

    @Test
    void writesTheChoiceIntoTheJournal() throws Exception {
        journal("DELETE");

        outcome(confirm("TRIGGER_WRONG_SERIAL"));

        assertThat(lastFault()).isEqualTo("wrong_serial");
    }

    @Test
    void tableOfTheRecipesKnowsNoOthers() throws Exception {
        assertThat(rows().stream().map(row -> row.get(0)))
                .containsExactlyElementsOf(
                        Arrays.stream(FaultKind.values()).map(Triggers::code).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=RULE_LIMIT",
                "code=rule_limit",
                " delay=1 , code = RULE_LIMIT ",
                "code=SLOW,code=RULE_LIMIT"
            })
    void takesTheHeaderInAnyForm(String preference) {
        assertThat(outcome(preferring(preference))).isEqualTo("403 `RULE_LIMIT`");
    }

    @Test
    void delaysAnyAnswer() throws Exception {
        for (String preference : List.of("delay=300", "code=RULE_LIMIT,delay=300", "code=SLOW, delay=300")) {
            long started = System.nanoTime();
            outcome(preferring(preference));
            assertThat((System.nanoTime() - started) / 1_000_000).as(preference).isBetween(300L, 10_000L);
        }
    }

    @Test
    void lastsForOneCallAndLeavesFaultsWaiting() {
        mock.server()
                .inject(Fault.builder().kind(FaultKind.SYSTEM_ERROR).count(1).build());

        assertThat(outcome(preferring("code=RULE_LIMIT"))).isEqualTo("403 `RULE_LIMIT`");
        assertThat(outcome(SignedRequest.confirm())).isEqualTo("500 `SYSTEM_ERROR`");
        assertThat(outcome(SignedRequest.confirm())).isEqualTo("200");
    }

    @Test
    void letsTheHeaderWinOverTheContract() {
        assertThat(outcome(confirm("TRIGGER_NO_AUTH").header("Mock-Prefer", "code=RULE_LIMIT")))
                .isEqualTo("403 `RULE_LIMIT`");
    }

    @Test
    void triggersNothingForARequestThatIsRefused() {
        assertThat(outcome(preferring("code=RULE_LIMIT").forged())).isEqualTo("401 `SIGN_ERROR`");
        assertThat(outcome(preferring("code=RULE_LIMIT").edit("\"appid\"", "\"app\"")))
                .isEqualTo("400 `PARAM_ERROR`");
    }

    @Test
    void triggersForTheCertificatesToo() {
        assertThat(outcome(SignedRequest.certificates().header("Mock-Prefer", "code=NO_AUTH")))
                .isEqualTo("403 `NO_AUTH`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "code=NO_SUCH; code=NO_SUCH chooses no answer; there are SIGNATURE_PROBE",
                "code=; chooses no answer",
                "code; takes code=NAME, delay=MILLISECONDS",
                "code=SLOW delay=1; chooses no answer",
                "status=404; not status=404",
                "''; takes code=NAME",
                "delay=soon; delay takes 0 to 600000 milliseconds, not soon",
                "delay=-1; not -1",
                "delay=600001; not 600001"
            })
    void namesWhatThereIsToAnUnknownPreference(String preference, String says) throws Exception {
        assertOwnAnswer(mock.send(preferring(preference)), says);
    }

    @Test
    void namesWhatThereIsToAnUnknownContract() throws Exception {
        RawHttp.Answer answer = mock.send(confirm("TRIGGER_NO_SUCH"));

        assertOwnAnswer(answer, "The contract TRIGGER_NO_SUCH chooses no answer; there are ");
        for (FaultKind kind : FaultKind.values()) {
            assertThat(answer.text()).contains(Triggers.code(kind));
        }
    }

    private static void assertOwnAnswer(RawHttp.Answer answer, String says) throws IOException {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Mock-Error")).contains("no answer of WeChat Pay");
        assertThat(answer.header("Request-ID")).isNull();
        FixedMock.assertUnsigned(answer);
        assertThat(new JsonMapper().readTree(answer.body()).path("error").textValue())
                .contains(says);
    }
}
