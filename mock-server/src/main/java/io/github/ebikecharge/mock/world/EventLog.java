package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Numbers the events from 1, remembers the latest, and hands each to every listener, in order. Whoever publishes never
 * waits for whoever listens.
 */
public final class EventLog implements AutoCloseable {
    private final int held;
    private final int waiting;
    private final Clock clock;
    private final Deque<Event> latest = new ArrayDeque<>();
    private final List<Listener> listeners = new ArrayList<>();
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
            missed.add(notice(EventType.EVENTS_LOST, id > last ? last : oldestHeld));
        }
        latest.stream().filter(event -> event.id() > id && id <= last).forEach(missed::add);
        Listener listener = new Listener(missed);
        if (closed) {
            listener.ended = true;
        } else {
            listeners.add(listener);
        }
        return listener;
    }

    /** Something for one listener alone: has the number of the event before it. */
    private Event notice(EventType type, long id) {
        return Event.builder().id(id).type(type).at(MockClock.beijing(clock)).build();
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** Ends every listener, once it has got what waits for it. */
    @Override
    public synchronized void close() {
        closed = true;
        listeners.forEach(listener -> listener.ended = true);
        listeners.clear();
    }

    /** One who listens; for one thread at a time. */
    public final class Listener implements AutoCloseable {
        private final BlockingQueue<Event> queue;
        private volatile boolean dropped;
        private volatile boolean ended;
        private long lastTaken;

        private Listener(List<Event> missed) {
            queue = new LinkedBlockingQueue<>(missed.size() + waiting);
            queue.addAll(missed);
        }

        private boolean offer(Event event) {
            if (!queue.offer(event)) {
                dropped = true;
                return false;
            }
            return true;
        }

        /** The next event; empty if none comes in time. */
        public Optional<Event> next(Duration timeout) throws InterruptedException {
            Event event = dropped || ended ? queue.poll() : queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (event == null && dropped) {
                dropped = false;
                ended = true;
                return Optional.of(notice(EventType.LISTENER_DROPPED, lastTaken));
            }
            if (event != null) {
                lastTaken = event.id();
            }
            return Optional.ofNullable(event);
        }

        /** Whether nothing will come any more. */
        public boolean isOver() {
            return ended && !dropped && queue.isEmpty();
        }

        /** Listens no longer. */
        @Override
        public void close() {
            ended = true;
            remove(this);
        }
    }
}
