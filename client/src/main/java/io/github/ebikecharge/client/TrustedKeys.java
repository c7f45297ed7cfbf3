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
    /** Between the downloads that something unforeseen asks for: an unknown serial, or no key at all. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Before a refresh that failed is tried again. */
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private static final int NOT_FOUND = 404;

    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final PlatformTrust trust;
    private final String algorithmType;
    private final CertificatesOperations operations;
    private final ClientListener listener;
    private final Clock clock;
    private volatile List<X509Certificate> downloaded = List.of();
    private @Nullable CompletableFuture<Void> running;
    private CompletableFuture<Void> last = READY;
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
        return trust.find(serial).or(() -> find(serial, validNow(downloaded)));
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
        return validNow(downloaded).stream()
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .map(Certificates::serialNo);
    }

    @Override
    public synchronized CompletableFuture<Void> ready() {
        Download settings = trust.download().orElse(null);
        if (settings == null) {
            return READY;
        }
        boolean keysAtHand = preferredSerial().isPresent();
        CompletableFuture<Void> download = running;
        if (download == null && !clock.instant().isBefore(nextStart)) {
            download = start(settings);
        }
        return keysAtHand ? READY : download == null ? last : download;
    }

    @Override
    public synchronized Optional<CompletableFuture<Void>> lookFor(String serial) {
        if (find(serial).isPresent()) {
            return Optional.of(READY);
        }
        Download settings = trust.download().orElse(null);
        CompletableFuture<Void> download = running;
        if (download == null && settings != null && !clock.instant().isBefore(lastStart.plus(PAUSE))) {
            download = start(settings);
        }
        return Optional.ofNullable(download);
    }

    private CompletableFuture<Void> start(Download download) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        running = started;
        lastStart = clock.instant();
        nextStart = lastStart.plus(download.interval());
        try {
            Object unused = operations
                    .listCertificatesAsync(algorithmType)
                    .thenApply(list -> valid(open(list, download.envelope())))
                    .whenComplete((certificates, failure) -> {
                        if (failure == null) {
                            succeeded(started, certificates);
                        } else {
                            failed(started, failure, download);
                        }
                    });
        } catch (RuntimeException | Error e) {
            failed(started, e, download);
            throw e;
        }
        return started;
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

    private void failed(CompletableFuture<Void> started, Throwable thrown, Download download) {
        Throwable failure = thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
        synchronized (this) {
            running = null;
            last = started;
            nextStart = lastStart.plus(pause(failure, download));
        }
        started.completeExceptionally(failure);
        LOG.warn("The platform certificates could not be downloaded: {}", failure.getMessage());
        listener.platformCertificatesNotDownloaded(failure);
    }

    private Duration pause(Throwable failure, Download download) {
        if (preferredSerial().isEmpty()) {
            return PAUSE;
        }
        boolean hasNone = failure instanceof ServiceException refusal && refusal.httpStatus() == NOT_FOUND;
        return hasNone ? download.interval() : LONG_PAUSE;
    }

    private static List<X509Certificate> open(CertificateList list, CertificateEnvelope envelope) {
        return list.data().stream()
                .map(entry -> envelope.open(entry.encryptCertificate()))
                .toList();
    }

    private List<X509Certificate> valid(List<X509Certificate> certificates) {
        List<X509Certificate> valid = validNow(certificates);
        if (valid.isEmpty()) {
            throw new IllegalStateException(
                    "None of the platform certificates that were handed out is valid at " + clock.instant());
        }
        return valid;
    }

    private List<X509Certificate> validNow(List<X509Certificate> certificates) {
        Instant now = clock.instant();
        return certificates.stream()
                .filter(certificate -> !now.isBefore(certificate.getNotBefore().toInstant())
                        && !now.isAfter(certificate.getNotAfter().toInstant()))
                .toList();
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
