package io.github.ebikecharge.conformance;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UnsignedRequests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The README's scripts in Node and Python do what it says, word for word. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ReadmeScriptsTest {
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\n((node|python3) .*?)```");
    private static final String ADDRESS = "http://127.0.0.1:8080";

    @TempDir
    private Path directory;

    private static List<String> scripts() throws IOException {
        return SHELL.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(block -> block.group(1))
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
        String program = script.substring(0, script.indexOf(' '));
        assumeTrue(isOnThePath(program), program + " is not installed");
        assertThat(script).contains(ADDRESS);
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        Process shell = new ProcessBuilder(
                        "sh", "-c", script.replace(ADDRESS, mock.baseUrl().toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = shell.waitFor(60, TimeUnit.SECONDS);
        shell.destroyForcibly();
        assertThat(ended).as(program + " ends").isTrue();
        assertThat(shell.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
