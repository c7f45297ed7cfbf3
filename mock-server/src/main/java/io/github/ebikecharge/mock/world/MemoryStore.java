package io.github.ebikecharge.mock.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps nothing beyond the mock's own life. */
public final class MemoryStore implements Store {
    private final UsedNonces nonces = new UsedNonces();
    private final AtomicLong count = new AtomicLong();

    @Override
    public boolean append(Place place, Batch batch) {
        return true;
    }

    @Override
    public Since since(Place place) {
        return Since.nothing(place);
    }

    @Override
    public void compact(Place place, List<Snapshot> snapshot) {
        // the world itself is all there is
    }

    @Override
    public boolean useNonce(String nonce, Instant now, Duration remembered) {
        return nonces.use(nonce, now, remembered);
    }

    @Override
    public void forgetNonces() {
        nonces.clear();
    }

    @Override
    public long count(long more) {
        return count.addAndGet(more);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
