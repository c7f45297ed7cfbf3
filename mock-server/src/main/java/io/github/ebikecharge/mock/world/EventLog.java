package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers the events from 1, remembers the latest, and hands each to every listener, in order. Whoever publishes never
 * waits for whoever listens.
 */
public final class EventLog implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final int held;
    private final int waiting;
    private final Clock clock;
    private final Deque<Event> latest = new ArrayDeque<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<Listener> open = new HashSet<>();
    private long last;
    private boolean closed;

    /**
     * @param held how many events to remember for listeners that come back
     * @param waiting how many more may wait for one listener before it is dropped
     */
    public EventLog(int held, int waiting, Clock clock) {
        this.held = held;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** Gives an event its number and time, and hands it to everybody who listens. */
    public synchronized Event publish(Event.Builder change) {
        Event event = change.id(++last).at(MockClock.beijing(clock)).build();
        latest.addLast(event);
        if (latest.size() > held) {
            latest.removeFirst();
        }
        listeners.removeIf(listener -> !listener.offer(event));
        return event;
    }

    /** Listens from the next event on. */
    public synchronized Listener listen() {
        return listenAfter(last);
    }

    /** Listens from the event after this one on; if that is no longer held, or never was, is told so first. */
    public synchronized Listener listenAfter(long id) {
        List<Event> missed = new ArrayList<>();
        long oldestHeld = last - latest.size();
        if (id < oldestHeld || id > last) {
            missed.add(note(EventType.EVENTS_LOST, id > last ? last : oldestHeld));
        }
        latest.stream().filter(event -> event.id() > id && id <= last).forEach(missed::add);
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
        return Event.builder().id(id).type(type).at(MockClock.beijing(clock)).build();
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
        private final Deque<Event> queue;
        private final int room;
        private boolean dropped;
        private boolean ended;
        private long lastTaken;

        private Listener(List<Event> missed) {
            queue = new ArrayDeque<>(missed);
            room = missed.size() + waiting;
        }

        /** Whether there was room for it. */
        private boolean offer(Event event) {
            lock.lock();
            try {
                dropped = queue.size() >= room;
                if (!dropped) {
                    queue.addLast(event);
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
                while (queue.isEmpty() && !dropped && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                Event event = queue.pollFirst();
                if (event == null && dropped) {
                    dropped = false;
                    ended = true;
                    return Optional.of(note(EventType.LISTENER_DROPPED, lastTaken));
                }
                lastTaken = event == null ? lastTaken : event.id();
                return Optional.ofNullable(event);
            } finally {
                lock.unlock();
            }
        }

        /** Whether nothing will come any more. */
        public boolean isOver() {
            lock.lock();
            try {
                return ended && !dropped && queue.isEmpty();
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
