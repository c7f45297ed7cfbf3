package io.github.ebikecharge.conformance.kit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and a certificate of it, valid since yesterday, for which nobody vouches.
 *
 * @param key an RSA key of 2048 bits
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
    private static final Duration VALIDITY = Duration.ofDays(365);

    /** @param name the common name of its holder */
    static SelfSigned of(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            X500Name holder = new X500Name("CN=" + name);
            BigInteger serial = new BigInteger(157, new SecureRandom()).setBit(158); // of 20 bytes
            Instant begin = Instant.now().minus(Duration.ofDays(1));
            return new SelfSigned(
                    keys.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(new JcaX509v3CertificateBuilder(
                                            holder,
                                            serial,
                                            Date.from(begin),
                                            Date.from(begin.plus(VALIDITY)),
                                            holder,
                                            keys.getPublic())
                                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
