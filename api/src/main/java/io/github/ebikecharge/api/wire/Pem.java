package io.github.ebikecharge.api.wire;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
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
                return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
            }
            return object instanceof PrivateKeyInfo info ? new JcaPEMKeyConverter().getPrivateKey(info) : null;
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
                        ? new JcaPEMKeyConverter().getPublicKey(info)
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
                        ? new JcaX509CertificateConverter().getCertificate(holder)
                        : null);
    }

    private interface Conversion<T> {
        @Nullable
        T apply(Object parsed) throws IOException, GeneralSecurityException;
    }

    private static <T> T read(String pem, String expected, Conversion<T> conversion) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object parsed = parser.readObject();
            T converted = parsed == null ? null : conversion.apply(parsed);
            if (converted == null) {
                throw new IllegalArgumentException("Expected " + expected + ", found "
                        + (parsed == null ? "no PEM at all" : "PEM of another kind"));
            }
            return converted;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("Expected " + expected + ", found broken PEM: " + e.getMessage(), e);
        }
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
