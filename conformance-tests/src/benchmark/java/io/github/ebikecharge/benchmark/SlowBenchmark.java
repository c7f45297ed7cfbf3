package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.benchmark.Environment.Jdk;
import io.github.ebikecharge.benchmark.Generator.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a good caller notices of a thousand slow ones. */
@Command(name = "slow", description = "Time of a signed confirm beside slow callers, as a share of the time without.")
final class SlowBenchmark extends Main.Benchmark {
    @Option(
            names = "--slow",
            description = "Slow callers: half of them headers, half bodies (default: ${DEFAULT-VALUE}).")
    private int slow = 1_000;

    @Option(names = "--every", description = "Milliseconds between two bytes of each (default: ${DEFAULT-VALUE}).")
    private int everyMillis = 2_000;

    @Option(names = "--connections", split = ",", description = "Of the good callers (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of(1, 8);

    @Option(names = "--windows", description = "Windows with, and as many without (default: ${DEFAULT-VALUE}).")
    private int windows = 5;

    @Option(names = "--requests", description = "Requests in a window (default: ${DEFAULT-VALUE}).")
    private int requests = 5_000;

    @Mixin
    private final WarmUp warmUp = new WarmUp();

    @Override
    void measure(Environment environment) throws IOException, InterruptedException, SignatureVerificationException {
        Report report = new Report(
                "slow",
                "JDK",
                "connections",
                "p50 ÷ p50 without",
                "p99 ÷ p99 without",
                "p50 ms",
                "p50 ms without",
                "p99 ms",
                "p99 ms without",
                "threads",
                "threads without",
                "turned out");
        for (Jdk jdk : environment.jdks()) {
            try (Server server = environment.startMock(jdk)) {
                warmUp.of(server);
                for (int count : connections) {
                    measure(server, jdk, count, report);
                }
            }
        }
        report.note("%d slow callers, half of them in their headers, half in a body, a byte each every %d ms."
                .formatted(slow, everyMillis));
        report.write();
    }

    /** By turns: a machine that becomes slower does so for both. */
    private void measure(Server server, Jdk jdk, int count, Report report)
            throws IOException, SignatureVerificationException {
        List<Sent> without = new ArrayList<>();
        List<Sent> with = new ArrayList<>();
        int threadsWithout = 0;
        int threads = 0;
        int turnedOut = 0;
        for (int i = 0; i < windows; i++) {
            without.add(window(server, count));
            threadsWithout = server.figures().threads();
            try (SlowCallers callers = new SlowCallers(server.address(), slow, everyMillis)) {
                with.add(window(server, count));
                threads = server.figures().threads();
                turnedOut += callers.turnedOut();
            }
        }
        report.row(
                jdk.name(),
                count,
                Report.number("%.2f", median(with, Sent::p50Millis) / median(without, Sent::p50Millis)),
                Report.number("%.2f", median(with, Sent::p99Millis) / median(without, Sent::p99Millis)),
                Report.number("%.2f", median(with, Sent::p50Millis)),
                Report.number("%.2f", median(without, Sent::p50Millis)),
                Report.number("%.2f", median(with, Sent::p99Millis)),
                Report.number("%.2f", median(without, Sent::p99Millis)),
                threads,
                threadsWithout,
                turnedOut);
    }

    private Sent window(Server server, int count) throws IOException, SignatureVerificationException {
        Sent window = Generator.send(server.address(), Requests.signed(requests), count, 200);
        for (byte[] answer : window.samples()) {
            Requests.verify(answer);
        }
        return window;
    }

    private static double median(List<Sent> sent, ToDoubleFunction<Sent> figure) {
        return Report.median(sent.stream().map(figure::applyAsDouble).toList());
    }
}
