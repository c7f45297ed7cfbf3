package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.mock.MockWechatPayServer;
import java.util.ArrayList;
import java.util.List;

/** Starts and closes the mock within one JVM, as tests do; prints the median of the second half in milliseconds. */
final class EmbeddedRestarts {
    private EmbeddedRestarts() {}

    public static void main(String[] args) {
        int restarts = Integer.parseInt(args[0]);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < restarts; i++) {
            long begun = System.nanoTime();
            MockWechatPayServer.start().close();
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        System.out.println(Report.number("%.1f", Report.median(millis.subList(restarts / 2, restarts))));
    }
}
