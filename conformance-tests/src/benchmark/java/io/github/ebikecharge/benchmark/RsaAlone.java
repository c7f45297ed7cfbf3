package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.api.wire.SignatureVerificationException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes what a server computes for a confirm, and nothing else, on all processors at once; prints what one takes of a processor
 * in microseconds, the median of the second half.
 */
final class RsaAlone {
    private static final int WINDOWS = 10;
    private static final long NANOS = 1_000_000_000L;

    private RsaAlone() {}

    public static void main(String[] args) throws Exception {
        WireParts parts = new WireParts();
        ExecutorService threads = Executors.newFixedThreadPool(Report.cores());
        List<Double> micros = new ArrayList<>();
        try {
            for (int i = 0; i < WINDOWS; i++) {
                List<Double> window = new ArrayList<>();
                for (Future<Double> each : threads.invokeAll(
                        Collections.nCopies(Report.cores(), (Callable<Double>) () -> micros(parts)))) {
                    window.add(each.get());
                }
                micros.add(Report.median(window));
            }
        } finally {
            threads.shutdown();
        }
        System.out.println(Report.number("%.1f", Report.median(micros.subList(WINDOWS / 2, WINDOWS))));
    }

    private static double micros(WireParts parts) throws SignatureVerificationException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        int count = 0;
        for (; threads.getCurrentThreadCpuTime() - begun < NANOS; count++) {
            parts.parseVerifyAndSignRsa();
        }
        return (threads.getCurrentThreadCpuTime() - begun) / 1e3 / count;
    }
}
