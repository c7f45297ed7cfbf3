package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.Signer;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What answers are signed with: a platform certificate (平台证书) or the platform public key (微信支付公钥), whichever the
 * request's {@code Wechatpay-Serial} names.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012154180">From certificate to public key</a>
 */
public final class PlatformKeys {
    private final List<X509Certificate> certificates;
    private final String publicKeyId;
    private final PublicKey publicKey;
    private final Signer certificateSigner;
    private final Signer publicKeySigner;

    /**
     * @param certificate the certificate in force
     * @param certificateKey its private key
     * @param publicKeyId {@code PUB_KEY_ID_…}
     */
    public PlatformKeys(
            X509Certificate certificate,
            PrivateKey certificateKey,
            String publicKeyId,
            PublicKey publicKey,
            PrivateKey publicKeyPrivate,
            Clock clock) {
        this.certificates = List.of(certificate);
        this.publicKeyId = publicKeyId;
        this.publicKey = publicKey;
        this.certificateSigner = new Signer(Certificates.serialNo(certificate), certificateKey, clock);
        this.publicKeySigner = new Signer(publicKeyId, publicKeyPrivate, clock);
    }

    /** The certificates in force. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** ID of the platform public key (微信支付公钥ID). */
    public String publicKeyId() {
        return publicKeyId;
    }

    /** The platform public key (微信支付公钥). */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The signer for an answer to a request with this {@code Wechatpay-Serial}; an empty one counts as none. */
    Signer signerFor(@Nullable String wechatpaySerial) {
        return publicKeyId.equals(wechatpaySerial) ? publicKeySigner : certificateSigner;
    }
}
