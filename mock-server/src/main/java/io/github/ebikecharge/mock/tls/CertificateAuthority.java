package io.github.ebikecharge.mock.tls;

import io.github.ebikecharge.api.wire.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of this machine alone, for whoever reaches the mock as {@code api.mch.weixin.qq.com}. Its key
 * is made here and never leaves, unlike the demo keys; and its certificate says that it may vouch for nothing but
 * WeChat Pay's hosts and the loopback interface.
 */
public final class CertificateAuthority {
    /** Who has to trust it is given this file. */
    public static final String CERTIFICATE_FILE = "ca.pem";

    private static final String KEY_FILE = "ca_key.pem";
    private static final X500Name NAME = new X500Name("CN=ebike-charge mock local CA");
    private static final List<String> DOMAINS = List.of("weixin.qq.com", "wechatpay.cn", "localhost");
    private static final List<String> HOSTS = List.of(
            "*.mch.weixin.qq.com", "api.mch.weixin.qq.com", "api.wechatpay.cn", "api2.wechatpay.cn", "localhost");
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");
    private static final List<String> NETWORKS =
            List.of("127.0.0.0/255.0.0.0", "::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    /** The longest that browsers and operating systems accept. */
    private static final Duration SERVER_VALIDITY = Duration.ofDays(397);

    private static final int SERIAL_BITS = 159;

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Makes a new one, which is gone with the process. */
    public static CertificateAuthority create(Clock clock) {
        KeyPair keys = newKeys();
        X509v3CertificateBuilder builder = builder(keys.getPublic(), NAME, NAME, clock, AUTHORITY_VALIDITY);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.nameConstraints, true, new NameConstraints(mayVouchFor(), null));
            return new CertificateAuthority(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (CertIOException e) {
            throw new IllegalStateException("The certificate cannot be written", e);
        }
    }

    private static GeneralSubtree[] mayVouchFor() {
        return Stream.concat(
                        DOMAINS.stream().map(domain -> new GeneralName(GeneralName.dNSName, domain)),
                        NETWORKS.stream().map(network -> new GeneralName(GeneralName.iPAddress, network)))
                .map(GeneralSubtree::new)
                .toArray(GeneralSubtree[]::new);
    }

    /**
     * Reads the one that is kept in a directory, or makes one and keeps it there: {@code ca.pem} to be trusted, {@code
     * ca_key.pem} to be kept.
     *
     * @throws IOException if the directory cannot be read or written
     * @throws IllegalArgumentException if a file in it is not PEM
     */
    public static CertificateAuthority in(Path directory, Clock clock) throws IOException {
        Path certificateFile = directory.resolve(CERTIFICATE_FILE);
        Path keyFile = directory.resolve(KEY_FILE);
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            return new CertificateAuthority(
                    Pem.readCertificate(Files.readString(certificateFile)),
                    Pem.readPrivateKey(Files.readString(keyFile)));
        }
        CertificateAuthority made = create(clock);
        Files.createDirectories(directory);
        Files.deleteIfExists(keyFile);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.createFile(
                    keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(keyFile, Pem.write(made.key));
        Files.writeString(certificateFile, Pem.write(made.certificate));
        return made;
    }

    /** The certificate that callers have to trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** A key store with a fresh server certificate for WeChat Pay's hosts and the loopback interface; no password. */
    public KeyStore serverKeyStore(Clock clock) {
        KeyPair keys = newKeys();
        X509v3CertificateBuilder builder =
                builder(keys.getPublic(), NAME, new X500Name("CN=payapp.weixin.qq.com"), clock, SERVER_VALIDITY);
        GeneralName[] names = Stream.concat(
                        HOSTS.stream().map(host -> new GeneralName(GeneralName.dNSName, host)),
                        ADDRESSES.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new);
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setKeyEntry(
                    "server", keys.getPrivate(), new char[0], new Certificate[] {sign(builder, key), certificate});
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The server certificate cannot be made", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has RSA", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            PublicKey subjectKey, X500Name issuer, X500Name subject, Clock clock, Duration validity) {
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom());
        Date from = Date.from(clock.instant().minus(Duration.ofDays(1)));
        Date to = Date.from(clock.instant().plus(validity));
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(issuer, serial, from, to, subject, subjectKey);
        try {
            return builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(subjectKey));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("The certificate cannot be written", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey issuerKey) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(issuerKey)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("The certificate cannot be signed", e);
        }
    }
}
