package io.github.ebikecharge.mock.store;

import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.world.Batch;
import io.github.ebikecharge.mock.world.Snapshot;
import io.github.ebikecharge.mock.world.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Keeps everything in a file of a directory, for one mock at a time. What was kept is there after the end of the process,
 * however that came; it is handed to the operating system at once, and not forced to the disk.
 */
public final class FileStore implements Store {
    private static final String RUN = "file";
    private static final int CACHE_MEGABYTES = 2;
    /** Space of what was replaced is used again so soon: the file would grow by gigabytes under load. */
    private static final int RETENTION_MILLIS = 1_000;
    /** More than a snapshot has parts. */
    private static final long PARTS = 1_000_000;
    /** Batches that are removed at a time. */
    private static final int REMOVED = 500;
    /** Old nonces that are forgotten for each that is new. */
    private static final int FORGOTTEN = 2;
    /** Bits of the number of a nonce within its millisecond. */
    private static final int NUMBER_BITS = 20;

    private final Path file;
    private final MVStore engine;
    private final MVMap<Long, byte[]> batches;
    private final MVMap<Long, byte[]> parts;
    private final MVMap<Long, Long> bases;
    private final MVMap<String, Long> nonces;
    /** The nonces by the millisecond of their use, and a number within it. */
    private final MVMap<Long, String> uses;

    private final AtomicLong count = new AtomicLong();

    /**
     * Opens it, and makes it if it is not there.
     *
     * @throws IllegalArgumentException if it cannot be used, saying why
     */
    public FileStore(Path directory) {
        file = directory.resolve("ebike-charge-mock.state");
        try {
            Files.createDirectories(directory);
            engine = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
        } catch (IOException | MVStoreException e) {
            throw new IllegalArgumentException(
                    "Cannot keep the state in %s: %s. Another mock may use it; each needs a directory of its own"
                            .formatted(directory, e.getMessage()),
                    e);
        }
        engine.setRetentionTime(RETENTION_MILLIS);
        batches = engine.openMap("batches");
        parts = engine.openMap("parts");
        bases = engine.openMap("bases");
        nonces = engine.openMap("nonces");
        uses = engine.openMap("uses");
    }

    @Override
    public boolean append(Place place, Batch batch) {
        return using(() -> {
            if (end() != place.position()) {
                return false;
            }
            batches.put(place.position(), batch.toJson());
            engine.commit();
            return true;
        });
    }

    /** How many batches come before those that are kept one by one. */
    private long base() {
        return bases.getOrDefault(0L, 0L);
    }

    private long end() {
        Long last = batches.lastKey();
        return last == null ? base() : last + 1;
    }

    @Override
    public Since since(Place place) {
        return using(() -> {
            boolean anew = !place.run().equals(RUN);
            List<Batch> since = new ArrayList<>();
            for (var kept = batches.cursor(anew ? base() : place.position()); kept.hasNext(); ) {
                kept.next();
                since.add(Batch.ofJson(kept.getValue()));
            }
            return new Since(anew, anew ? snapshot() : List.of(), since, new Place(RUN, end()));
        });
    }

    private List<Snapshot> snapshot() {
        List<Snapshot> snapshot = new ArrayList<>();
        for (long key = base() * PARTS; parts.containsKey(key); key++) {
            snapshot.add(Snapshot.ofJson(parts.get(key)));
        }
        return snapshot;
    }

    /** Step by step, each small: whatever is kept at the end of the process, the state is the old one or the new. */
    @Override
    public void compact(Place place, List<Snapshot> snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            long key = place.position() * PARTS + i;
            byte[] json = snapshot.get(i).toJson();
            keeping(() -> parts.put(key, json));
        }
        keeping(() -> bases.put(0L, place.position()));
        removeBefore(parts, place.position() * PARTS);
        removeBefore(batches, place.position());
    }

    private void removeBefore(MVMap<Long, byte[]> map, long key) {
        for (Long first = map.firstKey(); first != null && first < key; first = map.firstKey()) {
            long from = first;
            keeping(() -> {
                for (long old = from; old < Math.min(from + REMOVED, key); old++) {
                    map.remove(old);
                }
            });
        }
    }

    private void keeping(Runnable change) {
        using(() -> {
            change.run();
            return engine.commit();
        });
    }

    @Override
    public boolean useNonce(String nonce, Instant now, Duration remembered) {
        return using(() -> {
            long oldest = now.minus(remembered).toEpochMilli();
            Long usedAt = nonces.get(nonce);
            if (usedAt != null && usedAt >= oldest) {
                return false;
            }
            for (int i = 0; i < FORGOTTEN; i++) {
                forgetOldest(oldest);
            }
            nonces.put(nonce, now.toEpochMilli());
            uses.put(nextUse(now.toEpochMilli()), nonce);
            engine.commit();
            return true;
        });
    }

    private long nextUse(long milli) {
        Long last = uses.lowerKey((milli + 1) << NUMBER_BITS);
        return last == null ? milli << NUMBER_BITS : Math.max(last + 1, milli << NUMBER_BITS);
    }

    /** Forgets the one that was used first, if it was before this time. */
    private void forgetOldest(long oldest) {
        Long first = uses.firstKey();
        if (first != null && first >> NUMBER_BITS < oldest) {
            nonces.remove(uses.remove(first), first >> NUMBER_BITS); // unless it was used again
        }
    }

    @Override
    public void forgetNonces() {
        using(() -> {
            nonces.clear();
            uses.clear();
            engine.commit();
            return true;
        });
    }

    @Override
    public long count(long more) {
        return count.addAndGet(more);
    }

    private synchronized <T> T using(Supplier<T> access) {
        try {
            return access.get();
        } catch (MVStoreException e) {
            throw new StoreUnavailableException(
                    "The state in %s cannot be kept: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public synchronized void close() {
        engine.close();
    }
}
