package io.github.ebikecharge.benchmark;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where the programs under measurement are, and what runs them. */
final class Environment {
    private static final Path TARGET = target();

    /** Tables, and the logs of servers. */
    static final Path OUTPUT = TARGET.resolve("benchmarks");

    @Option(
            names = "--jdks",
            split = ",",
            paramLabel = "DIR",
            description = "Homes of the JDKs to measure with, one after the other (default: the one that runs this).")
    private List<Path> jdks = List.of(Path.of(System.getProperty("java.home")));

    @Option(names = "--jvm", paramLabel = "OPTION", description = "Option of the mock's JVM; may be repeated.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--mock",
            paramLabel = "FILE",
            description = "Runnable jar of the mock, or a launcher of it (default: the jar of this build).")
    private Path mock = TARGET.resolve(Path.of("..", "..", "mock-server", "target", "ebike-charge-mock-server.jar"))
            .normalize();

    /** A Java home, and how it calls itself in a table. */
    record Jdk(Path home, String name) {
        String java() {
            return home.resolve("bin").resolve("java").toString();
        }

        int feature() {
            return Integer.parseInt(name.replaceFirst("\\D.*", ""));
        }
    }

    List<Jdk> jdks() throws IOException {
        List<Jdk> found = new ArrayList<>();
        for (Path home : jdks) {
            Properties release = new Properties();
            try (var file = Files.newBufferedReader(home.resolve("release"))) {
                release.load(file);
            }
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            if (!version.matches("\\d.*")) {
                throw new IOException("--jdks: %s/release names no JAVA_VERSION".formatted(home));
            }
            found.add(new Jdk(home, version));
        }
        return found;
    }

    /** The mock as shipped, with more JVM options than the given ones. */
    Server startMock(Jdk jdk, String... moreOptions) throws IOException {
        if (!Files.exists(mock)) {
            throw new IOException("There is no %s; build the mock, or give --mock".formatted(mock.toAbsolutePath()));
        }
        List<String> options =
                Stream.concat(jvmOptions.stream(), Stream.of(moreOptions)).toList();
        boolean jar = mock.toString().endsWith(".jar");
        List<String> command = jar
                ? Stream.of(
                                Stream.of(jdk.java()),
                                options.stream(),
                                Stream.of("-jar", mock.toAbsolutePath().toString()))
                        .flatMap(parts -> parts)
                        .toList()
                : List.of(mock.toAbsolutePath().toString());
        Map<String, String> variables = jar || options.isEmpty()
                ? Map.of("JAVA_HOME", jdk.home().toString())
                : Map.of("JAVA_HOME", jdk.home().toString(), "JDK_JAVA_OPTIONS", String.join(" ", options));
        return Server.start(
                "mock",
                port -> Stream.concat(command.stream(), Stream.of("serve", "--port", String.valueOf(port)))
                        .toList(),
                variables,
                Requests.signed(1).get(0));
    }

    /** WireMock as its users run it: one stub for the path, from a mappings folder. */
    Server startWireMock(Jdk jdk) throws IOException {
        Path jar = classPath()
                .filter(entry -> entry.getFileName().toString().startsWith("wiremock-standalone"))
                .findFirst()
                .orElseThrow(() -> new IOException("WireMock is not on the class path"));
        Path root = OUTPUT.resolve("wiremock");
        Path mappings = Files.createDirectories(root.resolve("mappings"));
        Files.write(mappings.resolve("confirm.json"), Requests.wireMockStub());
        return Server.start(
                "wiremock",
                port -> List.of(
                        jdk.java(),
                        "-jar",
                        jar.toString(),
                        "--port",
                        String.valueOf(port),
                        "--root-dir",
                        root.toString()),
                Map.of(),
                Requests.unsigned(1).get(0));
    }

    /** What a JVM of its own prints last, with this class path and main class. */
    String run(Jdk jdk, List<String> options, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(jdk.java()),
                        options.stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), main.getName()),
                        arguments.stream())
                .flatMap(parts -> parts)
                .toList();
        Path log = OUTPUT.resolve(main.getSimpleName() + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0 || lines.isEmpty()) {
            throw new IOException("%s failed, see %s".formatted(main.getSimpleName(), log.toAbsolutePath()));
        }
        return lines.get(lines.size() - 1);
    }

    /** The folder of the build, wherever this is run from. */
    private static Path target() {
        try {
            return Path.of(Environment.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of);
    }
}
