package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
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
            Process kit =
                    start(url(mock), mock.certificateAuthority().orElseThrow(), KitRun.credentials(mock.baseUrl()));

            String printed = new String(kit.getInputStream().readAllBytes(), UTF_8);

            assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(printed).contains("✓ signing.right");
            assertThat(kit.exitValue()).as(printed).isZero();
        }
    }

    @Test
    void saysThatACertificateHasExpired() throws Exception {
        Clock then = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1000));
        CertificateAuthority authority = CertificateAuthority.create(Clock.systemUTC());
        try (MockWechatPayServer mock =
                MockWechatPayServer.builder().clock(then).tls(authority, 0).start()) {
            assertThat(refusal(url(mock), authority.certificate()))
                    .contains(url(mock).toString(), "is not valid now", "let the server have a new one");
        }
    }

    @Test
    void saysThatACertificateIsForAnotherName() throws Exception {
        SelfSigned other = SelfSigned.of("elsewhere.example");
        try (ServerSocket server = listen(other)) {
            URI url = URI.create("https://127.0.0.1:" + server.getLocalPort());
            CompletableFuture<Void> tried = CompletableFuture.runAsync(() -> shakeHands(server));

            assertThat(refusal(url, other.certificate()))
                    .contains(url.toString(), "is for another name than that of --target");
            assertThat(tried).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private static ServerSocket listen(SelfSigned identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", identity.key(), new char[0], new Certificate[] {identity.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static void shakeHands(ServerSocket server) {
        try (SSLSocket connection = (SSLSocket) server.accept()) {
            connection.startHandshake();
        } catch (IOException e) {
            // the kit hung up
        }
    }

    /** What the kit says of a server that it cannot talk to, although Java trusts this certificate. */
    private String refusal(URI url, X509Certificate trusted) throws Exception {
        Process kit = start(url, trusted, WireJson.write(new GatewayKeys().toJson(url.toString())));
        String printed = new String(kit.getInputStream().readAllBytes(), UTF_8);
        assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kit.exitValue()).as(printed).isEqualTo(2);
        assertThat(printed).doesNotContain("Nothing listens", "is not trusted", "\tat ");
        return printed;
    }

    private Process start(URI url, X509Certificate trusted, byte[] credentials) throws Exception {
        Path known = Files.write(directory.resolve("known.json"), credentials);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", trusted);
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, "changeit".toCharArray());
        }
        return KitRun.start(
                List.of("-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=changeit"),
                "--target",
                url.toString(),
                "--credentials",
                known.toString(),
                "--only",
                "signing.right");
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
