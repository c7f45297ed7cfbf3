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

/** Confirms per second, beside the limit that OpenSSL sets, and WireMock without any signature. */
@Command(name = "load", description = "Signed confirms per second, as a share of what OpenSSL could do at most.")
final class LoadBenchmark extends Main.Benchmark {
    @Option(names = "--connections", split = ",", description = "Keep-alive connections (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of(64, 8);

    @Option(names = "--windows", description = "Windows, of which the median is told (default: ${DEFAULT-VALUE}).")
    private int windows = 5;

    @Option(names = "--requests", description = "Requests in a window (default: ${DEFAULT-VALUE}).")
    private int requests = 15_000;

    @Mixin
    private final WarmUp warmUp = new WarmUp();

    @Option(names = "--providers", split = ",", description = "Who computes RSA (default: ${DEFAULT-VALUE}).")
    private List<String> providers = List.of("auto", "jdk");

    @Option(names = "--without-wiremock", description = "Measures the mock only.")
    private boolean withoutWireMock;

    /** How requests are made, and what answers them. */
    private record Workload(String name, Server server, boolean signed) {
        List<byte[]> prepare(int count) {
            return signed ? Requests.signed(count) : Requests.unsigned(count);
        }
    }

    @Override
    void measure(Environment environment) throws IOException, InterruptedException, SignatureVerificationException {
        Report report = new Report(
                "load",
                "server",
                "JDK",
                "connections",
                "÷ limit of all cores",
                "÷ limit, by the server's own CPU time",
                "p99 ÷ p50",
                "requests/s",
                "limit",
                "p50 ms",
                "p99 ms",
                "server CPU µs",
                "all windows");
        for (Jdk jdk : environment.jdks()) {
            for (String provider : providers) {
                try (Server server = environment.startMock(jdk, "-Debike-charge.rsa-provider=" + provider)) {
                    warmUp.of(server);
                    measure(new Workload("mock, RSA " + provider, server, true), jdk, report);
                }
            }
            if (!withoutWireMock) {
                try (Server server = environment.startWireMock(jdk)) {
                    warmUp.ofPeer(server);
                    measure(new Workload("WireMock, unsigned", server, false), jdk, report);
                }
            }
        }
        report.note("Limit: one RSA-2048 verification and one signature a request and nothing else, by "
                + OpenSsl.version() + ".");
        report.write();
    }

    private void measure(Workload workload, Jdk jdk, Report report)
            throws IOException, InterruptedException, SignatureVerificationException {
        for (int count : connections) {
            OpenSsl before = OpenSsl.measure();
            List<Sent> sent = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int i = 0; i < windows; i++) {
                List<byte[]> prepared = workload.prepare(requests);
                double cpuBefore = workload.server().cpu().toNanos();
                Sent window = Generator.send(workload.server().address(), prepared, count, 200);
                cpu.add((workload.server().cpu().toNanos() - cpuBefore) / 1000 / window.count());
                sent.add(window);
                if (workload.signed()) {
                    for (byte[] answer : window.samples()) {
                        Requests.verify(answer);
                    }
                }
            }
            OpenSsl limit = before.mean(OpenSsl.measure());
            report.note(limit.warning());
            double perSecond = median(sent, Sent::perSecond);
            double p50 = median(sent, Sent::p50Millis);
            double p99 = median(sent, Sent::p99Millis);
            report.row(
                    workload.name(),
                    jdk.name(),
                    count,
                    Report.number("%.2f", perSecond / limit.all()),
                    Report.number("%.2f", limit.cpuMicros() / Report.median(cpu)),
                    Report.number("%.1f", p99 / p50),
                    Report.number("%.0f", perSecond),
                    Report.number("%.0f", limit.all()),
                    Report.number("%.1f", p50),
                    Report.number("%.1f", p99),
                    Report.number("%.0f", Report.median(cpu)),
                    String.join(
                            " ",
                            sent.stream()
                                    .map(window -> Report.number("%.0f", window.perSecond()))
                                    .toList()));
        }
    }

    private static double median(List<Sent> sent, ToDoubleFunction<Sent> figure) {
        return Report.median(sent.stream().map(figure::applyAsDouble).toList());
    }
}
