package io.github.ebikecharge.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The limit: what {@code openssl speed} does on the same processors in the same minute.
 *
 * @param one RSA-2048 verifications with a signature each per second, one processor
 * @param all the same, all processors
 */
record OpenSsl(double one, double all) {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** @throws IOException if there is no {@code openssl}, or it prints something else */
    static OpenSsl measure() throws IOException, InterruptedException {
        return new OpenSsl(limit(), limit("-multi", String.valueOf(CORES)));
    }

    /** Time on a processor that one takes while all are busy, in microseconds. */
    double cpuMicros() {
        return CORES * 1e6 / all;
    }

    /** Between one before and one after. */
    OpenSsl mean(OpenSsl other) {
        return new OpenSsl((one + other.one) / 2, (all + other.all) / 2);
    }

    /** Said where the processors are no whole ones: then nothing that needs all of them can be compared. */
    String warning() {
        return all / one < 0.9 * CORES
                ? "**The %d processors share a core (all are %.1f × one): measure again.**".formatted(CORES, all / one)
                : "";
    }

    private static double limit(String... options) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of("openssl", "speed", "-elapsed", "-seconds", "1"),
                        Stream.of(options),
                        Stream.of("rsa2048"))
                .flatMap(parts -> parts)
                .toList();
        String output = run(command);
        List<Double> rates = new ArrayList<>();
        output.lines()
                .filter(line -> line.matches("rsa\\s+2048 bits.*"))
                .flatMap(line -> Stream.of(line.strip().split("\\s+", -1)).skip(3))
                .filter(word -> !word.endsWith("s")) // seconds of one
                .forEach(word -> rates.add(Double.valueOf(word)));
        if (rates.size() < 2) {
            throw new IOException("%s printed no rates: %s".formatted(String.join(" ", command), output));
        }
        return 1 / (1 / rates.get(0) + 1 / rates.get(1));
    }

    /** What {@code openssl version} prints. */
    static String version() throws IOException, InterruptedException {
        return run(List.of("openssl", "version"))
                .replaceFirst("(OpenSSL \\S+).*\\s*", "$1")
                .strip();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
