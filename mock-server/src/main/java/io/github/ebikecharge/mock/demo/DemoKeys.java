package io.github.ebikecharge.mock.demo;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pkcs12;
import io.github.ebikecharge.mock.explain.KnownKey;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Objects;

/**
 * The keys that every copy of the mock has. They are public: whoever has the jar can sign with them, and nothing but a
 * mock should ever trust them.
 */
public final class DemoKeys {
    /** Merchant number of the demo caller, a service provider (服务商). */
    public static final String MCHID = "1230000109";

    /** Its APIv3 key (APIv3密钥). */
    public static final String API_V3_KEY = "EbikeChargeMockDemoApiV3Key00001";

    /** ID of the demo platform public key (微信支付公钥ID). */
    public static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0112300001092026112400000000000001";

    private final Identity merchant = Identity.read("merchant");
    private final Identity platform = Identity.read("platform");
    private final Identity nextPlatform = Identity.read("next-platform");
    private final Identity publicKey = Identity.read("public-key");

    private DemoKeys() {}

    /**
     * A key and its certificate. Plain DER: a PKCS#12 file would have a mock's start wait for the JDK's ciphers.
     */
    private record Identity(X509Certificate certificate, PrivateKey key) {
        static Identity read(String name) {
            try (InputStream certificate = resource(name + "-certificate.der");
                    InputStream key = resource(name + "-key.der")) {
                return new Identity(
                        (X509Certificate)
                                CertificateFactory.getInstance("X.509").generateCertificate(certificate),
                        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.readAllBytes())));
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("The demo keys in the jar cannot be read: " + name, e);
            }
        }
    }

    /** Reads them from the jar, once: they are the same for every mock of this JVM. */
    public static DemoKeys load() {
        return Loaded.KEYS;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                DemoKeys.class.getResourceAsStream(name), () -> "The jar lacks the demo keys " + name);
    }

    /** The file {@code apiclient_cert.p12}, its password the merchant number. */
    public InputStream merchantPkcs12() {
        return resource("apiclient_cert.p12");
    }

    /** As {@link #merchantPkcs12}, of the SM2 key. */
    public InputStream sm2MerchantPkcs12() {
        return resource("apiclient_cert_sm2.p12");
    }

    /** What the demo merchant signs with. */
    public MerchantCredentials merchant() {
        return new MerchantCredentials(MCHID, Certificates.serialNo(merchant.certificate), merchant.key);
    }

    /** The demo merchant's API certificate (商户API证书). */
    public X509Certificate merchantCertificate() {
        return merchant.certificate;
    }

    /** The platform certificate (平台证书). */
    public X509Certificate platformCertificate() {
        return platform.certificate;
    }

    /** Private key of the platform certificate. */
    public PrivateKey platformKey() {
        return platform.key;
    }

    /** The platform certificate that a rotation leads to. */
    public X509Certificate nextPlatformCertificate() {
        return nextPlatform.certificate;
    }

    /** Private key of the platform certificate that a rotation leads to. */
    public PrivateKey nextPlatformKey() {
        return nextPlatform.key;
    }

    /** The platform public key (微信支付公钥). */
    public PublicKey publicKey() {
        return publicKey.certificate.getPublicKey();
    }

    /** Private key of the platform public key. */
    public PrivateKey publicKeyPrivate() {
        return publicKey.key;
    }

    /** The platform's keys as an explanation names them: nobody but the platform signs with them. */
    public List<KnownKey> knownPlatformKeys() {
        return List.of(
                KnownKey.ofPlatform(Certificates.serialNo(platform.certificate), platform.certificate.getPublicKey()),
                KnownKey.ofPlatform(
                        Certificates.serialNo(nextPlatform.certificate), nextPlatform.certificate.getPublicKey()),
                KnownKey.ofPlatform(PUBLIC_KEY_ID, publicKey()));
    }

    /** What the demo merchant signs with where it uses SM2 (国密). */
    public MerchantCredentials sm2Merchant() {
        return new MerchantCredentials(MCHID, Certificates.serialNo(Sm2.MERCHANT_CERTIFICATE), Sm2.MERCHANT_KEY);
    }

    /** The demo merchant's API certificate of SM2. */
    public X509Certificate sm2MerchantCertificate() {
        return Sm2.MERCHANT_CERTIFICATE;
    }

    /** The platform certificate of SM2. */
    public X509Certificate sm2PlatformCertificate() {
        return Sm2.PLATFORM_CERTIFICATE;
    }

    /** Private key of the platform certificate of SM2. */
    public PrivateKey sm2PlatformKey() {
        return Sm2.PLATFORM_KEY;
    }

    private static final class Loaded {
        static final DemoKeys KEYS = new DemoKeys();
    }

    /** Read on first use: the JDK cannot read them alone, and most who run the mock need RSA only. */
    private static final class Sm2 {
        private static final char[] PLATFORM_PASSWORD = "tenpay".toCharArray();

        static final X509Certificate MERCHANT_CERTIFICATE;
        static final PrivateKey MERCHANT_KEY;
        static final X509Certificate PLATFORM_CERTIFICATE;
        static final PrivateKey PLATFORM_KEY;

        static {
            KeyStore merchant = open("apiclient_cert_sm2.p12", MCHID.toCharArray());
            MERCHANT_CERTIFICATE = certificate(merchant, "Tenpay Certificate");
            MERCHANT_KEY = key(merchant, "Tenpay Certificate", MCHID.toCharArray());
            KeyStore platform = open("platform-sm2.p12", PLATFORM_PASSWORD);
            PLATFORM_CERTIFICATE = certificate(platform, "certificate-sm2");
            PLATFORM_KEY = key(platform, "certificate-sm2", PLATFORM_PASSWORD);
        }

        private static KeyStore open(String name, char[] password) {
            try (InputStream file = resource(name)) {
                return Pkcs12.open(file, password);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("The demo keys in the jar cannot be read: " + name, e);
            }
        }

        private static X509Certificate certificate(KeyStore store, String alias) {
            try {
                return (X509Certificate) store.getCertificate(alias);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("The demo keys lack " + alias, e);
            }
        }

        private static PrivateKey key(KeyStore store, String alias, char[] password) {
            try {
                return (PrivateKey) store.getKey(alias, password);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("The demo keys lack " + alias, e);
            }
        }
    }
}
