package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import io.github.ebikecharge.conformance.kit.TeamStub.Flaw;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/** The kit passes what keeps the protocol, and names what does not. */
class ConformanceKitTest {
    private static final MockWechatPayServer WECHAT_PAY = MockWechatPayServer.start();
    private static byte[] mockCredentials;
    private static KeyPair platform;

    @TempDir
    private Path directory;

    private KitRun kit;

    @BeforeAll
    static void askForCredentials() throws Exception {
        mockCredentials = KitRun.credentials(WECHAT_PAY.baseUrl());
        platform = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    @AfterAll
    static void stop() {
        WECHAT_PAY.close();
    }

    @BeforeEach
    void begin() {
        kit = new KitRun(directory);
    }

    @ParameterizedTest
    @EnumSource
    void passesTheMock(Profile profile) throws Exception {
        int status = kit.against(WECHAT_PAY.baseUrl(), mockCredentials, profile);

        assertThat(kit.ids("failure")).as(kit.out()).isEmpty();
        assertThat(kit.ids(Outcome.WARNING)).as(kit.out()).isEmpty();
        assertThat(kit.ids("skipped")).containsExactly("probes.repeat-verifies", "rotation.every-certificate-listed");
        assertThat(status).isZero();
    }

    @Test
    void repeatsWhatWasAnsweredWithAProbe() throws Exception {
        WECHAT_PAY.inject(
                Fault.builder().kind(FaultKind.SIGNATURE_PROBE).count(1).build());

        int status = kit.against(WECHAT_PAY.baseUrl(), mockCredentials, Profile.wechat, "--only", "answers,probes");

        assertThat(kit.out()).contains("✓ answers.success-verifies", "✓ probes.repeat-verifies");
        assertThat(status).isZero();
    }

    @Test
    void repeatsAProbeAmongTheAnswersOfOneConnection() throws Exception {
        WECHAT_PAY.inject(
                Fault.builder().kind(FaultKind.SIGNATURE_PROBE).count(1).build());

        int status = kit.against(
                WECHAT_PAY.baseUrl(),
                mockCredentials,
                Profile.wechat,
                "--only",
                "transport.keep-alive,answers.all-verify,probes");

        assertThat(kit.ids(Outcome.KEPT))
                .containsExactly("transport.keep-alive", "answers.all-verify", "probes.repeat-verifies");
        assertThat(status).isZero();
    }

    @Test
    void findsNothingInAStubThatKeepsWhatIsDocumented() throws Exception {
        assertThat(deviationsOf(Flaw.NONE)).as(kit.out()).isEmpty();
    }

    @Test
    void callsADeviationOneAlsoWhereItsReportCannotBeWritten() throws Exception {
        Path taken = Files.createDirectory(directory.resolve("report.html"));

        assertThat(against(Flaw.VERIFIES_NOTHING)).isEqualTo(1);
        assertThat(kit.err()).contains("--report " + directory, taken.toString());
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
        Document page = KitRun.parse(directory.resolve("report.html"));
        String article = page.getElementsByTagName("article").item(0).getTextContent();
        assertThat(article)
                .contains("answers.parameter-error-verifies", "Source: https://pay.weixin.qq.com/")
                .contains("HTTP/1.1 400 ", "The signature does not verify over these bytes")
                .contains("curl -i --http1.1 --path-as-is", "--only answers.parameter-error-verifies");
        assertThat(page.getElementsByTagName("mark").item(0).getTextContent()).startsWith("Wechatpay-Signature: ");
        assertThat(html).doesNotContain("<script", "PRIVATE KEY");
        assertThat(kit.out()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void exitsWithTwoWhereItCannotRun() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        Path file = Files.write(directory.resolve("credentials.json"), mockCredentials);
        String mock = WECHAT_PAY.baseUrl().toString();

        assertThat(kit.execute("--target", mock)).isEqualTo(2);
        assertThat(kit.execute("--target", "ftp://x", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(kit.execute("--target", mock + "/prefix", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(kit.execute("--target", mock, "--credentials", nowhere.toString()))
                .isEqualTo(2);
        assertThat(kit.execute("--target", mock, "--credentials", file.toString(), "--only", "nothing"))
                .isEqualTo(2);
        assertThat(kit.execute("--target", "http://127.0.0.1:1", "--credentials", file.toString()))
                .isEqualTo(2);
        assertThat(kit.err())
                .contains(
                        "--credentials",
                        "ftp://x",
                        "/prefix: the paths",
                        "nowhere",
                        "--only nothing",
                        "Nothing listens at")
                .doesNotContain("\tat ");
    }

    /** Of each dead server, what it does show to be kept. */
    static Stream<Arguments> deadServers() {
        return Stream.of(
                Arguments.of(DeadServer.CLOSES_EVERY_CONNECTION, List.of()),
                Arguments.of(
                        DeadServer.KNOWS_NO_PAGE,
                        List.of(
                                "headers.casing", // of Content-Type and Content-Length
                                "transport.http-1.1",
                                "transport.content-length")),
                Arguments.of(
                        DeadServer.REFUSES_EVERY_SIGNATURE, // which is no more than the form of a refusal
                        List.of(
                                "answers.sign-error-unsigned",
                                "headers.casing",
                                "headers.content-type",
                                "headers.charset",
                                "headers.request-id",
                                "headers.request-id-number",
                                "transport.http-1.1",
                                "transport.content-length",
                                "data.compact")),
                Arguments.of(
                        DeadServer.KNOWS_NO_API,
                        List.of(
                                "headers.casing",
                                "headers.content-type",
                                "transport.http-1.1",
                                "transport.content-length",
                                "data.compact")));
    }

    @ParameterizedTest
    @MethodSource("deadServers")
    void callsNothingKeptThatADeadServerNeverShows(DeadServer server, List<String> shown) throws Exception {
        try (Acceptor socket = server.start()) {
            int status = kit.against(socket.url(), mockCredentials, Profile.wechat);

            assertThat(kit.ids(Outcome.KEPT)).containsExactlyInAnyOrderElementsOf(shown);
            assertThat(kit.ids("failure")).contains("signing.right", "schema.success", "data.key-order");
            assertThat(kit.testCases()).hasSizeGreaterThan(100);
            assertThat(status).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSES_EVERY_CONNECTION", "KNOWS_NO_PAGE"})
    void saysWhyWhatADeadServerNeverShowsIsNotLookedAt(DeadServer server) throws Exception {
        try (Acceptor socket = server.start()) {
            int status = kit.against(
                    socket.url(), mockCredentials, Profile.wechat, "--only", "answers.all-verify,data.compact");

            assertThat(kit.ids("skipped")).containsExactly("data.compact", "answers.all-verify");
            assertThat(kit.out()).contains("no answer in JSON has come", "no success has come");
            assertThat(status).isEqualTo(2);
        }
    }

    @Test
    void doesNotCallKeptWhatItCouldNotLookAt() throws Exception {
        int status = kit.against(WECHAT_PAY.baseUrl(), mockCredentials, Profile.wechat, "--only", "probes");

        assertThat(status).isEqualTo(2);
        assertThat(kit.out()).contains("nothing could be looked at");
        try (Stream<Path> files = Files.walk(directory)) {
            Path report = files.filter(file -> file.endsWith("report.html"))
                    .findFirst()
                    .orElseThrow();
            assertThat(report).content().contains(" was not held to WeChat Pay API v3</h1>");
        }
    }

    private List<String> deviationsOf(Flaw flaw) throws Exception {
        int status = against(flaw);
        List<String> deviations = kit.ids("failure");
        assertThat(status).isEqualTo(deviations.isEmpty() ? 0 : 1);
        return deviations;
    }

    private int against(Flaw flaw) throws Exception {
        ObjectNode credentials = WireJson.read(mockCredentials, ObjectNode.class);
        X509Certificate merchant =
                Pem.readCertificate(credentials.path("merchant_certificate").textValue());
        credentials.put("platform_public_key_id", TeamStub.PUBLIC_KEY_ID);
        credentials.put("platform_public_key", Pem.write(platform.getPublic()));
        credentials.remove(List.of("platform_certificates", "api_v3_key"));
        try (TeamStub stub = new TeamStub(flaw, merchant, platform.getPrivate())) {
            return kit.against(stub.url(), WireJson.write(credentials), Profile.lenient);
        }
    }
}
