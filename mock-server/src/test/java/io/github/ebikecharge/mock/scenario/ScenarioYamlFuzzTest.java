package io.github.ebikecharge.mock.scenario;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.scenario.ScenarioYaml.InvalidScenariosException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in a file of scenarios. */
class ScenarioYamlFuzzTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Scenarios scenarios =
            new Scenarios(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), (contract, state) -> {}, status -> {});

    static Stream<byte[]> files() {
        return Stream.of(
                        "",
                        "scenarios: []",
                        """
                        scenarios:
                          - name: busy once, then as it should be
                            match: {device_id: 0012, contract_id: '1'}
                            steps: [{answer: rule_limit, times: 2}, {}]
                        """,
                        "scenarios: [{name: a, from: 2026-11-24T00:00:00+08:00, steps: [{delay_ms: 5}]}]",
                        "scenarios:\n- name: &a x\n  steps: [*a]\n  name: y\n",
                        "--- !!javax.script.ScriptEngineManager [ ]\n...\n---\n%TAG ! x\n",
                        "{\"scenarios\":[{\"name\":\"\\u0000\",\"steps\":[null]}]}",
                        "? [a, {b: |\n   c}]\n: >-\n  d\n<<: {e: ~, 0x1F: .inf}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "")
    void readsWhatItWouldWriteAndRefusesTheRestByLine(byte[] file) throws JacksonException {
        ScenarioList read;
        try {
            read = ScenarioYaml.read(file);
        } catch (InvalidScenariosException e) {
            assertThat(e.error().message()).isNotBlank();
            return;
        }
        assertThat(ScenarioFile.parse(YAML.writeValueAsBytes(WireJson.toTree(read))))
                .isEqualTo(read);
        try {
            scenarios.read("file", read);
            assertThat(scenarios.getScenarios().scenarios()).isEqualTo(read.scenarios());
        } catch (IllegalArgumentException e) {
            assertThat(ScenarioYaml.invalid(file, String.valueOf(e.getMessage())))
                    .hasMessageStartingWith("line ");
        }
    }
}
