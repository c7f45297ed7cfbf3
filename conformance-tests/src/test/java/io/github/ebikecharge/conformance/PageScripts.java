package io.github.ebikecharge.conformance;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The code blocks of a page of ours, and what comes of running one. */
public final class PageScripts {
    private static final Map<String, Path> RUNNABLE = Map.of(
            "ebike-charge/ebike-charge-conformance-tests-runnable.jar",
            Path.of("target/ebike-charge-conformance-tests.jar"),
            "ebike-charge/ebike-charge-mock-server-runnable.jar",
            Path.of("../mock-server/target/ebike-charge-mock-server.jar"));

    private PageScripts() {}

    /**
     * What a script printed, and what it ended with.
     *
     * @param err what it complained of
     */
    public record Run(int status, String out, String err) {}

    /** The blocks in this language, in their order. */
    static List<String> blocks(Path page, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The first block for a shell that has these words in it. */
    static String block(Path page, String words) throws IOException {
        return blocks(page, "sh").stream()
                .filter(block -> block.contains(words))
                .findFirst()
                .orElseThrow();
    }

    /** A port that nobody listens at. */
    static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /** Runs a script in a directory, with the jars of this build; the test is skipped where the program is not installed. */
    public static Run run(String program, String script, Path directory) throws IOException, InterruptedException {
        return run(List.of("sh"), program, script, directory);
    }

    /** The same as GitHub Actions runs it: it ends at the first command that fails. */
    static Run runStrictly(String program, String script, Path directory) throws IOException, InterruptedException {
        assumeTrue(isOnThePath("bash"), "bash is not installed");
        return run(List.of("bash", "-e"), program, script, directory);
    }

    private static Run run(List<String> shell, String program, String script, Path directory)
            throws IOException, InterruptedException {
        assumeTrue(isOnThePath(program), program + " is not installed");
        String command = script;
        for (Map.Entry<String, Path> jar : RUNNABLE.entrySet()) {
            command = command.replace(
                    jar.getKey(), jar.getValue().toAbsolutePath().toString());
        }
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        List<String> arguments =
                Stream.concat(shell.stream(), Stream.of("-c", command)).toList();
        Process process = new ProcessBuilder(arguments)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended)
                .as("it ends; so far: %s%s", Files.readString(out), Files.readString(err))
                .isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
