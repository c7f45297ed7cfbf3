package io.github.ebikecharge.mock.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The nonces of the last minutes. */
final class UsedNonces {
    private final Duration remembered;
    private final Map<String, Instant> usedAt = new LinkedHashMap<>();

    UsedNonces(Duration remembered) {
        this.remembered = remembered;
    }

    /** Remembers none any more. */
    synchronized void clear() {
        usedAt.clear();
    }

    /** Whether this one is new. */
    synchronized boolean add(String nonce, Instant now) {
        Iterator<Instant> oldest = usedAt.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(now.minus(remembered))) {
            oldest.remove();
        }
        return usedAt.putIfAbsent(nonce, now) == null;
    }
}
