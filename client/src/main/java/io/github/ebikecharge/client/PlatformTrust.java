package io.github.ebikecharge.client;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.SignatureScheme;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which keys answers may be signed with. Immutable.
 *
 * <pre>{@code
 * PlatformTrust.publicKey("PUB_KEY_ID_0112300001092026112400000000000001", Pem.readPublicKey(pem))
 * PlatformTrust.certificates(List.of(Pem.readCertificate(pem)))
 * publicKey.and(certificates)                     // both, while a merchant moves from one to the other
 * }</pre>
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012153196">Platform public key (微信支付公钥)</a>
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012068829">Platform certificates (平台证书)</a>
 */
public final class PlatformTrust {
    private static final Pattern ID = Pattern.compile("[!-~]+");

    private final String preferredSerial;
    private final Map<String, PublicKey> keysBySerial;

    private PlatformTrust(String preferredSerial, Map<String, PublicKey> keysBySerial) {
        this.preferredSerial = preferredSerial;
        this.keysBySerial = Map.copyOf(keysBySerial);
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
        return new PlatformTrust(publicKeyId, Map.of(publicKeyId, key));
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
        return new PlatformTrust(Certificates.serialNo(newest), keys);
    }

    /** Trusts the keys of both; answers are asked for under this one's. */
    public PlatformTrust and(PlatformTrust other) {
        Map<String, PublicKey> keys = new HashMap<>(other.keysBySerial);
        keys.putAll(keysBySerial);
        return new PlatformTrust(preferredSerial, keys);
    }

    /** What requests send as {@code Wechatpay-Serial}: the key that shall sign the answer. */
    String preferredSerial() {
        return preferredSerial;
    }

    Optional<PublicKey> find(String serial) {
        return Optional.ofNullable(keysBySerial.get(serial));
    }

    /** The names of the keys, the preferred one first. */
    @Override
    public String toString() {
        return "PlatformTrust[preferred=%s, all=%s]".formatted(preferredSerial, new TreeSet<>(keysBySerial.keySet()));
    }
}
