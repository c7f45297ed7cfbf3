package io.github.ebikecharge.benchmark;

import java.io.IOException;
import picocli.CommandLine.Option;

/**
 * What a server answers before anything is measured, so that the JIT is not. By count, not by time: a slow machine compiles as
 * slowly as it answers.
 */
final class WarmUp {
    /** Of those signed beforehand at a time, all are sent within the five minutes that a signature is good for. */
    private static final int AT_A_TIME = 15_000;

    private static final int CONNECTIONS = 64;

    @Option(
            names = "--warm-up",
            description = "Requests without a signature before, refused before any crypto (default: ${DEFAULT-VALUE}).")
    private int unsigned = 200_000;

    @Option(
            names = "--signed-warm-up",
            description = "Signed requests after those, answered with 200 (default: ${DEFAULT-VALUE}).")
    private int signed = 150_000;

    /** The HTTP stack first, which signed requests alone would warm too slowly; then what the first ones do not reach. */
    void of(Server server) throws IOException {
        refusals(server, unsigned);
        for (int rest = signed; rest > 0; rest -= AT_A_TIME) {
            Generator.send(server.address(), Requests.signed(Math.min(rest, AT_A_TIME)), CONNECTIONS, 200);
        }
    }

    /** That many requests without a signature. */
    static void refusals(Server server, int count) throws IOException {
        if (count > 0) {
            Generator.send(server.address(), Requests.unsigned(count), CONNECTIONS, 401);
        }
    }

    /** Of one that verifies nothing: the unsigned ones only, and a quarter of them, for WireMock keeps them all. */
    void ofPeer(Server server) throws IOException {
        Generator.send(server.address(), Requests.unsigned(Math.max(1, unsigned / 4)), CONNECTIONS, 200);
    }
}
