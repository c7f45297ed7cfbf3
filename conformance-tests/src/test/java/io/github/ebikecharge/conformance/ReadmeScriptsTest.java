package io.github.ebikecharge.conformance;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UnsignedRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The README's scripts in Node and Python do what it says, word for word. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ReadmeScriptsTest {
    private static final String ADDRESS = "http://127.0.0.1:8080";

    @TempDir
    private Path directory;

    private static List<String> scripts() throws IOException {
        return PageScripts.blocks(Path.of("..", "README.md"), "sh").stream()
                .filter(block -> block.startsWith("node ") || block.startsWith("python3 "))
                .toList();
    }

    static Stream<String> unsigned() throws IOException {
        return scripts().stream().filter(script -> !script.contains("/_mock/sign"));
    }

    static Stream<String> signed() throws IOException {
        return scripts().stream().filter(script -> script.contains("/_mock/sign"));
    }

    @Test
    void theReadmeHasAScriptOfEachKind() throws IOException {
        assertThat(unsigned())
                .anyMatch(script -> script.startsWith("node "))
                .anyMatch(script -> script.startsWith("python3 "));
        assertThat(signed()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("unsigned")
    void getsATokenWithoutASignature(String script) throws Exception {
        MockConfiguration allowing =
                MockConfiguration.builder().unsigned(UnsignedRequests.ALLOW).build();
        try (MockWechatPayServer mock =
                MockWechatPayServer.builder().configuration(allowing).start()) {
            assertThat(run(script, mock)).matches("\\{\"charging_token\":\"[0-9A-Za-z]{20}\"}\n");
        }
    }

    @ParameterizedTest
    @MethodSource("signed")
    void isHelpedToASignature(String script) throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            assertThat(run(script, mock)).startsWith("{\"data\":[{");
        }
    }

    private String run(String script, MockWechatPayServer mock) throws Exception {
        assertThat(script).contains(ADDRESS);
        PageScripts.Run run = PageScripts.run(
                script.substring(0, script.indexOf(' ')),
                script.replace(ADDRESS, mock.baseUrl().toString()),
                directory);
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }
}
