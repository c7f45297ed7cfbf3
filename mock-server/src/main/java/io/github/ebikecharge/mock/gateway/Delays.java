package io.github.ebikecharge.mock.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What has to wait, waits here, and keeps no thread waiting with it; the end of all delays ends each of them. */
final class Delays implements AutoCloseable {
    private final Map<Object, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Done after this time of the computer's, not of the mock's clock; or at the end, if that comes first. */
    CompletableFuture<Void> after(Duration delay) {
        CompletableFuture<Void> due =
                new CompletableFuture<Void>().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
        Object place = new Object();
        waiting.put(place, due);
        if (closed) {
            due.complete(null);
        }
        return due.whenComplete((nothing, failure) -> waiting.remove(place));
    }

    /** Waits no longer for anything. */
    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(due -> due.complete(null));
    }
}
