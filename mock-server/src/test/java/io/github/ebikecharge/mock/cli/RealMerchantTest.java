package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.cli.MainTest.Outcome;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody takes the keys of a real merchant for those of the mock. */
class RealMerchantTest {
    private static final String ROOT = "C=CN, O=Tenpay.com, OU=Tenpay.com CA Center, CN=Tenpay.com Root CA";
    private static final String MCHID = "1900000109";

    @TempDir
    private Path credentials;

    private KeyPair keys;

    @BeforeEach
    void exportDemoCredentials() throws Exception {
        keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertThat(MainTest.run("export-credentials", credentials.toString()).status())
                .isZero();
    }

    private X509Certificate certificate(String issuer) throws Exception {
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Principal(issuer),
                                BigInteger.valueOf(0x5EA1),
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(3600)),
                                new X500Principal("CN=" + MCHID + ", O=a shop"),
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    private void replaceMerchant(String issuer) throws Exception {
        Files.writeString(credentials.resolve("apiclient_key.pem"), Pem.write(keys.getPrivate()));
        Files.writeString(credentials.resolve("apiclient_cert.pem"), Pem.write(certificate(issuer)));
    }

    private Outcome confirm() throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            String[] args = {
                "confirm",
                "--base-url",
                mock.baseUrl().toString(),
                "--credentials",
                credentials.toString(),
                "--mchid",
                MCHID
            };
            Outcome outcome = MainTest.run(args);
            assertThat(requests(mock).contains("/confirm")).as("%s", outcome).isEqualTo(outcome.status() != 2);
            return outcome;
        }
    }

    private static String requests(MockWechatPayServer mock) throws Exception {
        HttpRequest list = HttpRequest.newBuilder(mock.baseUrl().resolve("/_mock/requests"))
                .build();
        return HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body();
    }

    private void assertRefused(Outcome outcome) {
        outcome.assertFailed(2, "certificate 5EA1 of merchant " + MCHID + " was issued by WeChat Pay");
        assertThat(outcome.err())
                .contains("Nothing was signed or sent", "export-credentials")
                .doesNotContain("PRIVATE KEY", "POST /v3");
        assertThat(outcome.out()).doesNotContain("signature=");
    }

    @Test
    void isNotConfirmedFor() throws Exception {
        replaceMerchant(ROOT);

        assertRefused(confirm());
    }

    @Test
    void isNotConfirmedForFromAPkcs12FileEither() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "Tenpay Certificate", keys.getPrivate(), MCHID.toCharArray(), new Certificate[] {certificate(ROOT)});
        try (OutputStream file = Files.newOutputStream(credentials.resolve("apiclient_cert.p12"))) {
            store.store(file, MCHID.toCharArray());
        }
        Files.delete(credentials.resolve("apiclient_key.pem"));
        Files.delete(credentials.resolve("apiclient_cert.pem"));

        assertRefused(confirm());
    }

    @Test
    void isSignedForWithAWarning() throws Exception {
        replaceMerchant(ROOT);

        Outcome outcome = MainTest.run("sign", "--credentials", credentials.toString(), "/v3/certificates");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).startsWith("Authorization: ").contains("mchid=\"" + MCHID + "\"");
        assertThat(outcome.err())
                .startsWith("warning: The certificate 5EA1 of merchant " + MCHID + " was issued by WeChat Pay")
                .contains("send it to no mock", "export-credentials")
                .doesNotContain("PRIVATE KEY", "signature=");
    }

    @Test
    void isNeitherTheDemoMerchantNorOneWithACertificateOfItsOwn() throws Exception {
        assertThat(MainTest.run("sign", "--credentials", credentials.toString(), "/v3/certificates")
                        .err())
                .isEmpty();
        assertThat(MainTest.run(
                                "sign",
                                "--credentials",
                                credentials.resolve("sm2").toString(),
                                "/v3/certificates")
                        .err())
                .isEmpty();

        replaceMerchant("CN=our own tests, O=a shop");

        assertThat(MainTest.run("sign", "--credentials", credentials.toString(), "/v3/certificates")
                        .err())
                .isEmpty();
        confirm().assertFailed(1, "verdict: no token. 401");
    }
}
