package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.world.Store.Place;
import io.github.ebikecharge.mock.world.Store.Since;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door through which the world changes. A change is thought out over the world as it is, kept in the store, and only
 * then happens and is told; where another mock was first, it is thought out anew over what that one made of the world.
 * Thread-safe.
 */
public final class Changes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    /** How often it looks what others made of a shared world, and whether a store that was away is back. */
    private static final long PAUSE_MILLIS = 200;
    /** How long {@link #close} waits for a store that does not answer. */
    private static final long FAREWELL_MILLIS = 2_000;
    /** Batches that a store keeps before a snapshot takes their place. */
    private static final int BATCHES = 10_000;

    private final WorldState state = new WorldState();
    private final StoreAccess store;
    private final EventLog events;
    private final int most;
    private final String self = UUID.randomUUID().toString();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledExecutorService watch;
    private Consumer<Change> beginning = change -> {};
    private Place place = Place.UNKNOWN;
    private int batches;
    private boolean begun;

    /** Hears of what has happened, while nothing else can. */
    public interface Listener {
        /**
         * Something has happened.
         *
         * @param here whether this mock made it happen
         */
        void happened(Event event, boolean here);

        /** The world was read from the store, in place of the one that was known. */
        void restored();
    }

    /** @param events are told of every change */
    public Changes(StoreAccess store, EventLog events) {
        this(store, events, BATCHES);
    }

    /** @param most batches before a snapshot takes their place */
    Changes(StoreAccess store, EventLog events, int most) {
        this.store = store;
        this.events = events;
        this.most = most;
    }

    /** All that the world remembers; its monitor keeps it from changing. */
    WorldState state() {
        return state;
    }

    /** The configuration that was set last in the world that is shared; empty if none was. */
    public Optional<MockConfiguration> settings() {
        synchronized (state) {
            return state.settings();
        }
    }

    /** Tells this one, too. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Reads what the store holds, and goes on from there; later, if the store is not there yet.
     *
     * @param first what happens in a world in which nothing has
     */
    public void begin(Consumer<Change> first) {
        beginning = first;
        look();
    }

    /** Looks again and again from now on what others have made of the world, and whether a store that was away is back. */
    public void watch() {
        if (store.isElsewhere()) {
            watch = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "mock-store");
                thread.setDaemon(true);
                return thread;
            });
            var unused =
                    watch.scheduleWithFixedDelay(this::lookAfter, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Makes a change.
     *
     * @param change says what shall happen, over the world as it is; may be asked more than once
     * @return what it returned
     * @throws StoreUnavailableException if it cannot be kept; it may have been kept all the same
     */
    public <T> T make(Function<Change, T> change) {
        store.refuseIfAway();
        synchronized (state) {
            store.refuseIfAway();
            while (true) {
                Change made = new Change(events.now());
                T result = change.apply(made);
                if (made.events().isEmpty()) {
                    return result;
                }
                Batch batch = new Batch(self, made.events());
                if (store.append(place, batch)) {
                    happen(batch, made.at());
                    place = place.next();
                    return result;
                }
                catchUp(store.since(place));
            }
        }
    }

    /** As {@link #make}, for who only looks: what cannot be kept now is seen all the same. */
    <T> T see(Function<Change, T> look) {
        try {
            return make(look);
        } catch (StoreUnavailableException e) {
            synchronized (state) {
                return look.apply(new Change(events.now()));
            }
        }
    }

    /** Looks what others have made of a shared world, so that whoever asks next sees it. */
    public void refresh() {
        if (store.isShared() && !store.isAway()) {
            look();
        }
    }

    /** Whether other mocks may change this world, too. */
    public boolean shared() {
        return store.isShared();
    }

    private void lookAfter() {
        try {
            if (look()) {
                store.tellCount();
                compact();
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("Still away", e);
        } catch (RuntimeException e) {
            LOG.error("The store could not be watched", e); // an exception would end the watch
        }
    }

    /** Whether the store could be reached; asks it outside the monitor, which others need meanwhile. */
    private boolean look() {
        try {
            while (true) {
                Place from = place();
                Since since = store.since(from);
                synchronized (state) {
                    if (from.is(place)) {
                        catchUp(since);
                    }
                }
                if (since.batches().isEmpty()) {
                    break;
                }
            }
            store.isBack();
            begin();
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private void begin() {
        synchronized (state) {
            if (!begun) {
                begun = true;
                listeners.forEach(Listener::restored);
            }
            make(change -> {
                if (place.position() == 0) {
                    beginning.accept(change);
                }
                return true;
            });
        }
    }

    private Place place() {
        synchronized (state) {
            return place;
        }
    }

    private void catchUp(Since since) {
        if (since.anew()) {
            state.restore(since.snapshot());
            batches = 0;
        }
        since.batches().forEach(batch -> happen(batch, events.now()));
        place = since.end();
        if (since.anew() && begun) {
            listeners.forEach(Listener::restored);
        }
    }

    private void happen(Batch batch, OffsetDateTime at) {
        batches++;
        if (!begun) {
            batch.changes().forEach(change -> state.apply(change.build()));
            return;
        }
        List<Event> happened = new ArrayList<>(batch.changes().size());
        for (Event.Builder change : batch.changes()) {
            Event event = events.publish(change, at);
            state.apply(event);
            happened.add(event);
        }
        boolean here = batch.by().equals(self);
        listeners.forEach(listener -> happened.forEach(event -> listener.happened(event, here)));
    }

    /** Puts a snapshot in place of the batches, if there are too many. */
    void compact() {
        Place end;
        List<Snapshot> snapshot;
        int replaced;
        synchronized (state) {
            if (batches < most) {
                return;
            }
            replaced = batches;
            end = place;
            snapshot = state.snapshot();
        }
        store.compact(end, snapshot);
        synchronized (state) {
            batches -= replaced;
        }
    }

    /** Makes no change any more, and closes the store. */
    @Override
    public void close() {
        if (watch != null) {
            watch.shutdown();
            try {
                var unused = watch.awaitTermination(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        store.close();
    }
}
