package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A server under https: the kit says why it cannot talk to it, and talks to it once Java trusts its certificate. */
class KitTlsTest {
    @TempDir
    private Path directory;

    @Test
    void saysThatACertificateIsNotTrustedAndHowToTrustIt() throws Exception {
        try (MockWechatPayServer mock = mock()) {
            KitRun kit = new KitRun(directory);

            int status = kit.against(url(mock), KitRun.credentials(mock.baseUrl()), Profile.wechat);

            assertThat(status).isEqualTo(2);
            assertThat(kit.err())
                    .contains(url(mock).toString(), "is not trusted", "-Djavax.net.ssl.trustStore=", "--help")
                    .doesNotContain("Nothing listens", "\tat ");
            assertThat(help()).contains("keytool -importcert", "-Djavax.net.ssl.trustStore=trust.p12");
        }
    }

    @Test
    void saysThatWhatListensSpeaksNoTls() throws Exception {
        try (MockWechatPayServer mock = mock();
                Acceptor dead = DeadServer.CLOSES_EVERY_CONNECTION.start()) {
            KitRun kit = new KitRun(directory);
            byte[] credentials = KitRun.credentials(mock.baseUrl());

            for (int port : new int[] {mock.baseUrl().getPort(), dead.url().getPort()}) {
                assertThat(kit.against(URI.create("https://127.0.0.1:" + port), credentials, Profile.wechat))
                        .isEqualTo(2);
            }

            assertThat(kit.err())
                    .containsOnlyOnce("https://127.0.0.1:" + dead.url().getPort())
                    .contains("Something listens there, and the handshake failed")
                    .doesNotContain("Nothing listens", "\tat ");
        }
    }

    @Test
    void looksAtAServerWhoseAuthorityJavaTrusts() throws Exception {
        try (MockWechatPayServer mock = mock()) {
            Path credentials = Files.write(directory.resolve("mock.json"), KitRun.credentials(mock.baseUrl()));
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("ca", mock.certificateAuthority().orElseThrow());
            try (OutputStream file = Files.newOutputStream(directory.resolve("trust.p12"))) {
                trust.store(file, "changeit".toCharArray());
            }
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djavax.net.ssl.trustStore=" + directory.resolve("trust.p12"),
                            "-Djavax.net.ssl.trustStorePassword=changeit",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "--target",
                            url(mock).toString(),
                            "--credentials",
                            credentials.toString(),
                            "--only",
                            "signing.right")
                    .redirectErrorStream(true)
                    .start();

            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(printed).contains("✓ signing.right");
            assertThat(process.exitValue()).as(printed).isZero();
        }
    }

    private static MockWechatPayServer mock() {
        return MockWechatPayServer.builder()
                .tls(CertificateAuthority.create(Clock.systemUTC()), 0)
                .start();
    }

    private static URI url(MockWechatPayServer mock) {
        return URI.create("https://127.0.0.1:" + mock.tlsBaseUrl().orElseThrow().getPort());
    }

    private String help() {
        KitRun kit = new KitRun(directory);
        kit.execute("--help");
        return kit.out();
    }
}
