package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.cli.MainTest.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code confirm}, and the credentials that it takes and {@code export-credentials} writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmCommandTest {
    private MockWechatPayServer mock;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        mock = MockWechatPayServer.start();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    private Outcome confirm(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "confirm";
        args[1] = "--base-url";
        args[2] = mock.baseUrl().toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return MainTest.run(args);
    }

    @Test
    void confirmsWithTheCredentialsThatTheMockHandsOut() {
        Outcome outcome = confirm();

        assertThat(outcome.status()).as(outcome.toString()).isZero();
        assertThat(outcome.out())
                .contains("POST /v3/ebike/charge/contracts/", "HTTP 200", "Wechatpay-Signature: ")
                .containsPattern("verdict: the answer's signature verifies; token [0-9A-Za-z]{20}\\R");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void confirmsWithCredentialsFromAFile() throws Exception {
        URI source = mock.baseUrl().resolve("/_mock/credentials");
        Path file = directory.resolve("credentials.json");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(source).build(), BodyHandlers.ofFile(file));

        assertThat(confirm("--credentials", file.toString()).status()).isZero();
    }

    @Test
    void confirmsWithTheFilesThatItHasWritten() {
        Path files = export("files");

        for (String name : List.of("apiclient_key.pem", "apiclient_cert.{pem,p12}", "wechatpay_*.pem")) {
            assertThat(files).isDirectoryContaining("glob:**/" + name);
        }
        assertThat(files.resolve("api_v3_key.txt")).hasContent("EbikeChargeMockDemoApiV3Key00001");
        Outcome outcome = confirm("--credentials", files.toString());
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).doesNotContain("GET /v3/certificates");
    }

    @Test
    void confirmsWithAPkcs12FileAndDownloadedCertificatesAlone() throws IOException {
        Path files = export("p12");
        for (String other : List.of("apiclient_key.pem", "apiclient_cert.pem", "pub_key.pem", "pub_key_id.txt")) {
            Files.delete(files.resolve(other));
        }
        Files.delete(certificate(files));

        Outcome outcome = confirm("--credentials", files.toString(), "--mchid", "1230000109");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out())
                .contains("GET /v3/certificates?algorithm_type=RSA", "verdict: the answer's signature verifies");
    }

    @Test
    void confirmsWithTheCallersOwnValues() throws IOException {
        Path body = Files.writeString(
                directory.resolve("own.json"),
                "{\"appid\":\"wx47c677487ce3ac47\",\"charge_info\":{\"start_time\":\"2026-11-24T12:00:00+08:00\","
                        + "\"charging_station_name\":\"A\",\"charging_gun_number\":\"1\",\"device_id\":\"own-device\"}}");

        Outcome outcome = confirm("--body", "@" + body, "--retry", "none");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("own-device");
        confirm("--body", "{").assertFailed(2, "--body is not the JSON of a confirm request");
    }

    private Path export(String name) {
        Path files = directory.resolve(name);
        assertThat(MainTest.run("export-credentials", files.toString()).status())
                .isZero();
        return files;
    }

    @Test
    void failsIfTheMockRefuses() {
        confirm("--contract-id", "unknown").assertFailed(1, "verdict: no token. ");
    }

    @Test
    void failsIfTheMockFindsTheClockWrong() {
        Clock years = Clock.fixed(Instant.ofEpochSecond(1_600_000_000), ZoneOffset.UTC);
        try (MockWechatPayServer slow =
                MockWechatPayServer.builder().clock(years).start()) {
            MainTest.run("confirm", "--base-url", slow.baseUrl().toString()).assertFailed(1, "不得超过5分钟");
        }
    }

    @Test
    void failsIfNobodyListens() throws IOException {
        Path files = export("nobody");
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }

        MainTest.run("confirm", "--base-url", nowhere.toString())
                .assertFailed(1, "Nothing listens at " + nowhere + "; start the mock first");
        MainTest.run("confirm", "--base-url", nowhere.toString(), "--credentials", files.toString())
                .assertFailed(1, "verdict: no token. ");
    }

    @Test
    void failsIfTheAnswerIsSignedWithAKeyItDoesNotKnow() throws IOException {
        Path files = export("stranger");
        Files.writeString(files.resolve("pub_key_id.txt"), "PUB_KEY_ID_0000000000000000000000000000000000");

        // the platform still has its certificate, but nobody here does: only the answer under the ID counts
        Files.delete(certificate(files));
        Files.delete(files.resolve("api_v3_key.txt"));
        confirm("--credentials", files.toString()).assertFailed(1, "verdict: no token. ");
    }

    @Test
    void failsIfKeyAndCertificateAreNotOnePair() throws IOException {
        Path files = export("pair");
        Files.copy(certificate(files), files.resolve("pub_key.pem"), StandardCopyOption.REPLACE_EXISTING);
        confirm("--credentials", files.toString()).assertFailed(1, "PUBLIC KEY");

        files = export("pair");
        Files.copy(certificate(files), files.resolve("apiclient_cert.pem"), StandardCopyOption.REPLACE_EXISTING);
        confirm("--credentials", files.toString()).assertFailed(1, "does not belong to the certificate");
    }

    private static Path certificate(Path files) throws IOException {
        try (var names = Files.newDirectoryStream(files, "wechatpay_*.pem")) {
            return names.iterator().next();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "", "{\"mchid\":\"1230000109\"}", "-----BEGIN PRIVATE KEY-----", "\u0080"})
    void failsIfTheFileHoldsNoCredentials(String content) throws IOException {
        Path file = Files.write(directory.resolve("none.json"), content.getBytes(ISO_8859_1));

        confirm("--credentials", file.toString()).assertFailed(1, "Not the JSON of a mock's credentials");
    }

    @Test
    void failsIfThereAreNoCredentialsAtAll() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path keyless = export("keyless");
        for (Path key :
                List.of(certificate(keyless), keyless.resolve("pub_key_id.txt"), keyless.resolve("api_v3_key.txt"))) {
            Files.delete(key);
        }
        confirm("--credentials", directory.resolve("missing").toString()).assertFailed(1, "There is no readable file");
        confirm("--credentials", empty.toString()).assertFailed(1, "There is no readable file");
        confirm("--credentials", keyless.toString()).assertFailed(1, "holds no platform key");
    }

    @Test
    void failsIfItCannotWriteTheCredentials() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        MainTest.run("export-credentials", file.toString()).assertFailed(1, "Cannot write to " + file);
    }
}
