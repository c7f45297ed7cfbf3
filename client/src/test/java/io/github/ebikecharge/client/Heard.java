package io.github.ebikecharge.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Writes down what a client tells. */
final class Heard implements ClientListener {
    final List<Duration> delays = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final BlockingQueue<EbikeChargeException> repeating = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    @Override
    public void started(ClientCall call) {
        told.add("started " + call);
    }

    @Override
    public void exchanged(ClientCall call, Exchange exchange) {
        told.add("exchanged " + exchange.status());
    }

    @Override
    public void repeating(ClientCall call, EbikeChargeException failure, Duration delay) {
        told.add("repeating");
        delays.add(delay);
        repeating.add(failure);
    }

    @Override
    public void ended(ClientCall call, @Nullable Throwable failure) {
        String how = failure == null ? "well" : failure.getClass().getSimpleName();
        told.add("ended " + how);
        ended.add(how);
    }
}
