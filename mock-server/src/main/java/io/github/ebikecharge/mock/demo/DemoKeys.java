package io.github.ebikecharge.mock.demo;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pkcs12;
import io.github.ebikecharge.mock.explain.KnownKey;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
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

    private static final char[] PLATFORM_PASSWORD = "tenpay".toCharArray();

    private final X509Certificate merchantCertificate;
    private final PrivateKey merchantKey;
    private final X509Certificate platformCertificate;
    private final PrivateKey platformKey;
    private final X509Certificate nextPlatformCertificate;
    private final PrivateKey nextPlatformKey;
    private final X509Certificate publicKeyHolder;
    private final PrivateKey publicKeyPrivate;

    private DemoKeys() {
        KeyStore merchant = open("apiclient_cert.p12", MCHID.toCharArray());
        merchantCertificate = certificate(merchant, "tenpay certificate");
        merchantKey = key(merchant, "tenpay certificate", MCHID.toCharArray());
        KeyStore platform = open("platform.p12", PLATFORM_PASSWORD);
        platformCertificate = certificate(platform, "certificate-1");
        platformKey = key(platform, "certificate-1", PLATFORM_PASSWORD);
        nextPlatformCertificate = certificate(platform, "certificate-2");
        nextPlatformKey = key(platform, "certificate-2", PLATFORM_PASSWORD);
        publicKeyHolder = certificate(platform, "public-key");
        publicKeyPrivate = key(platform, "public-key", PLATFORM_PASSWORD);
    }

    /** Reads them from the jar, once: they are the same for every mock of this JVM. */
    public static DemoKeys load() {
        return Loaded.KEYS;
    }

    private static KeyStore open(String name, char[] password) {
        try (InputStream file = pkcs12(name)) {
            return Pkcs12.open(file, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The demo keys in the jar cannot be read: " + name, e);
        }
    }

    private static InputStream pkcs12(String name) {
        return Objects.requireNonNull(
                DemoKeys.class.getResourceAsStream(name), () -> "The jar lacks the demo keys " + name);
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

    /** The file {@code apiclient_cert.p12}, its password the merchant number. */
    public InputStream merchantPkcs12() {
        return pkcs12("apiclient_cert.p12");
    }

    /** As {@link #merchantPkcs12}, of the SM2 key. */
    public InputStream sm2MerchantPkcs12() {
        return pkcs12("apiclient_cert_sm2.p12");
    }

    /** What the demo merchant signs with. */
    public MerchantCredentials merchant() {
        return new MerchantCredentials(MCHID, Certificates.serialNo(merchantCertificate), merchantKey);
    }

    /** The demo merchant's API certificate (商户API证书). */
    public X509Certificate merchantCertificate() {
        return merchantCertificate;
    }

    /** The platform certificate (平台证书). */
    public X509Certificate platformCertificate() {
        return platformCertificate;
    }

    /** Private key of the platform certificate. */
    public PrivateKey platformKey() {
        return platformKey;
    }

    /** The platform certificate that a rotation leads to. */
    public X509Certificate nextPlatformCertificate() {
        return nextPlatformCertificate;
    }

    /** Private key of the platform certificate that a rotation leads to. */
    public PrivateKey nextPlatformKey() {
        return nextPlatformKey;
    }

    /** The platform public key (微信支付公钥). */
    public PublicKey publicKey() {
        return publicKeyHolder.getPublicKey();
    }

    /** Private key of the platform public key. */
    public PrivateKey publicKeyPrivate() {
        return publicKeyPrivate;
    }

    /** The platform's keys as an explanation names them: nobody but the platform signs with them. */
    public List<KnownKey> knownPlatformKeys() {
        return List.of(
                KnownKey.ofPlatform(Certificates.serialNo(platformCertificate), platformCertificate.getPublicKey()),
                KnownKey.ofPlatform(
                        Certificates.serialNo(nextPlatformCertificate), nextPlatformCertificate.getPublicKey()),
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

    /** Opening the stores takes most of a mock's start. */
    private static final class Loaded {
        static final DemoKeys KEYS = new DemoKeys();
    }

    /** Read on first use: the JDK cannot read them alone, and most who run the mock need RSA only. */
    private static final class Sm2 {
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
    }
}
