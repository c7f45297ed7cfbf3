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

    /**
     * What came of some requests.
     *
     * @param cpuMicros what each took of a processor
     * @param limit what OpenSSL did right before and right after
     */
    private record Window(Sent sent, double cpuMicros, OpenSsl limit) {
        double share() {
            return sent.perSecond() / limit.all();
        }

        double cpuShare() {
            return limit.cpuMicros() / cpuMicros;
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
                "RSA alone ÷ limit",
                "p99 ÷ p50",
                "requests/s",
                "limit",
                "p50 ms",
                "p99 ms",
                "server CPU µs",
                "all windows, by CPU time",
                "all windows, requests/s");
        for (Jdk jdk : environment.jdks()) {
            for (String provider : providers) {
                String option = "-Debike-charge.rsa-provider=" + provider;
                String rsaAlone = shareOfRsaAlone(environment, jdk, option);
                try (Server server = environment.startMock(jdk, option)) {
                    warmUp.of(server);
                    measure(new Workload("mock, RSA " + provider, server, true), jdk, rsaAlone, report);
                }
            }
            if (!withoutWireMock) {
                try (Server server = environment.startWireMock(jdk)) {
                    warmUp.ofPeer(server);
                    measure(new Workload("WireMock, unsigned", server, false), jdk, "", report);
                }
            }
        }
        report.note("Limit: one RSA-2048 verification and one signature a request and nothing else, by "
                + OpenSsl.version() + ".");
        report.note(
                "RSA alone: what a server would reach by its own CPU time that did nothing but compute, for each request, one"
                        + " verification and one signature, with that JDK and provider.");
        report.write();
    }

    /** What a server would reach that computed RSA and did nothing else. */
    private static String shareOfRsaAlone(Environment environment, Jdk jdk, String option)
            throws IOException, InterruptedException {
        OpenSsl before = OpenSsl.measure();
        double micros = Double.parseDouble(environment.run(jdk, List.of(option), RsaAlone.class, List.of()));
        return Report.number("%.2f", before.mean(OpenSsl.measure()).cpuMicros() / micros);
    }

    private void measure(Workload workload, Jdk jdk, String rsaAlone, Report report)
            throws IOException, InterruptedException, SignatureVerificationException {
        for (int count : connections) {
            List<Window> measured = new ArrayList<>();
            for (int i = 0; i < windows; i++) {
                List<byte[]> prepared = workload.prepare(requests);
                OpenSsl before = OpenSsl.measure();
                double cpuBefore = workload.server().cpu().toNanos();
                Sent sent = Generator.send(workload.server().address(), prepared, count, 200);
                double cpu = workload.server().cpu().toNanos() - cpuBefore;
                measured.add(new Window(sent, cpu / 1000 / sent.count(), before.mean(OpenSsl.measure())));
                if (workload.signed()) {
                    for (byte[] answer : sent.samples()) {
                        Requests.verify(answer);
                    }
                }
            }
            OpenSsl limit = new OpenSsl(
                    median(measured, window -> window.limit().one()),
                    median(measured, window -> window.limit().all()));
            report.note(limit.warning());
            double p50 = median(measured, window -> window.sent().p50Millis());
            double p99 = median(measured, window -> window.sent().p99Millis());
            report.row(
                    workload.name(),
                    jdk.name(),
                    count,
                    Report.number("%.2f", median(measured, Window::share)),
                    Report.number("%.2f", median(measured, Window::cpuShare)),
                    rsaAlone,
                    Report.number("%.1f", p99 / p50),
                    Report.number(
                            "%.0f", median(measured, window -> window.sent().perSecond())),
                    Report.number("%.0f", limit.all()),
                    Report.number("%.1f", p50),
                    Report.number("%.1f", p99),
                    Report.number("%.0f", median(measured, Window::cpuMicros)),
                    all(measured, "%.2f", Window::cpuShare),
                    all(measured, "%.0f", window -> window.sent().perSecond()));
        }
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        return Report.median(windows.stream().map(figure::applyAsDouble).toList());
    }

    private static String all(List<Window> windows, String format, ToDoubleFunction<Window> figure) {
        return String.join(
                " ",
                windows.stream()
                        .map(window -> Report.number(format, figure.applyAsDouble(window)))
                        .toList());
    }
}
