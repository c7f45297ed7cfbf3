package io.github.ebikecharge.mock.world;

import java.time.Duration;
import java.time.Instant;

/** The nonces of the last minutes; where they are too many, the newest of them. Thread-safe. */
final class UsedNonces {
    private static final int MOST = 50_000;
    private static final long HEAVIEST = 4_000_000;

    private final Remembered<Use> uses = new Remembered<>(Use::nonce, use -> use.nonce.length(), MOST, HEAVIEST);

    private record Use(String nonce, long epochMilli) {}

    /** Remembers none any more. */
    synchronized void clear() {
        uses.clear();
    }

    /** Whether this one is new; forgets those that are older than is asked for. */
    synchronized boolean use(String nonce, Instant now, Duration remembered) {
        long oldest = now.minus(remembered).toEpochMilli();
        uses.forgetWhile(use -> use.epochMilli < oldest);
        if (uses.get(nonce).filter(use -> use.epochMilli >= oldest).isPresent()) {
            return false;
        }
        uses.put(new Use(nonce, now.toEpochMilli()));
        return true;
    }
}
