package io.github.ebikecharge.api.wire;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.function.BiFunction;

/**
 * What a merchant signs with: merchant number, private key, and the serial number that names the key on the wire.
 *
 * @param mchid merchant number (商户号)
 * @param serialNo serial number of the merchant API certificate, upper-case hexadecimal (商户API证书序列号)
 * @param privateKey key of {@code apiclient_key.pem} (商户API私钥)
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012365347">Signing, questions and answers</a>
 */
public record MerchantCredentials(String mchid, String serialNo, PrivateKey privateKey) {

    /**
     * From the texts of {@code apiclient_key.pem} and {@code apiclient_cert.pem}; merchant number and serial number are
     * the certificate's.
     *
     * @throws IllegalArgumentException if a text is not PEM of its kind, or key and certificate do not belong together
     */
    public static MerchantCredentials fromPem(String privateKeyPem, String certificatePem) {
        return of(Pem.readPrivateKey(privateKeyPem), Pem.readCertificate(certificatePem));
    }

    /**
     * From {@code apiclient_cert.p12}, whose password is the merchant number.
     *
     * @throws IllegalArgumentException if the file is not PKCS#12, the password is another one, there is no key,
     *     or key and certificate do not belong together
     */
    public static MerchantCredentials fromPkcs12(InputStream p12, String mchid) {
        return read(p12, mchid, MerchantCredentials::of);
    }

    /** The certificate of {@code apiclient_cert.p12}, refused as by {@link #fromPkcs12}. */
    static X509Certificate certificateOfPkcs12(InputStream p12, String mchid) {
        return read(p12, mchid, (key, certificate) -> certificate);
    }

    private static <T> T read(InputStream p12, String mchid, BiFunction<PrivateKey, X509Certificate, T> entry) {
        try {
            KeyStore store = Pkcs12.open(p12, mchid.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, mchid.toCharArray()) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return entry.apply(key, certificate);
                }
            }
            throw new IllegalArgumentException("The PKCS#12 file holds no private key with a certificate");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The PKCS#12 file cannot be opened; its password is the merchant number: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The PKCS#12 file cannot be read: " + e.getMessage(), e);
        }
    }

    private static MerchantCredentials of(PrivateKey key, X509Certificate certificate) {
        SignatureScheme scheme = SignatureScheme.ofKey(key);
        SignedMessage probe = SignedMessage.ofResponse(0, "", new byte[0]);
        try {
            scheme.verify(certificate.getPublicKey(), probe, scheme.sign(key, probe));
        } catch (SignatureVerificationException e) {
            throw new IllegalArgumentException("The private key does not belong to the certificate", e);
        }
        return new MerchantCredentials(Certificates.commonName(certificate), Certificates.serialNo(certificate), key);
    }

    /** Merchant number and serial number; never the key. */
    @Override
    public String toString() {
        return "MerchantCredentials[mchid=%s, serialNo=%s]".formatted(mchid, serialNo);
    }
}
