package io.github.ebikecharge.mock.contract;

import java.time.Duration;
import java.time.Instant;

/** Remembers which nonces were used. */
public interface Nonces {
    /**
     * Whether this one is used for the first time; of several who ask at once, one is told so.
     *
     * @param remembered for how long it is known again
     * @throws StoreUnavailableException if that cannot be told
     */
    boolean use(String nonce, Instant now, Duration remembered);

    /** Remembers none any more. */
    void forget();
}
