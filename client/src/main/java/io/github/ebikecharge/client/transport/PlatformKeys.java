package io.github.ebikecharge.client.transport;

import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The keys that answers are verified with. They may change while calls are under way. */
public interface PlatformKeys {
    /**
     * Finds a trusted key.
     *
     * @param serial certificate serial or public key ID, as an answer names it
     * @param body body of that answer: a list of certificates may be signed by one that is in it
     */
    Optional<PublicKey> find(String serial, byte[] body);

    /** What names the key that shall sign the next answer; empty before any is known. */
    Optional<String> preferredSerial();

    /** Done as soon as there are keys to verify an answer with; fails if they cannot be had. */
    CompletableFuture<Void> ready();

    /** Looks for a key that is not known; empty if there is nowhere to look, or that was done a moment ago. */
    Optional<CompletableFuture<Void>> lookFor(String serial);
}
