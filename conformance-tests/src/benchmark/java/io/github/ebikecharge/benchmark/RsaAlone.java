package io.github.ebikecharge.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes what a server computes for a confirm, and nothing else, on all processors; prints how long one takes on one of them in
 * microseconds.
 */
final class RsaAlone {
    private static final int WINDOWS = 5;
    private static final long NANOS = 1_000_000_000L;

    private RsaAlone() {}

    public static void main(String[] args) throws Exception {
        WireParts parts = new WireParts();
        ExecutorService threads = Executors.newFixedThreadPool(Report.cores());
        List<Double> micros = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * WINDOWS; i++) {
                micros.add(window(threads, parts));
            }
        } finally {
            threads.shutdown();
        }
        System.out.println(Report.number("%.1f", Report.median(micros.subList(WINDOWS, 2 * WINDOWS))));
    }

    private static double window(ExecutorService threads, WireParts parts) throws Exception {
        Callable<Integer> confirms = () -> {
            int count = 0;
            for (long begun = System.nanoTime(); System.nanoTime() - begun < NANOS; count++) {
                parts.parseVerifyAndSignRsa();
            }
            return count;
        };
        int count = 0;
        for (Future<Integer> result : threads.invokeAll(Collections.nCopies(Report.cores(), confirms))) {
            count += result.get();
        }
        return Report.cores() * NANOS / 1e3 / count;
    }
}
