package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.benchmark.Environment.Jdk;
import io.github.ebikecharge.benchmark.Server.Figures;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a mock holds after all that was asked of it. */
@Command(name = "memory", description = "Resident memory, threads and descriptors after so many requests.")
final class MemoryBenchmark extends Main.Benchmark {
    private static final int AT_A_TIME = 20_000;
    private static final int CONNECTIONS = 64;

    @Option(names = "--requests", split = ",", description = "When to look at the mock (default: ${DEFAULT-VALUE}).")
    private List<Integer> requests = List.of(100_000, 1_000_000);

    @Option(
            names = "--wiremock-requests",
            split = ",",
            description = "When to look at WireMock (default: ${DEFAULT-VALUE}).")
    private List<Integer> wireMockRequests = List.of(100_000);

    @Override
    void measure(Environment environment) throws IOException {
        Report report = new Report(
                "memory",
                "server",
                "JDK",
                "after requests",
                "÷ WireMock",
                "÷ at the start",
                "RSS MB",
                "threads",
                "descriptors");
        for (Jdk jdk : environment.jdks()) {
            Map<Integer, Long> peer = new HashMap<>();
            try (Server server = environment.startWireMock(jdk)) {
                measure("WireMock, unsigned", jdk, server, false, wireMockRequests, peer, report);
            }
            try (Server server = environment.startMock(jdk)) {
                measure("mock", jdk, server, true, requests, peer, report);
            }
        }
        report.write();
    }

    private static void measure(
            String name,
            Jdk jdk,
            Server server,
            boolean signed,
            List<Integer> looks,
            Map<Integer, Long> peer,
            Report report)
            throws IOException {
        Figures first = server.figures();
        int sent = 1;
        row(report, name, jdk, sent, first, first, peer);
        for (int look : looks) {
            while (sent < look) {
                int count = Math.min(AT_A_TIME, look - sent);
                Generator.send(
                        server.address(), signed ? Requests.signed(count) : Requests.unsigned(count), CONNECTIONS, 200);
                sent += count;
            }
            row(report, name, jdk, sent, server.figures(), first, peer);
        }
    }

    /** The first to be seen after so many requests is the peer. */
    private static void row(
            Report report, String name, Jdk jdk, int sent, Figures figures, Figures first, Map<Integer, Long> peer) {
        long kilobytes = figures.residentKilobytes();
        Long ofPeer = peer.putIfAbsent(sent, kilobytes);
        report.row(
                name,
                jdk.name(),
                sent,
                ofPeer == null ? "" : Report.number("%.2f", (double) kilobytes / ofPeer),
                Report.number("%.2f", (double) kilobytes / first.residentKilobytes()),
                kilobytes / 1024,
                figures.threads(),
                figures.descriptors());
    }
}
