package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.benchmark.Environment.Jdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long one waits for a mock. */
@Command(name = "startup", description = "From the start of a process to its first answer; a restart in a test.")
final class StartupBenchmark extends Main.Benchmark {
    @Option(names = "--rounds", description = "Rounds, of which the median is told (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--restarts",
            description = "Restarts within one JVM, half of them to warm up (default: ${DEFAULT-VALUE}).")
    private int restarts = 200;

    @Override
    void measure(Environment environment) throws IOException, InterruptedException {
        Report report = new Report(
                "startup",
                "JDK",
                "÷ WireMock",
                "mock ms",
                "WireMock ms",
                "embedded restart ms",
                "all of the mock",
                "all of WireMock");
        for (Jdk jdk : environment.jdks()) {
            environment.startMock(jdk).close(); // files come into the cache, archives of classes are made
            environment.startWireMock(jdk).close();
            List<Double> mock = new ArrayList<>();
            List<Double> wireMock = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                try (Server server = environment.startMock(jdk)) {
                    mock.add(millis(server));
                }
                try (Server server = environment.startWireMock(jdk)) {
                    wireMock.add(millis(server));
                }
            }
            String restart = environment.run(jdk, List.of(), EmbeddedRestarts.class, List.of(String.valueOf(restarts)));
            report.row(
                    jdk.name(),
                    Report.number("%.2f", Report.median(mock) / Report.median(wireMock)),
                    Report.number("%.0f", Report.median(mock)),
                    Report.number("%.0f", Report.median(wireMock)),
                    restart,
                    all(mock),
                    all(wireMock));
        }
        report.write();
    }

    private static double millis(Server server) {
        return server.startup().toNanos() / 1e6;
    }

    private static String all(List<Double> values) {
        return String.join(
                " ", values.stream().map(value -> Report.number("%.0f", value)).toList());
    }
}
