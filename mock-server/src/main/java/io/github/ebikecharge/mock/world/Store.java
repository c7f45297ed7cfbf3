package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Where a mock keeps what must outlive it, or what it shares: the changes of its world in an order that all who share it
 * agree on, the nonces that were used, and how many requests were answered. Thread-safe. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface Store extends AutoCloseable {
    /**
     * A place between two batches.
     *
     * @param run of the store: it changes where the store has lost what it held
     * @param position how many batches come before
     */
    record Place(String run, long position) {
        /** Before everything, in a store that is not known yet. */
        public static final Place UNKNOWN = new Place("", 0);

        /** After the next batch. */
        public Place next() {
            return new Place(run, position + 1);
        }

        /** Whether it is the other one. A record's own {@code equals} is put together at run time, in the way of a start. */
        public boolean is(Place other) {
            return position == other.position && run.equals(other.run);
        }
    }

    /**
     * What was kept since a place; perhaps not all of it, but something if there is anything.
     *
     * @param anew whether the asker has to forget all it knows first
     * @param snapshot what came before the batches, in parts; none if nothing did, or the asker knows it
     * @param end the place after the batches
     */
    record Since(boolean anew, List<Snapshot> snapshot, List<Batch> batches, Place end) {
        /** Nothing was. */
        public static Since nothing(Place place) {
            return new Since(false, List.of(), List.of(), place);
        }
    }

    /** Keeps a batch, unless another was kept since this place. */
    boolean append(Place place, Batch batch);

    /** What was kept since this place. */
    Since since(Place place);

    /** Keeps a snapshot, given in parts, in place of all batches before this place. */
    void compact(Place place, List<Snapshot> snapshot);

    /** Whether a nonce is used for the first time in this while; of several who ask at once, one is told so. */
    boolean useNonce(String nonce, Instant now, Duration remembered);

    /** Forgets which nonces were used. */
    void forgetNonces();

    /**
     * Counts answered requests.
     *
     * @return how many that makes
     */
    long count(long more);

    /** Whether others may keep something here, too. */
    default boolean shared() {
        return false;
    }

    @Override
    void close();
}
