package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.mock.cli.MainTest.run;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A request signed without any code, and a signature explained without a server. */
class SignAndExplainTest {
    private static final String TARGET = "/v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm";
    /** No JSON writer would give these bytes. */
    private static final byte[] BODY = "{ \"a\":\t\"it's ü站\",\r\n \"n\": 1.0 }\n".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private Path bodyFile;

    @BeforeEach
    void writeBody() throws IOException {
        bodyFile = Files.write(directory.resolve("body.json"), BODY);
    }

    private static String sign(String... more) {
        String[] args = new String[more.length + 1];
        args[0] = "sign";
        System.arraycopy(more, 0, args, 1, more.length);
        MainTest.Outcome outcome = run(args);
        assertThat(outcome.status()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome.out().strip();
    }

    private String signBody() {
        return sign("--body", "@" + bodyFile, TARGET);
    }

    private Path paste(String head, byte[] body) throws IOException {
        ByteArrayOutputStream paste = new ByteArrayOutputStream();
        paste.writeBytes((head + "\n\n").getBytes(UTF_8));
        paste.writeBytes(body);
        return Files.write(directory.resolve("paste.txt"), paste.toByteArray());
    }

    @Test
    void signsTheVeryBytesOfAFile() throws Exception {
        String header = signBody();

        assertThat(header).startsWith("Authorization: WECHATPAY2-SHA256-RSA2048 ");
        AuthorizationHeader authorization = AuthorizationHeader.parse(header.replace("Authorization: ", ""));
        authorization
                .scheme()
                .verify(
                        DemoKeys.load().merchantCertificate().getPublicKey(),
                        SignedMessage.ofRequest(
                                "POST", TARGET, authorization.timestamp(), authorization.nonceStr(), BODY),
                        authorization.signature());
    }

    @Test
    void signsTheSameForTheSameTimeAndNonce() {
        String[] fixed = {"--timestamp", "1554208460", "--nonce", "593BEC0C930BF1AFEB40B4A08C8FB242", "/v3/certificates"
        };

        assertThat(sign(fixed))
                .isEqualTo(sign(fixed))
                .contains("nonce_str=\"593BEC0C930BF1AFEB40B4A08C8FB242\"", "timestamp=\"1554208460\"");
    }

    @Test
    void signsWithOwnCredentialsThatLackAPlatformKey() throws IOException {
        Path own = directory.resolve("own");
        run("export-credentials", own.toString());
        Files.delete(own.resolve("pub_key_id.txt"));

        assertThat(sign("--credentials", own.resolve("sm2").toString(), "/v3/certificates"))
                .startsWith("Authorization: WECHATPAY2-SM2-WITH-SM3 ");
        assertThat(sign("--credentials", own.toString(), "/v3/certificates")).contains("mchid=\"1230000109\"");
    }

    @Test
    void printsACurlCommandThatChangesNothing() {
        assertThat(sign("--curl", "-X", "put", "--body", "it's", "http://localhost:1/a/../b?c=[1]"))
                .startsWith("curl --path-as-is --globoff -X 'PUT' -H 'Authorization: WECHATPAY2-")
                .endsWith(" -H 'Accept: application/json' -H 'Content-Type: application/json'"
                        + " --data-binary 'it'\\''s' 'http://localhost:1/a/../b?c=[1]'");
        assertThat(sign("--curl", "--base-url", "http://localhost:1/", "/v3/certificates"))
                .matches("curl -H '[^']+' -H 'Accept: application/json' 'http://localhost:1/v3/certificates'");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void printsACurlCommandThatGetsAToken() throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            Process shell = new ProcessBuilder(
                            "sh",
                            "-c",
                            sign("--curl", "--base-url", mock.baseUrl().toString()))
                    .start();
            assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).startsWith("{\"charging_token\":\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "v3/certificates, TARGET",
        "'/v3/a b', TARGET",
        "/v3/站, TARGET",
        "/v3/a#b, TARGET",
        "ftp://localhost/, TARGET"
    })
    void refusesToSignATargetThatCannotBeSent(String target, String says) {
        run("sign", target).assertFailed(2, says);
    }

