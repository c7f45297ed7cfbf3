package io.github.ebikecharge.api.wire;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates as PEM text, the form in which WeChat Pay hands them out: {@code apiclient_key.pem},
 * {@code apiclient_cert.pem}, {@code pub_key.pem}, {@code wechatpay_….pem}.
 */
public final class Pem {
    private Pem() {}

    /**
     * Reads a private key (商户API私钥): {@code BEGIN PRIVATE KEY}, or {@code BEGIN RSA PRIVATE KEY}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static PrivateKey readPrivateKey(String pem) {
        return read(pem, "a private key (-----BEGIN PRIVATE KEY-----)", object -> {
            if (object instanceof PEMKeyPair pair) {
                return privateKey(pair.getPrivateKeyInfo());
            }
            return object instanceof PrivateKeyInfo info ? privateKey(info) : null;
        });
    }

    /**
     * Reads a public key (微信支付公钥): {@code BEGIN PUBLIC KEY}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static PublicKey readPublicKey(String pem) {
        return read(
                pem,
                "a public key (-----BEGIN PUBLIC KEY-----)",
                object -> object instanceof SubjectPublicKeyInfo info
                        ? keys(info.getAlgorithm()).getPublicKey(info)
                        : null);
    }

    /**
     * Reads a certificate: {@code BEGIN CERTIFICATE}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static X509Certificate readCertificate(String pem) {
        return read(
                pem,
                "a certificate (-----BEGIN CERTIFICATE-----)",
                object -> object instanceof X509CertificateHolder holder
                        ? readable(certificates(holder).getCertificate(holder))
                        : null);
    }

    private static PrivateKey privateKey(PrivateKeyInfo info) throws IOException {
        return keys(info.getPrivateKeyAlgorithm()).getPrivateKey(info);
    }

    private static JcaPEMKeyConverter keys(AlgorithmIdentifier algorithm) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        return isSm2(algorithm) ? converter.setProvider(BouncyCastle.PROVIDER) : converter;
    }

    private static JcaX509CertificateConverter certificates(X509CertificateHolder holder) {
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        return isSm2(holder.getSubjectPublicKeyInfo().getAlgorithm())
                ? converter.setProvider(BouncyCastle.PROVIDER)
                : converter;
    }

    /** Bouncy Castle reads these when they are asked for, and throws then. */
    private static X509Certificate readable(X509Certificate certificate) {
        Objects.requireNonNull(certificate.getPublicKey());
        Objects.requireNonNull(certificate.getSubjectX500Principal());
        Objects.requireNonNull(certificate.getNotBefore());
        Objects.requireNonNull(certificate.getNotAfter());
        return certificate;
    }

    /** Whether the key is on the curve sm2p256v1, which the JDK does not know. */
    private static boolean isSm2(AlgorithmIdentifier algorithm) {
        return GMObjectIdentifiers.sm2p256v1.equals(algorithm.getParameters());
    }

    private interface Conversion<T> {
        @Nullable
        T apply(Object parsed) throws IOException, GeneralSecurityException;
    }

    private static <T> T read(String pem, String expected, Conversion<T> conversion) {
        Object parsed;
        T converted;
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            parsed = parser.readObject();
            converted = parsed == null ? null : conversion.apply(parsed);
        } catch (IOException | GeneralSecurityException | RuntimeException e) { // the last for bytes that are no ASN.1
            throw new IllegalArgumentException("Expected " + expected + ", found broken PEM: " + e.getMessage(), e);
        }
        if (converted == null) {
            throw new IllegalArgumentException(
                    "Expected " + expected + ", found " + (parsed == null ? "no PEM at all" : "PEM of another kind"));
        }
        return converted;
    }

    /** Writes a key: PKCS#8 as {@code BEGIN PRIVATE KEY}, SubjectPublicKeyInfo as {@code BEGIN PUBLIC KEY}. */
    public static String write(Key key) {
        return write(key instanceof PrivateKey ? "PRIVATE KEY" : "PUBLIC KEY", key.getEncoded());
    }

    /** Writes a certificate. */
    public static String write(X509Certificate certificate) {
        try {
            return write("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The certificate cannot be encoded", e);
        }
    }

    private static String write(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
