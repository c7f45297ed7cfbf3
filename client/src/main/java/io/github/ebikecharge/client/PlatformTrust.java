package io.github.ebikecharge.client;

import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.SignatureScheme;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which keys answers may be signed with. Immutable.
 *
 * <pre>{@code
 * PlatformTrust.publicKey("PUB_KEY_ID_0112300001092026112400000000000001", Pem.readPublicKey(pem))
 * PlatformTrust.certificates(List.of(Pem.readCertificate(pem)))
 * PlatformTrust.downloadedCertificates(apiV3Key)  // fetched, and kept fresh, by the client
 * publicKey.and(certificates)                     // both, while a merchant moves from one to the other
 * }</pre>
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012153196">Platform public key (微信支付公钥)</a>
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012068829">Platform certificates (平台证书)</a>
 */
public final class PlatformTrust {
    private static final Pattern ID = Pattern.compile("[!-~]+");
    private static final Duration DOWNLOADED_EVERY = Duration.ofHours(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(12);

    private final @Nullable String preferredSerial;
    private final Map<String, PublicKey> keysBySerial;
    private final @Nullable Download download;
    private final boolean prefersDownloaded;

    /** How certificates are fetched. */
    record Download(CertificateEnvelope envelope, Duration interval) {}

    private PlatformTrust(
            @Nullable String preferredSerial,
            Map<String, PublicKey> keysBySerial,
            @Nullable Download download,
            boolean prefersDownloaded) {
        this.prefersDownloaded = prefersDownloaded;
        this.preferredSerial = preferredSerial;
        this.keysBySerial = Map.copyOf(keysBySerial);
        this.download = download;
        keysBySerial.values().forEach(SignatureScheme::ofKey);
    }

    /**
     * Trusts the platform public key (微信支付公钥) of a merchant.
     *
     * @param publicKeyId its ID, {@code PUB_KEY_ID_…} (微信支付公钥ID)
     * @throws IllegalArgumentException if the ID cannot stand in a header, or no signature scheme takes such a key
     */
    public static PlatformTrust publicKey(String publicKeyId, PublicKey key) {
        if (!ID.matcher(publicKeyId).matches()) {
            throw new IllegalArgumentException(
                    "A platform public key ID looks like PUB_KEY_ID_0112300001092026112400000000000001;"
                            + " this one is empty, or has white space or other characters in it: \"" + publicKeyId
                            + '"');
        }
        return new PlatformTrust(publicKeyId, Map.of(publicKeyId, key), null, false);
    }

    /**
     * Trusts platform certificates (平台证书).
     *
     * @throws IllegalArgumentException if there is none, or no signature scheme takes the key of one
     */
    public static PlatformTrust certificates(List<X509Certificate> certificates) {
        X509Certificate newest = certificates.stream()
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .orElseThrow(() -> new IllegalArgumentException("At least one platform certificate is needed"));
        Map<String, PublicKey> keys = new HashMap<>();
        certificates.forEach(certificate -> keys.put(Certificates.serialNo(certificate), certificate.getPublicKey()));
        return new PlatformTrust(Certificates.serialNo(newest), keys, null, false);
    }

    /**
     * Trusts the platform certificates that {@code GET /v3/certificates} hands out, fetched before the first call, every
     * hour while there are calls, and when an answer names one that is not known. What makes them trusted is that they
     * are encrypted with the APIv3 key, and that one of them, or a key known before, signed the list.
     *
     * <p>Merchants with a platform public key have none (404): calls fail before they are sent, unless another trust is
     * {@linkplain #and there}.
     *
     * @param apiV3Key the merchant's APIv3 key (APIv3密钥), 32 ASCII characters
     * @throws IllegalArgumentException if it has another length
     */
    public static PlatformTrust downloadedCertificates(String apiV3Key) {
        return new PlatformTrust(
                null, Map.of(), new Download(new CertificateEnvelope(apiV3Key), DOWNLOADED_EVERY), true);
    }

    /**
     * The same, with the certificates fetched at another interval than an hour.
     *
     * @throws IllegalArgumentException if it is not positive, or longer than twelve hours (WeChat Pay's limit)
     * @throws IllegalStateException if certificates are not downloaded
     */
    public PlatformTrust downloadedEvery(Duration interval) {
        if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "Certificates are downloaded every 12 hours or more often, not " + interval);
        }
        if (download == null) {
            throw new IllegalStateException("This trust downloads no certificates");
        }
        return new PlatformTrust(
                preferredSerial, keysBySerial, new Download(download.envelope(), interval), prefersDownloaded);
    }

    /**
     * Trusts the keys of both; answers are asked for under this one's, or, as long as this one's are not downloaded yet,
     * the other one's.
     */
    public PlatformTrust and(PlatformTrust other) {
        Map<String, PublicKey> keys = new HashMap<>(other.keysBySerial);
        keys.putAll(keysBySerial);
        return new PlatformTrust(
                preferredSerial == null ? other.preferredSerial : preferredSerial,
                keys,
                download == null ? other.download : download,
                prefersDownloaded);
    }

    /** Whether answers are asked for under the newest downloaded certificate, once there is one. */
    boolean prefersDownloaded() {
        return prefersDownloaded;
    }

    /** What requests send as {@code Wechatpay-Serial} otherwise; empty if only downloaded certificates are trusted. */
    Optional<String> preferredSerial() {
        return Optional.ofNullable(preferredSerial);
    }

    Optional<PublicKey> find(String serial) {
        return Optional.ofNullable(keysBySerial.get(serial));
    }

    Optional<Download> download() {
        return Optional.ofNullable(download);
    }

    /** The names of the keys, the preferred one first, and whether certificates are downloaded. */
    @Override
    public String toString() {
        return "PlatformTrust[preferred=%s, all=%s, downloaded=%s]"
                .formatted(
                        preferredSerial,
                        new TreeSet<>(keysBySerial.keySet()),
                        download == null ? "never" : "every " + download.interval());
    }
}
