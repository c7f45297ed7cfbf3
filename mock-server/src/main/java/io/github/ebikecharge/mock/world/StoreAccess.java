package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.contract.Nonces;
import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.world.Store.Place;
import io.github.ebikecharge.mock.world.Store.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a store that may be away: once it is, callers are refused at once, until {@link Changes} has seen it again.
 * Thread-safe.
 */
public final class StoreAccess implements Nonces, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

    private final Store store;
    private final LongAdder uncounted = new LongAdder();
    private volatile long counted;
    private volatile @Nullable StoreUnavailableException away;

    /** Closes the store, when it is closed itself. */
    public StoreAccess(Store store) {
        this.store = store;
    }

    boolean append(Place place, Batch batch) {
        return reach(() -> store.append(place, batch));
    }

    /** Asks a store that is away, too. */
    Since since(Place place) {
        return reach(() -> store.since(place));
    }

    void compact(Place place, List<Snapshot> snapshot) {
        reach(() -> {
            store.compact(place, snapshot);
            return true;
        });
    }

    @Override
    public boolean use(String nonce, Instant now, Duration remembered) {
        refuseIfAway();
        return reach(() -> store.useNonce(nonce, now, remembered));
    }

    @Override
    public void forget() {
        refuseIfAway();
        reach(() -> {
            store.forgetNonces();
            return true;
        });
    }

    /** Counts a request that was answered. */
    public void countRequest() {
        uncounted.increment();
    }

    /** How many requests were answered, here and wherever else the store is used; as far as is known. */
    public long requests() {
        if (!isAway()) {
            try {
                tellCount();
            } catch (StoreUnavailableException e) {
                LOG.debug("The count is old", e);
            }
        }
        return counted + uncounted.sum();
    }

    /** Tells the store of requests that it does not know of. */
    synchronized void tellCount() {
        long more = uncounted.sumThenReset();
        try {
            counted = reach(() -> store.count(more));
        } catch (StoreUnavailableException e) {
            uncounted.add(more);
            throw e;
        }
    }

    /** Why nothing can be kept at this moment; empty if it can. */
    public Optional<String> outage() {
        StoreUnavailableException reason = away;
        return Optional.ofNullable(reason).map(Throwable::getMessage);
    }

    boolean isAway() {
        return away != null;
    }

    /** It was seen again. */
    void isBack() {
        if (away != null) {
            LOG.info("The store is back");
            away = null;
        }
    }

    /** Whether others may keep something there, too. */
    boolean isShared() {
        return store.shared();
    }

    /** Whether it is more than the mock's own memory: it may be away, and whoever reaches for it may wait. */
    public boolean isElsewhere() {
        return !(store instanceof MemoryStore);
    }

    void refuseIfAway() {
        StoreUnavailableException reason = away;
        if (reason != null) {
            throw new StoreUnavailableException(String.valueOf(reason.getMessage()), reason);
        }
    }

    private <T> T reach(Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreUnavailableException e) {
            if (away == null) {
                LOG.warn("{}", e.getMessage());
            }
            away = e;
            throw e;
        }
    }

    /** Keeps the count first. */
    @Override
    public void close() {
        var unused = requests();
        store.close();
    }
}
