package io.github.ebikecharge.client.transport;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends one operation, signed, and returns its answer, verified. */
public interface Transport {
    /**
     * Sends and waits.
     *
     * @param operation name of the operation in the document
     * @param body value to send as JSON, or null for no body
     * @param type what a successful answer holds
     * @throws io.github.ebikecharge.client.EbikeChargeException if there is no trustworthy, successful answer
     */
    <T> T send(String operation, String method, Target target, @Nullable Object body, Class<T> type);

    /** As {@link #send}, without waiting; cancelling the future ends the call. */
    <T> CompletableFuture<T> sendAsync(
            String operation, String method, Target target, @Nullable Object body, Class<T> type);
}
