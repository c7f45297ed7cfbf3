package io.github.ebikecharge.client;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one. What one throws is logged, and keeps neither the others nor the call from going on. */
final class Listeners implements ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientListener.class);

    private final List<ClientListener> listeners;

    Listeners(List<ClientListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void started(ClientCall call) {
        tell(listener -> listener.started(call));
    }

    @Override
    public void exchanged(ClientCall call, Exchange exchange) {
        tell(listener -> listener.exchanged(call, exchange));
    }

    @Override
    public void repeating(ClientCall call, EbikeChargeException failure, Duration delay) {
        tell(listener -> listener.repeating(call, failure, delay));
    }

    @Override
    public void ended(ClientCall call, @Nullable Throwable failure) {
        tell(listener -> listener.ended(call, failure));
    }

    @Override
    public void platformCertificatesDownloaded(List<X509Certificate> certificates) {
        tell(listener -> listener.platformCertificatesDownloaded(certificates));
    }

    @Override
    public void platformCertificatesNotDownloaded(Throwable failure) {
        tell(listener -> listener.platformCertificatesNotDownloaded(failure));
    }

    private void tell(Consumer<ClientListener> event) {
        for (ClientListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{} failed", listener.getClass().getName(), e);
            }
        }
    }
}
