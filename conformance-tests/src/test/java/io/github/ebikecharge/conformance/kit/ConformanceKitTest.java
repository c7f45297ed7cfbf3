package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.TeamStub.Flaw;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/** The kit passes what keeps the protocol, and names what does not. */
class ConformanceKitTest {
    private static final MockWechatPayServer WECHAT_PAY = MockWechatPayServer.start();
    private static byte[] mockCredentials;
    private static KeyPair platform;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void askForCredentials() throws Exception {
        URI source = WECHAT_PAY.baseUrl().resolve("/_mock/credentials");
        mockCredentials = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(source).build(), BodyHandlers.ofByteArray())
                .body();
        platform = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    @AfterAll
    static void stop() {
        WECHAT_PAY.close();
    }

    @ParameterizedTest
    @EnumSource
    void passesTheMock(Profile profile) throws Exception {
        int status = run(WECHAT_PAY.baseUrl(), mockCredentials, profile);

        assertThat(ids("failure")).as(out.toString()).isEmpty();
        assertThat(ids("system-out")).as(out.toString()).isEmpty();
        assertThat(ids("skipped")).containsExactly("probes.repeat-verifies", "rotation.every-certificate-listed");
        assertThat(status).isZero();
    }

    @Test
    void repeatsWhatWasAnsweredWithAProbe() throws Exception {
        WECHAT_PAY.inject(
                Fault.builder().kind(FaultKind.SIGNATURE_PROBE).count(1).build());

        int status = run(WECHAT_PAY.baseUrl(), mockCredentials, Profile.wechat, "--only", "answers,probes");

        assertThat(out.toString()).contains("✓ answers.success-verifies", "✓ probes.repeat-verifies");
        assertThat(status).isZero();
    }

    @Test
    void findsNothingInAStubThatKeepsWhatIsDocumented() throws Exception {
        assertThat(deviationsOf(Flaw.NONE)).as(out.toString()).isEmpty();
    }

    @Test
    void findsThatNothingIsVerified() throws Exception {
        assertThat(deviationsOf(Flaw.VERIFIES_NOTHING))
                .contains(
                        "signing.unsigned",
                        "signing.last-line-feed",
                        "signing.one-byte",
                        "signing.other-key",
                        "signing.old-timestamp",
                        "signing.unknown-serial")
                .allMatch(id -> id.startsWith("signing."));
    }

    @Test
    void findsThatErrorsAreSignedWrongly() throws Exception {
        assertThat(deviationsOf(Flaw.SIGNS_ERRORS_WRONGLY)).containsExactly("answers.parameter-error-verifies");
    }

    @Test
    void findsThatAnswersAreSerialisedAnewAfterSigning() throws Exception {
        assertThat(deviationsOf(Flaw.RESERIALISES))
                .contains("answers.success-verifies", "answers.parameter-error-verifies", "answers.all-verify")
                .noneMatch(id -> id.startsWith("signing."));
    }

    @Test
    void showsADeviationWithRuleSourceExchangeAndCurl() throws Exception {
        deviationsOf(Flaw.SIGNS_ERRORS_WRONGLY);

        String html = Files.readString(directory.resolve("report.html"));
        Document page = parse(directory.resolve("report.html"), "<!DOCTYPE html>");
        String article = page.getElementsByTagName("article").item(0).getTextContent();
        assertThat(article)
                .contains("answers.parameter-error-verifies", "Source: wechatpay-v3-wire.md §2.3")
                .contains("HTTP/1.1 400 ", "The signature does not verify over these bytes")
                .contains("curl -i --http1.1 --path-as-is", "--only answers.parameter-error-verifies");
        assertThat(page.getElementsByTagName("mark").item(0).getTextContent()).startsWith("Wechatpay-Signature: ");
        assertThat(html).doesNotContain("<script", "PRIVATE KEY");
        assertThat(out.toString()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void exitsWithTwoWhereItCannotRun() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        Path file = Files.write(directory.resolve("credentials.json"), mockCredentials);
        String mock = WECHAT_PAY.baseUrl().toString();

        assertThat(execute("--target", mock)).isEqualTo(2);
        assertThat(execute("--target", "ftp://x", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(execute("--target", mock + "/prefix", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(execute("--target", mock, "--credentials", nowhere.toString()))
                .isEqualTo(2);
        assertThat(execute("--target", mock, "--credentials", file.toString(), "--only", "nothing"))
                .isEqualTo(2);
        assertThat(execute("--target", "http://127.0.0.1:1", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--credentials",
                        "ftp://x",
                        "/prefix: the paths",
                        "nowhere",
                        "--only nothing",
                        "Nothing listens at")
                .doesNotContain("\tat ");
    }

    @Test
    void doesNotCallKeptWhatItCouldNotLookAt() throws Exception {
        int status = run(WECHAT_PAY.baseUrl(), mockCredentials, Profile.wechat, "--only", "probes");

        assertThat(status).isEqualTo(2);
        assertThat(out.toString()).contains("nothing could be looked at");
        try (Stream<Path> files = Files.walk(directory)) {
            Path report = files.filter(file -> file.endsWith("report.html"))
                    .findFirst()
                    .orElseThrow();
            assertThat(report).content().contains(" was not held to WeChat Pay API v3</h1>");
        }
    }

    private List<String> deviationsOf(Flaw flaw) throws Exception {
        ObjectNode credentials = WireJson.read(mockCredentials, ObjectNode.class);
        X509Certificate merchant =
                Pem.readCertificate(credentials.path("merchant_certificate").textValue());
        credentials.put("platform_public_key_id", TeamStub.PUBLIC_KEY_ID);
        credentials.put("platform_public_key", Pem.write(platform.getPublic()));
        credentials.remove(List.of("platform_certificates", "api_v3_key"));
        try (TeamStub stub = new TeamStub(flaw, merchant, platform.getPrivate())) {
            int status = run(stub.url(), WireJson.write(credentials), Profile.lenient);
            List<String> deviations = ids("failure");
            assertThat(status).isEqualTo(deviations.isEmpty() ? 0 : 1);
            return deviations;
        }
    }

    private int run(URI target, byte[] credentials, Profile profile, String... more) throws IOException {
        Path file = Files.write(directory.resolve("credentials.json"), credentials);
        List<String> arguments = new ArrayList<>(List.of(
                "--target", target.toString(),
                "--credentials", file.toString(),
                "--profile", profile.name(),
                "--report", directory.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** The checks whose test case has such an element. */
    private List<String> ids(String element) throws Exception {
        NodeList nodes = parse(directory.resolve("junit.xml"), "").getElementsByTagName(element);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            ids.add(((Element) nodes.item(i).getParentNode()).getAttribute("name"));
        }
        return ids;
    }

    private static Document parse(Path file, String prefix) throws Exception {
        String text = Files.readString(file);
        assertThat(text).startsWith(prefix);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
