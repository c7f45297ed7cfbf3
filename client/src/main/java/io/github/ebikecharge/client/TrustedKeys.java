package io.github.ebikecharge.client;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.PlatformTrust.Download;
import io.github.ebikecharge.client.generated.CertificatesOperations;
import io.github.ebikecharge.client.transport.PlatformKeys;
import io.github.ebikecharge.client.transport.Transport;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a {@link PlatformTrust} as they are now: those it names, and the certificates downloaded last. One download
 * runs at a time; one that failed, or found nothing new, is not tried again at once.
 */
final class TrustedKeys implements PlatformKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedKeys.class);
    /** Between the downloads that something unforeseen asks for: an unknown serial, or a failure. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final PlatformTrust trust;
    private final String algorithmType;
    private final CertificatesOperations operations;
    private final ClientListener listener;
    private final Clock clock;
    private volatile List<X509Certificate> downloaded = List.of();
    private @Nullable CompletableFuture<Void> running;
    private Instant lastStart = Instant.MIN;
    private Instant nextStart = Instant.MIN;

    /**
     * @param algorithmType of the certificates to download: RSA or SM2
     * @param transport makes the transport that downloads them, from the keys that it may trust
     */
    TrustedKeys(
            PlatformTrust trust,
            String algorithmType,
            Function<PlatformKeys, Transport> transport,
            ClientListener listener,
            Clock clock) {
        this.trust = trust;
        this.algorithmType = algorithmType;
        this.operations = new CertificatesOperations(transport.apply(new KeysOfDownload()));
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public Optional<PublicKey> find(String serial, byte[] body) {
        return find(serial);
    }

    private Optional<PublicKey> find(String serial) {
        return trust.find(serial).or(() -> find(serial, downloaded));
    }

    private static Optional<PublicKey> find(String serial, List<X509Certificate> certificates) {
        return certificates.stream()
                .filter(certificate -> Certificates.serialNo(certificate).equals(serial))
                .map(X509Certificate::getPublicKey)
                .findFirst();
    }

    @Override
    public Optional<String> preferredSerial() {
        Optional<String> newest = trust.prefersDownloaded() ? newestDownloaded() : Optional.empty();
        return newest.or(trust::preferredSerial);
    }

    private Optional<String> newestDownloaded() {
        return downloaded.stream()
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .map(Certificates::serialNo);
    }

    @Override
    public synchronized CompletableFuture<Void> ready() {
        Download download = trust.download().orElse(null);
        if (download == null) {
            return READY;
        }
        boolean keysAtHand = preferredSerial().isPresent();
        if (running == null && (!keysAtHand || !clock.instant().isBefore(nextStart))) {
            start(download);
        }
        return keysAtHand || running == null ? READY : running;
    }

    @Override
    public synchronized Optional<CompletableFuture<Void>> lookFor(String serial) {
        if (find(serial).isPresent()) {
            return Optional.of(READY);
        }
        Download download = trust.download().orElse(null);
        if (running == null && download != null && !clock.instant().isBefore(lastStart.plus(PAUSE))) {
            start(download);
        }
        return Optional.ofNullable(running);
    }

    private void start(Download download) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        running = started;
        lastStart = clock.instant();
        nextStart = lastStart.plus(download.interval());
        Object unused = operations
                .listCertificatesAsync(algorithmType)
                .thenApply(list -> valid(open(list, download.envelope())))
                .whenComplete((certificates, failure) -> {
                    if (failure == null) {
                        succeeded(started, certificates);
                    } else {
                        failed(
                                started,
                                failure instanceof CompletionException e && e.getCause() != null
                                        ? e.getCause()
                                        : failure);
                    }
                });
    }

    private void succeeded(CompletableFuture<Void> started, List<X509Certificate> certificates) {
        synchronized (this) {
            downloaded = certificates;
            running = null;
        }
        started.complete(null);
        LOG.info(
                "Platform certificates in force: {}",
                certificates.stream().map(Certificates::serialNo).toList());
        listener.platformCertificatesDownloaded(certificates);
    }

    private void failed(CompletableFuture<Void> started, Throwable failure) {
        synchronized (this) {
            running = null;
            nextStart = lastStart.plus(PAUSE);
        }
        started.completeExceptionally(failure);
        LOG.warn("The platform certificates could not be downloaded: {}", failure.getMessage());
        listener.platformCertificatesNotDownloaded(failure);
    }

    private static List<X509Certificate> open(CertificateList list, CertificateEnvelope envelope) {
        return list.data().stream()
                .map(entry -> envelope.open(entry.encryptCertificate()))
                .toList();
    }

    private List<X509Certificate> valid(List<X509Certificate> certificates) {
        Instant now = clock.instant();
        List<X509Certificate> valid = certificates.stream()
                .filter(certificate -> !now.isBefore(certificate.getNotBefore().toInstant())
                        && !now.isAfter(certificate.getNotAfter().toInstant()))
                .toList();
        if (valid.isEmpty()) {
            throw new IllegalStateException(
                    "None of the platform certificates that were handed out is valid at " + now);
        }
        return valid;
    }

    /** A list of certificates may be signed by one that is in it: only WeChat Pay could encrypt that. */
    private final class KeysOfDownload implements PlatformKeys {
        @Override
        public Optional<PublicKey> find(String serial, byte[] body) {
            return TrustedKeys.this
                    .find(serial)
                    .or(() -> trust.download()
                            .flatMap(download -> TrustedKeys.find(serial, openUnverified(body, download.envelope()))));
        }

        private List<X509Certificate> openUnverified(byte[] body, CertificateEnvelope envelope) {
            try {
                return open(WireJson.read(body, CertificateList.class), envelope);
            } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
                return List.of();
            }
        }

        @Override
        public Optional<String> preferredSerial() {
            return TrustedKeys.this.preferredSerial();
        }

        @Override
        public CompletableFuture<Void> ready() {
            return READY;
        }

        @Override
        public Optional<CompletableFuture<Void>> lookFor(String serial) {
            return Optional.empty();
        }
    }
}
