package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What answers are signed with: a platform certificate (平台证书) or the platform public key (微信支付公钥), whichever the
 * request's {@code Wechatpay-Serial} names; during a rotation, now the old certificate and now the new one.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012154180">From certificate to public key</a>
 */
public final class PlatformKeys {
    private final Certified current;
    private final Certified next;
    private final Supplier<Certified> sm2;
    private final String publicKeyId;
    private final PublicKey publicKey;
    private final PrivateKey publicKeyPrivate;
    private final Supplier<PlatformKeySettings> settings;
    private final Clock clock;
    private final AtomicLong shifted = new AtomicLong();

    /** A certificate and its private key. */
    public record Certified(X509Certificate certificate, PrivateKey key) {
        String serial() {
            return Certificates.serialNo(certificate);
        }
    }

    /** A private key, and what names it in {@code Wechatpay-Serial}. */
    record SigningKey(String serial, PrivateKey key) {}

    /**
     * @param current the certificate in force
     * @param next the one that a rotation leads to
     * @param sm2 the one with an SM2 key (国密), which is not looked at before it is needed
     * @param publicKeyId {@code PUB_KEY_ID_…}
     * @param settings asked for anew at each answer
     */
    public PlatformKeys(
            Certified current,
            Certified next,
            Supplier<Certified> sm2,
            String publicKeyId,
            PublicKey publicKey,
            PrivateKey publicKeyPrivate,
            Supplier<PlatformKeySettings> settings,
            Clock clock) {
        this.current = current;
        this.next = next;
        this.sm2 = sm2;
        this.publicKeyId = publicKeyId;
        this.publicKey = publicKey;
        this.publicKeyPrivate = publicKeyPrivate;
        this.settings = settings;
        this.clock = clock;
    }

    /** Shares out the answers from the first one on. */
    void reset() {
        shifted.set(0);
    }

    /** The certificates that are handed out now; none if the merchant has only the public key. */
    public List<X509Certificate> certificates() {
        if (!settings.get().certificatesAvailable()) {
            return List.of();
        }
        return switch (rotation().stage()) {
            case NOT_STARTED -> List.of(current.certificate());
            case HANDED_OUT, SHIFTING -> List.of(current.certificate(), next.certificate());
            case RETIRED -> List.of(next.certificate());
        };
    }

    /** The certificate with an SM2 key (国密); none if the merchant has only the public key. */
    List<X509Certificate> sm2Certificates() {
        return settings.get().certificatesAvailable() ? List.of(sm2.get().certificate()) : List.of();
    }

    /** ID of the platform public key (微信支付公钥ID). */
    public String publicKeyId() {
        return publicKeyId;
    }

    /** The platform public key (微信支付公钥). */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * What signs the answer to a request that was signed with this scheme.
     *
     * @param wechatpaySerial value of {@code Wechatpay-Serial}; an empty one counts as none
     */
    SigningKey signingKey(SignatureScheme scheme, @Nullable String wechatpaySerial) {
        if (scheme == SignatureScheme.SM2_WITH_SM3) {
            return new SigningKey(sm2.get().serial(), sm2.get().key());
        }
        if (publicKeyId.equals(wechatpaySerial) || !settings.get().certificatesAvailable()) {
            return new SigningKey(publicKeyId, publicKeyPrivate);
        }
        double share = rotation().newShare();
        long answer = shifted.getAndIncrement();
        // as evenly as whole answers can be
        boolean shift = Math.floor((answer + 1) * share) > Math.floor(answer * share);
        Certified chosen = shift ? next : current;
        return new SigningKey(chosen.serial(), chosen.key());
    }

    /** Signs a callback, as an answer to somebody who named no key is signed. */
    public ResponseSignature signCallback(byte[] body) {
        SigningKey signingKey = signingKey(SignatureScheme.SHA256_RSA2048, null);
        return new Signer(signingKey.serial(), signingKey.key(), clock).signResponse(body);
    }

    /** The serial of a key that is not this one. */
    String otherSerial(SigningKey signingKey) {
        return signingKey.serial().equals(publicKeyId) ? current.serial() : publicKeyId;
    }

    private RotationState rotation() {
        return RotationState.of(settings.get().rotation(), clock.instant());
    }
}
