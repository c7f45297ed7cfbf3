package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.control.ControlOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which web pages, and which names, the control API answers to. */
class ControlOriginTest {
    private static final String CROSS_SITE = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n";

    private MockWechatPayServer server;

    @BeforeEach
    void start() {
        start(ControlOptions.BESIDE_THE_GATEWAY);
    }

    private void start(ControlOptions options) {
        server = MockWechatPayServer.builder()
                .clock(FixedMock.CLOCK)
                .control(options)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String own() {
        return server.baseUrl().getAuthority();
    }

    private RawHttp.Answer ask(String line, String host, String headers) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.baseUrl().getPort());
        return RawHttp.exchange(
                address,
                "%s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .formatted(line, host, headers)
                        .getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /_mock/requests",
                "GET /_mock/events",
                "POST /_mock/reset",
                "PUT /_mock/configuration",
                "PATCH /_mock/configuration",
                "DELETE /_mock/requests",
                "OPTIONS /_mock/reset",
                "GET /_mock/",
                "GET /_mock/dashboard/main.js",
                "GET /_mock/health",
                "GET /_mock/openapi.yaml",
                "GET /_mock/docs",
                "GET /_mock/nothing",
                "POST /_mock/reset;a=b"
            })
    void refusesPagesOfOtherOriginsWhateverTheyAskFor(String line) throws Exception {
        for (String header : new String[] {
            "Origin: http://evil.test\r\n",
            "Origin: null\r\n",
            "Origin: http://127.0.0.1:1\r\n",
            "Origin: http://" + own() + ".evil.test\r\n",
            CROSS_SITE,
            "Sec-Fetch-Site: same-site\r\n"
        }) {
            RawHttp.Answer refused = ask(line, own(), header);
            assertThat(refused.status()).as(header).isEqualTo(403);
            assertThat(refused.names()).noneMatch(name -> name.startsWith("Access-Control-"));
        }
        assertThat(ask(line, "evil.test", "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /_mock//reset",
                "POST //_mock/reset",
                "POST /v3/../_mock/reset",
                "POST /%5Fmock/reset",
                "TRACE /_mock/reset"
            })
    void letsNobodyAroundThat(String line) throws Exception {
        server.world().removeContract("demoContractPaused");

        assertThat(ask(line, own(), "Origin: http://evil.test\r\n").status()).isIn(400, 403, 404, 405);

        assertThat(server.world().contract("demoContractPaused")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Origin: http://evil.test', Origin: http://evil.test",
        "Origin: null, Origin: null",
        "Sec-Fetch-Site: cross-site, Sec-Fetch-Site: cross-site"
    })
    void saysWhoIsRefusedAndWhatWouldDo(String header, String says) throws Exception {
        RawHttp.Answer refused = ask("POST /_mock/reset", own(), header + "\r\n");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).startsWith("{\"error\":").contains(says, "Open the mock's page at /_mock/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.test", "evil.test:%d", "127.0.0.1.evil.test:%d", "localhost.evil.test", "a"})
    void answersToNoNameThatIsNotTheMocksOwn(String host) throws Exception {
        RawHttp.Answer refused =
                ask("GET /_mock/requests", host.formatted(server.baseUrl().getPort()), "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).startsWith("{\"error\":").contains("--control-host", "127.0.0.1 or localhost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:%d", "localhost:%d", "LocalHost", "127.1", "192.168.0.7:8080", "[::1]:%d", "[::1]"})
    void answersToAddressesAndToLocalhost(String host) throws Exception {
        String name = host.formatted(server.baseUrl().getPort());

        assertThat(ask("GET /_mock/requests", name, "").status()).isEqualTo(200);
        assertThat(ask("POST /_mock/reset", name, "Origin: http://" + name + "\r\nSec-Fetch-Site: same-origin\r\n")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void answersToTheNamesThatWereAllowed() throws Exception {
        server.close();
        start(ControlOptions.BESIDE_THE_GATEWAY.withHosts("mock.test", "Other"));

        assertThat(ask("GET /_mock/requests", "mock.test:8080", "").status()).isEqualTo(200);
        assertThat(ask("GET /_mock/requests", "MOCK.test", "Origin: https://mock.test\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET /_mock/requests", "other", "").status()).isEqualTo(200);
        assertThat(ask("GET /_mock/requests", "another", "").status()).isEqualTo(403);
    }

    @Test
    void answersToTheNameThatItIsBoundTo() throws Exception {
        server.close();
        server = MockWechatPayServer.builder().host("localhost").start();

        assertThat(ask("GET /_mock/requests", own(), "").status()).isEqualTo(200);
    }

    @Test
    void answersToAnyNameWhereATokenIsDemanded() throws Exception {
        server.close();
        start(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"));
        String token = "Authorization: Bearer secret\r\n";

        assertThat(ask("GET /_mock/requests", "mock:8080", token).status()).isEqualTo(200);
        assertThat(ask("POST /_mock/reset", "mock:8080", token + "Origin: http://mock:8080\r\n")
                        .status())
                .isEqualTo(204);
        assertThat(ask("GET /_mock/requests", "mock:8080", token + "Origin: http://evil.test\r\n")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void opensTheStreamToNoneOfThemEither() throws Exception {
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/_mock/events?after=0"))
                    .method(method, BodyPublishers.noBody())
                    .header("Origin", "http://evil.test")
                    .build();
            HttpResponse<String> refused = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).doesNotContain("contract_changed");
        }
    }

    @Test
    void letsAPersonFollowALinkFromElsewhere() throws Exception {
        assertThat(ask("GET /_mock/", own(), CROSS_SITE + "Sec-Fetch-Dest: document\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(ask("POST /_mock/reset", own(), CROSS_SITE + "Sec-Fetch-Dest: document\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(ask("GET /_mock/docs", own(), CROSS_SITE + "Sec-Fetch-Dest: iframe\r\n")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void leavesTheGatewayAsItIs() throws Exception {
        String request = new String(SignedRequest.confirm().toBytes(), ISO_8859_1)
                .replaceFirst("\r\nHost: .*\r\n", "\r\nHost: evil.test\r\nOrigin: http://evil.test:1\r\n" + CROSS_SITE);

        assertThat(request).contains("Origin");
        assertThat(RawHttp.exchange(server.baseUrl(), request.getBytes(ISO_8859_1))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://mock", "mock:8080", "mock/", "*", "a b", ".mock"})
    void takesNamesAlone(String host) {
        assertThatThrownBy(() -> ControlOptions.BESIDE_THE_GATEWAY.withHosts(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a name alone");
    }
}
