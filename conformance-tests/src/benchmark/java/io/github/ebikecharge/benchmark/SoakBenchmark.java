package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.benchmark.Environment.Jdk;
import io.github.ebikecharge.benchmark.Generator.Sent;
import io.github.ebikecharge.benchmark.Server.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the hundredth minute is as fast as the first. */
@Command(name = "soak", description = "Signed confirms per second, minute by minute, with memory and threads.")
final class SoakBenchmark extends Main.Benchmark {
    @Option(names = "--minutes", description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes = 30;

    @Option(names = "--seconds", description = "Length of a minute, to try it out (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--requests", description = "Requests signed and then sent at a time (default: ${DEFAULT-VALUE}).")
    private int requests = 20_000;

    @Option(names = "--connections", description = "Keep-alive connections (default: ${DEFAULT-VALUE}).")
    private int connections = 64;

    @Mixin
    private final WarmUp warmUp = new WarmUp();

    @Override
    void measure(Environment environment) throws IOException, InterruptedException, SignatureVerificationException {
        Report report = new Report(
                "soak",
                "JDK",
                "minute",
                "÷ first minute",
                "÷ limit",
                "requests/s",
                "requests",
                "p50 ms",
                "p99 ms",
                "RSS MB",
                "threads",
                "descriptors");
        for (Jdk jdk : environment.jdks()) {
            try (Server server = environment.startMock(jdk)) {
                warmUp.of(server);
                double first = 0;
                for (int minute = 1; minute <= minutes; minute++) {
                    List<Sent> sent = minute(server);
                    int count = sent.stream().mapToInt(Sent::count).sum();
                    double perSecond =
                            count * 1e9 / sent.stream().mapToLong(Sent::nanos).sum();
                    first = minute == 1 ? perSecond : first;
                    Figures figures = server.figures();
                    OpenSsl limit = OpenSsl.measure();
                    report.row(
                            jdk.name(),
                            minute,
                            Report.number("%.3f", perSecond / first),
                            Report.number("%.2f", perSecond / limit.all()),
                            Report.number("%.0f", perSecond),
                            count,
                            Report.number("%.1f", median(sent, Sent::p50Millis)),
                            Report.number("%.1f", median(sent, Sent::p99Millis)),
                            figures.residentKilobytes() / 1024,
                            figures.threads(),
                            figures.descriptors());
                }
            }
        }
        report.write();
    }

    private List<Sent> minute(Server server) throws IOException, SignatureVerificationException {
        List<Sent> sent = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            Sent window = Generator.send(server.address(), Requests.signed(requests), connections, 200);
            for (byte[] answer : window.samples()) {
                Requests.verify(answer);
            }
            sent.add(window);
        }
        return sent;
    }

    private static double median(List<Sent> sent, ToDoubleFunction<Sent> figure) {
        return Report.median(sent.stream().map(figure::applyAsDouble).toList());
    }
}
