package io.github.ebikecharge.client;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Real keys of both sides, made once. */
final class Keys {
    static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0112300001092026112400000000000001";
    static final KeyPair PLATFORM = generate("RSA");
    static final KeyPair OTHER = generate("RSA");
    static final KeyPair MERCHANT_KEYS = generate("RSA");
    static final MerchantCredentials MERCHANT = new MerchantCredentials(
            "1230000109", "5E3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C5", MERCHANT_KEYS.getPrivate());

    private Keys() {}

    static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A platform certificate of these keys, valid for five years. */
    static X509Certificate certificate(String serial, KeyPair keys, Instant notBefore) {
        var name = new X500Principal("CN=Tenpay.com sign");
        try {
            var signer = new JcaContentSignerBuilder(
                            keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
                    .build(keys.getPrivate());
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(serial, 16),
                                    Date.from(notBefore),
                                    Date.from(notBefore.plusSeconds(5 * 365 * 86_400L)),
                                    name,
                                    keys.getPublic())
                            .build(signer));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
