package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.RequestSummary;
import io.github.ebikecharge.mock.model.UserNotice;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the events from 1, remembers the latest, and hands each to every listener, in order. Whoever publishes never
 * waits for whoever listens.
 */
public final class EventLog implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    /** What everything else of an event weighs. */
    private static final int FIELDS = 500;

    private final int most;
    private final long heaviest;
    private final Clock clock;
    private final Latest<Held> latest = new Latest<>(Held::weight);
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<Listener> open = new HashSet<>();
    private long last;
    private boolean closed;

    /** @param weight about the bytes of the event */
    private record Held(Event event, long weight) {}

    /**
     * Remembers events for listeners that come back. As many more may wait for one listener before it is dropped.
     *
     * @param most how many events
     * @param heaviest about how many bytes of them; the latest is remembered, whatever it weighs
     */
    public EventLog(int most, long heaviest, Clock clock) {
        this.most = most;
        this.heaviest = heaviest;
        this.clock = clock;
    }

    /** The time that an event would have. */
    OffsetDateTime now() {
        return MockClock.beijing(clock);
    }

    /** Gives an event its number and time, and hands it to everybody who listens. */
    public synchronized Event publish(Event.Builder change) {
        return publish(change, now());
    }

    /** As {@link #publish(Event.Builder)}, at this time. */
    synchronized Event publish(Event.Builder change, OffsetDateTime at) {
        Event event = change.id(++last).at(at).build();
        Held held = new Held(event, weight(event));
        latest.add(held, most, heaviest);
        listeners.removeIf(listener -> !listener.offer(held));
        return event;
    }

    /** About as many bytes as it takes, without writing it: that would cost more than the rest of a call but RSA. */
    private static long weight(Event event) {
        if (event.settings() != null || event.scenarios() != null) {
            return WireJson.write(event).length;
        }
        long characters = FIELDS;
        RequestSummary request = event.request();
        if (request != null) {
            characters += request.method().length() + request.target().length() + length(request.message());
        }
        ChargingToken token = event.token();
        if (token != null) {
            characters += Weights.of(token);
        }
        UserNotice notice = event.notice();
        if (notice != null) {
            characters += Weights.of(notice);
        }
        Contract contract = event.contract();
        if (contract != null) {
            characters += contract.contractId().length()
                    + contract.mchid().length()
                    + length(contract.subMchid())
                    + length(contract.appid());
        }
        return characters;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Listens from the next event on. */
    public synchronized Listener listen() {
        return listenAfter(last);
    }

    /** Listens from the event after this one on; if that is no longer held, or never was, is told so first. */
    public synchronized Listener listenAfter(long id) {
        List<Held> missed = new ArrayList<>();
        long oldestHeld = last - latest.size();
        if (id < oldestHeld || id > last) {
            missed.add(new Held(note(EventType.EVENTS_LOST, id > last ? last : oldestHeld), 0));
        }
        latest.stream().filter(held -> held.event.id() > id && id <= last).forEach(missed::add);
        Listener listener = new Listener(missed);
        open.add(listener);
        if (closed) {
            listener.end();
        } else {
            listeners.add(listener);
        }
        return listener;
    }

    /** Something for one listener alone: has the number of the event before it. */
    private Event note(EventType type, long id) {
        return Event.builder().id(id).type(type).at(now()).build();
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
        open.remove(listener);
        notifyAll();
    }

    /** Ends every listener, once it has got what waits for it, and gives them a moment to see that. */
    @Override
    public synchronized void close() {
        closed = true;
        listeners.forEach(Listener::end);
        listeners.clear();
        try {
            long end = System.nanoTime() + FAREWELL.toNanos();
            for (long left = FAREWELL.toNanos(); left > 0 && !open.isEmpty(); left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One who listens; for one thread at a time. */
    public final class Listener implements AutoCloseable {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Latest<Held> queue = new Latest<>(Held::weight);
        private final int room;
        private final long roomBytes;
        private boolean dropped;
        private boolean ended;
        private long lastTaken;

        private Listener(List<Held> missed) {
            missed.forEach(this::add);
            room = missed.size() + most;
            roomBytes = queue.weight() + heaviest;
        }

        private void add(Held held) {
            queue.add(held, Integer.MAX_VALUE, Long.MAX_VALUE);
        }

        /** Whether there was room for it. */
        private boolean offer(Held held) {
            lock.lock();
            try {
                dropped = queue.size() >= room || queue.weight() >= roomBytes;
                if (!dropped) {
                    add(held);
                }
                changed.signal();
                return !dropped;
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                ended = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /** The next event; empty if none comes in time, or ever. */
        public Optional<Event> next(Duration timeout) throws InterruptedException {
            lock.lock();
            try {
                long left = timeout.toNanos();
                while (queue.size() == 0 && !dropped && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                Held held = queue.poll();
                if (held == null && dropped) {
                    dropped = false;
                    ended = true;
                    return Optional.of(note(EventType.LISTENER_DROPPED, lastTaken));
                }
                lastTaken = held == null ? lastTaken : held.event.id();
                return Optional.ofNullable(held).map(Held::event);
            } finally {
                lock.unlock();
            }
        }

        /** Whether nothing will come any more. */
        public boolean isOver() {
            lock.lock();
            try {
                return ended && !dropped && queue.size() == 0;
            } finally {
                lock.unlock();
            }
        }

        /** Listens no longer. */
        @Override
        public void close() {
            remove(this);
            end();
        }
    }
}