    @Test
    void refusesToSignABodyThatItCannotKnow() {
        run("sign", "--body", "@missing.json", "/").assertFailed(2, "no readable file missing.json");
        run("sign", "--body", "\uFFFD", "/").assertFailed(2, "--body @FILE");
        run("sign", "--body", "{}").assertFailed(2, "need a TARGET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void findsNothingWrongWithARightRequest(String lineEnd) throws IOException {
        String head = String.join(
                lineEnd,
                "POST " + TARGET + " HTTP/1.1",
                "Host: localhost",
                "authorization:" + signBody().substring(14));

        MainTest.Outcome outcome = run("explain", paste(head, BODY).toString());

        assertThat(outcome.status()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).startsWith("Nothing is wrong").contains("expected message (验签串):", "POST\n" + TARGET);
    }

    @Test
    void passesOverTheLineFeedThatAPasteEndsWith() throws IOException {
        String header = sign("--body", "{}", TARGET);
        Path paste = paste("POST " + TARGET + " HTTP/1.1\n" + header + "\nContent-Length: 2", "{}\n".getBytes(UTF_8));

        assertThat(run("explain", paste.toString()).status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void passesOverTheLineEndOfAnEditorWhereNoLengthIsAnnounced(String lineEnd) throws IOException {
        String head = "POST " + TARGET + " HTTP/1.1\n" + sign("--body", "{}", TARGET);

        assertThat(run("explain", paste(head, ("{}" + lineEnd).getBytes(UTF_8)).toString())
                        .status())
                .isZero();
        run("explain", paste(head, ("{ }" + lineEnd).getBytes(UTF_8)).toString())
                .assertFailed(1, "body");
    }

    @Test
    void joinsABodyThatWasSentInChunks() throws IOException {
        String head =
                "POST " + TARGET + " HTTP/1.1\n" + sign("--body", "{\"a\":1}", TARGET) + "\nTransfer-Encoding: chunked";

        for (String body :
                new String[] {"3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\n\r\n", "7\n{\"a\":1}\n0\n", "{\"a\":1}"}) {
            assertThat(run("explain", paste(head, body.getBytes(UTF_8)).toString())
                            .status())
                    .as(body)
                    .isZero();
        }
        run("explain", paste(head, "3\r\n{\"a\r\n9\r\n\":1".getBytes(UTF_8)).toString())
                .assertFailed(2, "A chunk of the body is not whole");
    }

    @Test
    void countsALineFeedThatWasSigned() throws IOException {
        String head = "POST " + TARGET + " HTTP/1.1\n" + signBody();

        assertThat(run("explain", paste(head, BODY).toString()).status()).isZero();
    }

    @Test
    void tellsWhatWasSignedInPlaceOfTheRequest() throws IOException {
        Path paste = paste("POST " + TARGET + "?a=1 HTTP/1.1\n" + signBody(), BODY);

        MainTest.Outcome english = run("explain", paste.toString());
        assertThat(english.status()).isEqualTo(1);
        assertThat(english.out()).contains("query", "signed message (签名串):\nPOST\n" + TARGET + "\n");
        assertThat(run("explain", "--zh", paste.toString()).out()).contains("签名");
    }

    @Test
    void readsWhatCurlShows() throws IOException {
        String shown =
                "* Connected to localhost\n> POST %s HTTP/1.1\n> Host: localhost\n> %s\n> Content-Length: %d\n> \n"
                                .formatted(TARGET, signBody(), BODY.length)
                        + "} [34 bytes data]\n< HTTP/1.1 200 OK\n< Server: nginx\n< \n{}";
        Path paste = Files.writeString(directory.resolve("curl.txt"), shown);

        assertThat(run("explain", "--body", "@" + bodyFile, paste.toString()).status())
                .isZero();
        run("explain", paste.toString()).assertFailed(2, "curl -v does not show the body");
    }

    @Test
    void readsStandardInput() throws IOException {
        InputStream console = System.in;
        try {
            System.setIn(
                    new ByteArrayInputStream(("GET /v3/certificates\n" + sign("/v3/certificates")).getBytes(UTF_8)));

            assertThat(run("explain").status()).isZero();
        } finally {
            System.setIn(console);
        }
    }

    @Test
    void holdsAnOldRequestAgainstItsOwnTime() throws IOException {
        String old = sign("--timestamp", "1554208460", "/v3/certificates");
        Path paste = paste("GET /v3/certificates HTTP/1.1\n" + old, new byte[0]);

        run("explain", paste.toString()).assertFailed(1, "1554208460");
        assertThat(run("explain", "--at", "2019-04-02T12:35:00Z", paste.toString())
                        .status())
                .isZero();
    }

    @Test
    void tellsWhetherAnSm2SignatureVerifies() throws IOException {
        Path own = directory.resolve("own");
        run("export-credentials", own.toString());
        String header = sign("--credentials", own.resolve("sm2").toString(), "/v3/certificates");

        Path right = paste("GET /v3/certificates HTTP/1.1\n" + header, new byte[0]);
        MainTest.Outcome verifies = run("explain", right.toString());
        assertThat(verifies.status()).as(verifies.toString()).isZero();

        Path wrong = paste("GET /v3/certificates?a=1 HTTP/1.1\n" + header, new byte[0]);
        run("explain", wrong.toString()).assertFailed(1, "The SM2 signature does not verify");

        Path unknown =
                paste("GET / HTTP/1.1\n" + header.replaceFirst("serial_no=\"[^\"]+", "serial_no=\"1F"), new byte[0]);
        run("explain", unknown.toString()).assertFailed(1, "1F");
    }

    @Test
    void knowsOwnCredentials() throws IOException {
        Path own = directory.resolve("own");
        run("export-credentials", own.toString());
        Files.delete(own.resolve("apiclient_key.pem"));
        Path paste = paste("GET /v3/certificates HTTP/1.1\n" + sign("/v3/certificates"), new byte[0]);

        assertThat(run("explain", "--credentials", own.toString(), paste.toString())
                        .status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "hello", "{}", "\u0000\u00ff", "> \n", "HTTP/1.1 200 OK\n\n{}"})
    void saysWhatARequestLooksLike(String paste) throws IOException {
        Path file = Files.write(directory.resolve("none.txt"), paste.getBytes(ISO_8859_1));

        run("explain", file.toString()).assertFailed(2, "A request begins with a line such as");
    }

    @Test
    void saysThatBytesAreMissing() throws IOException {
        Path paste = paste("POST " + TARGET + " HTTP/1.1\nContent-Length: 99", BODY);

        run("explain", paste.toString()).assertFailed(2, "announces 99 bytes, " + BODY.length + " were pasted");
        run("explain", "missing.txt").assertFailed(2, "no readable file missing.txt");
    }
}
