package io.github.ebikecharge.mock.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The nonces of the last minutes. */
final class UsedNonces {
    private final Map<String, Instant> usedAt = new LinkedHashMap<>();

    /** Remembers none any more. */
    synchronized void clear() {
        usedAt.clear();
    }

    /** Whether this one is new; forgets those that are older than is asked for. */
    synchronized boolean use(String nonce, Instant now, Duration remembered) {
        Iterator<Instant> oldest = usedAt.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(now.minus(remembered))) {
            oldest.remove();
        }
        return usedAt.putIfAbsent(nonce, now) == null;
    }
}
