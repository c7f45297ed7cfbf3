package io.github.ebikecharge.client;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a client does. Called on the thread that does it, so be quick; what it throws is logged and changes nothing.
 */
public interface ClientListener {
    /** Shows every exchange to {@code viewer}, secrets included: for a developer's eyes. */
    static ClientListener ofExchanges(Consumer<Exchange> viewer) {
        return new ClientListener() {
            @Override
            public void exchanged(ClientCall call, Exchange exchange) {
                viewer.accept(exchange);
            }
        };
    }

    /** A call begins. */
    default void started(ClientCall call) {}

    /** An attempt was answered, which is not verified yet. The exchange holds secrets: for a developer's eyes. */
    default void exchanged(ClientCall call, Exchange exchange) {}

    /**
     * An attempt failed, and the call goes on.
     *
     * @param delay how long it waits before the next attempt
     */
    default void repeating(ClientCall call, EbikeChargeException failure, Duration delay) {}

    /**
     * A call is over.
     *
     * @param failure what the caller sees: an {@link EbikeChargeException}, or a {@link java.util.concurrent.CancellationException};
     *     null if the call succeeded
     */
    default void ended(ClientCall call, @Nullable Throwable failure) {}

    /** The platform certificates (平台证书) were downloaded; answers are believed that are signed by one of these. */
    default void platformCertificatesDownloaded(List<X509Certificate> certificates) {}

    /** The platform certificates could not be downloaded; those that were there stay. */
    default void platformCertificatesNotDownloaded(Throwable failure) {}
}
