package io.github.ebikecharge.client.transport;

import io.github.ebikecharge.client.ClientCall;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.client.TransportException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** A call on its way: what every attempt sends alike, and how the attempts went so far. */
final class SignedCall {
    private static final int SERVER_ERRORS = 500;

    private final ClientCall call;
    private final String target;
    private final byte @Nullable [] body;
    private final long deadline;
    private volatile @Nullable EbikeChargeException last;
    private volatile @Nullable Call attempt;
    private volatile boolean cancelled;
    private final AtomicInteger failedHosts = new AtomicInteger();

    SignedCall(ClientCall call, String target, byte @Nullable [] body, Duration patience) {
        this.call = call;
        this.target = target;
        this.body = body;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    ClientCall call() {
        return call;
    }

    String target() {
        return target;
    }

    byte @Nullable [] body() {
        return body;
    }

    /** How many attempts a host failed: the next one goes to another host, if there is one. */
    int failedHosts() {
        return failedHosts.get();
    }

    /** Time left until the deadline; not negative. */
    Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** Throws why the attempt before failed if there is no time for another. */
    void beginAttempt() {
        EbikeChargeException before = last;
        if (before != null && timeLeft().isZero()) {
            throw before;
        }
    }

    /** Makes an attempt the one that is cancelled with the call. */
    Call running(Call next) {
        attempt = next;
        if (cancelled) {
            next.cancel();
        }
        return next;
    }

    void cancel() {
        cancelled = true;
        Call running = attempt;
        if (running != null) {
            running.cancel();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Puts the failures before behind this one. */
    EbikeChargeException failed(EbikeChargeException failure) {
        EbikeChargeException before = last;
        if (before != null && before != failure) {
            failure.addSuppressed(before);
        }
        last = failure;
        if (failure instanceof TransportException
                || (failure instanceof ServiceException e && e.httpStatus() >= SERVER_ERRORS)) {
            failedHosts.incrementAndGet();
        }
        return failure;
    }
}
