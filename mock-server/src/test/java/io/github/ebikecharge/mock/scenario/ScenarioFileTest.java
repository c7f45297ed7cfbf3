package io.github.ebikecharge.mock.scenario;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.model.ScenarioStatus;
import io.javalin.util.JavalinBindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A file that is edited while the mock runs. */
class ScenarioFileTest {
    private static final String ONE = "scenarios:\n  - name: one\n    steps: [{answer: rule_limit}]\n";
    private static final String TWO = ONE.replace("one", "two");

    private final BlockingQueue<ScenarioStatus> edits = new LinkedBlockingQueue<>();
    private final Scenarios scenarios =
            new Scenarios(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), (contract, state) -> {}, edits::add);

    @TempDir
    private Path directory;

    private Path file;
    private ScenarioFile watched;

    @BeforeEach
    void watch() throws Exception {
        file = Files.writeString(directory.resolve("scenarios.yaml"), ONE);
        watched = new ScenarioFile(file, scenarios);
        watched.watch();
        assertThat(names(edited())).containsExactly("one");
    }

    @AfterEach
    void stop() {
        watched.close();
    }

    /** What an edit led to, within the second that is promised, and some time for a busy machine. */
    private ScenarioStatus edited() throws InterruptedException {
        return Objects.requireNonNull(edits.poll(5, TimeUnit.SECONDS), "The edit was not seen");
    }

    private static List<String> names(ScenarioStatus status) {
        return status.scenarios().stream().map(Scenario::name).toList();
    }

    @Test
    void readsTheFileAtOnce() {
        assertThat(names(scenarios.getScenarios())).containsExactly("one");
        assertThat(scenarios.getScenarios().source()).isEqualTo(file.toString());
    }

    @Test
    void readsAnEditWithinASecond() throws Exception {
        long started = System.nanoTime();
        Files.writeString(file, TWO);

        assertThat(names(edited())).containsExactly("two");
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void readsAFileThatIsPutInItsPlace() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), TWO);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(names(edited())).containsExactly("two");
    }

    @Test
    void keepsTheOldOnesWhileTheFileIsBroken() throws Exception {
        Files.writeString(file, TWO.replace("rule_limit", "rule_limits"));

        ScenarioStatus broken = edited();
        assertThat(names(broken)).containsExactly("one");
        assertThat(Objects.requireNonNull(broken.error()).line()).isEqualTo(3);

        scenarios.replace(new ScenarioList(List.of()));
        assertThat(edited().error()).isNotNull();
        scenarios.reset();
        assertThat(edited().error()).isNotNull();

        Files.writeString(file, TWO);
        ScenarioStatus mended = edited();
        assertThat(names(mended)).containsExactly("two");
        assertThat(mended.error()).isNull();
    }

    @Test
    void keepsTheOldOnesWhileThereIsNoFile() throws Exception {
        Files.delete(file);
        ScenarioStatus gone = edited();
        assertThat(names(gone)).containsExactly("one");
        assertThat(Objects.requireNonNull(gone.error()).message()).isEqualTo("cannot read the file");

        Files.writeString(file, ONE);
        assertThat(edited().error()).isNull();
    }

    @Test
    void takesOverFromTheControlApiWithTheNextEdit() throws Exception {
        scenarios.removeScenarios();
        assertThat(names(edited())).isEmpty();

        Files.writeString(file, TWO);

        assertThat(names(edited())).containsExactly("two");
    }

    @Test
    void beginsAnewAtAReset() throws Exception {
        scenarios.removeScenarios();
        assertThat(names(edited())).isEmpty();

        scenarios.reset();

        assertThat(names(edited())).containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| 1| the file is empty",
                "'# nothing\n'| 1| the file is empty",
                "'scenarios:\n  - name: a\n   steps: []'| 3| ",
                "'scenarios:\n  - name: a\n    step: []'| 3| there is no step; known here: [",
                "'scenario: []'| 1| there is no scenario",
                "'scenarios:\n  - name: a\n    steps:\n      - times: 0'| 4| scenarios[0].steps[0].times must be",
                "'scenarios:\n  - name: a\n    steps:\n      - {}\n      - delay_ms: -1'| 5| scenarios[0].steps[1].delay_ms must be",
                "'scenarios:\n  - name: a\n    steps:\n      - times: often'| 4| times: ",
                "'scenarios:\n  - name: a\n    steps:\n      - answer: nonsense'| 4| answer: takes one of signature_probe, ",
                "'scenarios:\n  - name: a\n    steps:\n      - answer: no'| 4| answer: takes one of signature_probe, wrong_body_byte, ",
                "'scenarios:\n  - name: a\n    steps:\n      - '| 4| ",
                "'scenarios:\n  - \n'| 2| ",
                "'scenarios:\n  - {name: a, steps: [{}]}\n\n  - steps: [{}]\n    name: \"\"'| 5| scenarios[1].name",
                "'scenarios:\n\n  - steps: [{}]'| 3| scenarios[0].name must not be null",
                "'scenarios:\n  - name: a\n    name: b\n    steps: [{}]'| 3| Duplicate field",
                "'scenarios:\n  - name: a\n    when:\n      from: tomorrow\n    steps: [{}]'| 4| from: ",
                "'scenarios: []\n---\nscenarios: []'| 3| Trailing token",
                "'just text'| 1| it begins with scenarios:",
                "'[]'| 1| it begins with scenarios:",
            })
    void saysLineAndReason(String yaml, int line, String reason) throws Exception {
        Files.writeString(file, yaml == null ? "" : yaml);

        ScenarioStatus broken = edited();

        var error = Objects.requireNonNull(broken.error());
        assertThat(error.line()).as(error.message()).isEqualTo(line);
        assertThat(error.message())
                .contains(reason == null ? "" : reason)
                .doesNotContain("problem: null", "io.github", "\n", "[Source");
        assertThat(names(broken)).containsExactly("one");
    }

    @Test
    void takesNumbersForTextsAsTheyAreWritten() throws Exception {
        ScenarioList read = ScenarioYaml.read(
                ("scenarios: [{name: 1, when: {device_id: 0012, charging_gun_number: 1.10, contract_id: true},"
                                + " steps: [{}]}]")
                        .getBytes(UTF_8));

        var when = read.scenarios().get(0).when();
        assertThat(when.deviceId()).isEqualTo("0012");
        assertThat(when.chargingGunNumber()).isEqualTo("1.10");
        assertThat(when.contractId()).isEqualTo("true");
    }

    @Test
    void readsTheScenariosOfTheReadme() throws Exception {
        Matcher block = Pattern.compile("(?s)```yaml\n(scenarios:.*?)```")
                .matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).isTrue();

        ScenarioList read = ScenarioYaml.read(block.group(1).getBytes(UTF_8));

        assertThat(read.scenarios()).hasSize(2);
        assertThat(read.scenarios().get(0).when().deviceId()).isEqualTo("12343232");
    }

    @Test
    void saysAtTheStartWhatIsWrong() {
        Path missing = directory.resolve("missing.yaml");

        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new ScenarioFile(missing, scenarios)))
                .hasMessage("There is no readable file " + missing);
    }

    @Test
    void isNotWatchedByAMockThatCouldNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var builder =
                    MockWechatPayServer.builder().port(taken.getLocalPort()).scenarios(file);
            Set<Thread> before = watchers();

            assertThatThrownBy(builder::start).isInstanceOf(JavalinBindException.class);

            assertThat(watchers()).isEqualTo(before);
        }
    }

    private static Set<Thread> watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mock-scenarios"))
                .collect(Collectors.toSet());
    }
}
