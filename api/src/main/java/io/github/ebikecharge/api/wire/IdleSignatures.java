package io.github.ebikecharge.api.wire;

import java.security.Key;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Signatures that are set up for a key, and wait for its next message: setting one up costs, for signing with SM2 three times as
 * much as signing, as the public point is computed anew. Thread-safe.
 */
final class IdleSignatures {
    /** How many may wait for one key: as many as threads may compute at a time on most machines. */
    private static final int MOST = 16;

    private static final IdentityCache<Key, Queue<Signature>> IDLE =
            new IdentityCache<>(key -> new ArrayBlockingQueue<>(MOST));

    private IdleSignatures() {}

    /** One for this key; null if none waits. */
    static @Nullable Signature take(Key key) {
        Queue<Signature> idle = IDLE.find(key);
        return idle == null ? null : idle.poll();
    }

    /** Keeps one that is set up for this key; it has done what it had to, and remembers none of it. */
    static void keep(Key key, Signature signature) {
        boolean unused = IDLE.get(key).offer(signature);
    }
}
