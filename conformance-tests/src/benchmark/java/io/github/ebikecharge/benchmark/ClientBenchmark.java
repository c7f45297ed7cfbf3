package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.benchmark.ClientCalls.Cost;
import io.github.ebikecharge.benchmark.ClientCalls.Kind;
import io.github.ebikecharge.benchmark.Environment.Jdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What one confirm costs the process that asks for it, with our client and with the official SDK. */
@Command(name = "client", description = "CPU and allocation of a confirm, beside the official SDK's.")
final class ClientBenchmark extends Main.Benchmark {
    @Option(names = "--rounds", description = "Rounds, of which the median is told (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--calls", description = "Calls of a round (default: ${DEFAULT-VALUE}).")
    private int calls = 20_000;

    @Option(
            names = "--warm-up",
            description =
                    "Calls before, in the same JVM, for as long as it still compiles (default: ${DEFAULT-VALUE}).")
    private int warmUp = 60_000;

    @Option(names = "--at-once", description = "Calls under way at the same time (default: ${DEFAULT-VALUE}).")
    private int atOnce = 64;

    /** A way to call, and who computes RSA. */
    private record Way(Kind kind, String provider) {
        String name() {
            return kind.label() + (provider.equals("auto") ? "" : ", RSA " + provider);
        }
    }

    @Override
    void measure(Environment environment) throws IOException, InterruptedException {
        Report report = new Report(
                "client", "client", "JDK", "CPU ÷ SDK", "allocation ÷ SDK", "CPU µs", "bytes", "calls/s", "all CPU µs");
        for (Jdk jdk : environment.jdks()) {
            try (Server server = environment.startMock(jdk)) {
                WarmUp.refusals(server, warmUp);
                measure(environment, jdk, server, report);
            }
        }
        report.note("The SDK runs on the OkHttp of this build, not on the older one that it asks for.");
        report.write();
    }

    private void measure(Environment environment, Jdk jdk, Server server, Report report)
            throws IOException, InterruptedException {
        Map<Way, List<Cost>> costs = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (Way way : ways(jdk)) {
                String printed = environment.run(
                        jdk,
                        List.of("-Debike-charge.rsa-provider=" + way.provider()),
                        ClientCalls.class,
                        List.of(
                                way.kind().name(),
                                server.url(),
                                String.valueOf(atOnce),
                                String.valueOf(warmUp),
                                String.valueOf(calls)));
                costs.computeIfAbsent(way, unused -> new ArrayList<>()).add(Cost.parse(printed));
            }
        }
        Cost sdk = Cost.median(costs.getOrDefault(new Way(Kind.SDK, "auto"), List.of()));
        costs.forEach((way, all) -> {
            Cost cost = Cost.median(all);
            report.row(
                    way.name(),
                    jdk.name(),
                    Report.number("%.2f", cost.cpuMicros() / sdk.cpuMicros()),
                    Report.number("%.2f", cost.bytes() / sdk.bytes()),
                    Report.number("%.0f", cost.cpuMicros()),
                    Report.number("%.0f", cost.bytes()),
                    Report.number("%.0f", cost.perSecond()),
                    String.join(
                            " ",
                            all.stream()
                                    .map(one -> Report.number("%.0f", one.cpuMicros()))
                                    .toList()));
        });
    }

    private static List<Way> ways(Jdk jdk) {
        List<Way> ways = new ArrayList<>(List.of(
                new Way(Kind.SDK, "auto"),
                new Way(Kind.THREADS, "auto"),
                new Way(Kind.THREADS, "jdk"),
                new Way(Kind.ASYNC, "auto")));
        if (jdk.feature() >= 21) {
            ways.add(new Way(Kind.VIRTUAL_THREADS, "auto"));
        }
        return ways;
    }
}
