package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things when their time has come by the mock's clock, one after the other, in a thread of its own. */
public final class Alarms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    /** A clock underneath that stands still is asked no more often than this. */
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** What could not be kept is done again so much later, whatever the mock's clock does. */
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::due).thenComparing(Alarm::number));
    private @Nullable Thread thread;
    private long count;
    private boolean closed;

    private record Alarm(Instant due, long number, Runnable task) {}

    /** Goes by this clock; see {@link #wake}. */
    public Alarms(Clock clock) {
        this.clock = clock;
    }

    /** Does it then, or at once if that is past. */
    void at(Instant due, Runnable task) {
        lock.lock();
        try {
            alarms.add(new Alarm(due, count++, task));
            if (thread == null && !closed) {
                thread = new Thread(this::run, "mock-alarms");
                thread.setDaemon(true);
                thread.start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything that is still to be done. */
    void clear() {
        lock.lock();
        try {
            alarms.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the clock, which was set. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (Runnable task = next(); task != null; task = next()) {
                perform(task);
            }
        } catch (InterruptedException e) {
            LOG.debug("No more alarms", e);
        }
    }

    private void perform(Runnable task) {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            tryAgain(task);
        } catch (RuntimeException e) {
            LOG.error("What was due could not be done", e);
        }
    }

    private void tryAgain(Runnable task) {
        at(clock.instant(), task);
        lock.lock();
        try {
            for (long left = TRY_AGAIN_NANOS; left > 0 && !closed; ) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next one that is due; null at the end. */
    private @Nullable Runnable next() throws InterruptedException {
        lock.lock();
        try {
            long nanos = LONGEST_WAIT_NANOS;
            while (!closed) {
                Alarm first = alarms.peek();
                if (first == null) {
                    changed.await();
                    continue;
                }
                Duration left = Duration.between(clock.instant(), first.due);
                if (left.isZero() || left.isNegative()) {
                    return alarms.remove().task;
                }
                nanos = left.compareTo(Duration.ofNanos(LONGEST_WAIT_NANOS)) > 0 ? LONGEST_WAIT_NANOS : left.toNanos();
                nanos = changed.awaitNanos(Math.max(nanos, SHORTEST_WAIT_NANOS));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Does nothing more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
