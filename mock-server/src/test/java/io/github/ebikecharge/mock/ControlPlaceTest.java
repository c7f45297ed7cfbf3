package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.control.ControlOptions;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the control API listens, and whom it answers. */
class ControlPlaceTest {
    private static RawHttp.Answer ask(URI server, String target, String... headers) throws Exception {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return RawHttp.exchange(
                URI.create("http://127.0.0.1:" + server.getPort()),
                ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "Connection: close\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    private static MockWechatPayServerBuilder mock() {
        return MockWechatPayServer.builder().clock(FixedMock.CLOCK);
    }

    private static void assertUnknownToTheGateway(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Server")).isEqualTo("nginx");
    }

    @Test
    void isBesideTheGatewayAndOpenToThisMachine() throws Exception {
        try (MockWechatPayServer server = mock().start()) {
            assertThat(server.controlUrl()).contains(server.baseUrl());
            assertThat(server.controlToken()).isEmpty();
            assertThat(ask(server.baseUrl(), "/_mock/contracts").status()).isEqualTo(200);
        }
    }

    @Test
    void hasAPortOfItsOwnWhereAsked() throws Exception {
        try (MockWechatPayServer server =
                mock().control(ControlOptions.BESIDE_THE_GATEWAY.onPort(0)).start()) {
            URI control = server.controlUrl().orElseThrow();

            assertThat(control.getPort()).isNotEqualTo(server.baseUrl().getPort());
            assertThat(ask(control, "/_mock/contracts").status()).isEqualTo(200);
            assertUnknownToTheGateway(ask(server.baseUrl(), "/_mock/contracts"));
            RawHttp.Answer elsewhere = ask(control, "/v3/certificates");
            assertThat(elsewhere.status()).isEqualTo(404);
            assertThat(elsewhere.text()).startsWith("{\"error\":");
            assertThat(RawHttp.exchange(
                                    server.baseUrl(), SignedRequest.confirm().toBytes())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void leadsBrowsersFromTheGatewayToThePageAndNobodyElse() throws Exception {
        try (MockWechatPayServer server = mock().start()) {
            RawHttp.Answer led = ask(server.baseUrl(), "/", "Accept: text/html,*/*;q=0.8");

            assertThat(led.status()).isEqualTo(302);
            assertThat(led.header("Location")).endsWith("/_mock/");
            assertUnknownToTheGateway(ask(server.baseUrl(), "/"));
            assertUnknownToTheGateway(ask(server.baseUrl(), "/", "Accept: application/json"));
            assertUnknownToTheGateway(ask(server.baseUrl(), "/v3", "Accept: text/html"));
            assertUnknownToTheGateway(RawHttp.exchange(
                    server.baseUrl(),
                    "POST / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII)));
        }
        try (MockWechatPayServer server = mock().control(ControlOptions.OFF).start()) {
            assertUnknownToTheGateway(ask(server.baseUrl(), "/", "Accept: text/html"));
        }
    }

    @Test
    void letsThePageRunNoScriptAndAskNoHostButItsOwn() throws Exception {
        try (MockWechatPayServer server = mock().start()) {
            RawHttp.Answer page = ask(server.baseUrl(), "/_mock/");

            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(ask(server.baseUrl(), "/_mock/dashboard/nothing.js").status())
                    .isEqualTo(404);
            assertThat(ask(server.baseUrl(), "/_mock/dashboard/..%2Fdocs.html").status())
                    .isIn(400, 404);
        }
    }

    @Test
    void isNowhereWhereAsked() throws Exception {
        try (MockWechatPayServer server = mock().control(ControlOptions.OFF).start()) {
            assertThat(server.controlUrl()).isEmpty();
            assertUnknownToTheGateway(ask(server.baseUrl(), "/_mock/contracts"));
            assertUnknownToTheGateway(ask(server.baseUrl(), "/_mock/health"));
        }
    }

    @Test
    void demandsATokenWhereOtherMachinesCouldCall() throws Exception {
        try (MockWechatPayServer server = mock().host("0.0.0.0").start();
                MockWechatPayServer other = mock().host("0.0.0.0").start()) {
            String token = server.controlToken().orElseThrow();
            assertThat(token).matches("[0-9a-f]{32}");
            assertThat(other.controlToken()).isNotEqualTo(Optional.of(token));

            assertThat(ask(server.baseUrl(), "/_mock/contracts").status()).isEqualTo(401);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(200);
            assertThat(RawHttp.exchange(
                                    URI.create("http://127.0.0.1:"
                                            + server.baseUrl().getPort()),
                                    SignedRequest.confirm().toBytes())
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer secret2",
                "Authorization: Bearer secre",
                "Authorization: Bearer ",
                "Authorization: Basic c2VjcmV0",
                "Authorization: secret",
                "X-Token: secret"
            })
    void refusesWhoeverHasNotTheTokenAndSaysHowToSendIt(String header) throws Exception {
        try (MockWechatPayServer server = mock().control(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"))
                .start()) {
            RawHttp.Answer refused = ask(server.baseUrl(), "/_mock/contracts", header);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(refused.text()).startsWith("{\"error\":").contains("Authorization: Bearer TOKEN");
            assertThat(ask(server.baseUrl(), "/_mock/contracts", "Authorization: bearer secret")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesOneTokenAndNoneOfTwo() throws Exception {
        try (MockWechatPayServer server = mock().control(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"))
                .start()) {
            String right = "Authorization: Bearer secret";
            String wrong = "Authorization: Bearer other";

            assertThat(ask(server.baseUrl(), "/_mock/contracts", right).status())
                    .isEqualTo(200);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", right, wrong).status())
                    .isEqualTo(401);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", wrong, right).status())
                    .isEqualTo(401);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", right, right).status())
                    .isEqualTo(401);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", right + ", Bearer other")
                            .status())
                    .isEqualTo(401);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", right + "secret".repeat(1000))
                            .status())
                    .isEqualTo(401);
            assertThat(ask(server.baseUrl(), "/_mock/contracts", right + "secret".repeat(2000))
                            .status())
                    .isEqualTo(431);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_mock/events",
                "/_mock/contracts/",
                "/_mock//contracts",
                "/_mock/contracts;a=/_mock/health",
                "/_mock/contracts?/_mock/health",
                "/_mock/nothing",
                "/_mock/dashboard",
                "/_mock/credentials",
                "/_mock/documents"
            })
    void letsNobodyAroundTheToken(String target) throws Exception {
        try (MockWechatPayServer server = mock().control(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"))
                .start()) {
            assertThat(ask(server.baseUrl(), target).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_mock/health",
                "/_mock/openapi.yaml",
                "/_mock/docs",
                "/_mock/docs/swagger-ui.css",
                "/_mock/",
                "/_mock/dashboard/main.js",
                "/_mock/dashboard/signed-examples.json"
            })
    void leavesOpenWhatTellsNothing(String target) throws Exception {
        try (MockWechatPayServer server = mock().control(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"))
                .start()) {
            assertThat(ask(server.baseUrl(), target).status()).isEqualTo(200);
        }
    }

    @Test
    void showsTheDocumentAsAPageThatAsksNoOtherHost() throws Exception {
        try (MockWechatPayServer server = mock().start()) {
            RawHttp.Answer page = ask(server.baseUrl(), "/_mock/docs");

            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.text())
                    .contains("docs/swagger-ui-bundle.js")
                    .doesNotContain("http:", "https:", "\"//", "'//");
            assertThat(ask(server.baseUrl(), "/_mock/docs/swagger-ui-bundle.js").text())
                    .contains("SwaggerUIBundle");
            assertThat(ask(server.baseUrl(), "/_mock/openapi.yaml").text()).startsWith("openapi: 3.0.3\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "with space", "line\nfeed", "密钥"})
    void takesNoTokenThatAHeaderCannotCarry(String token) {
        assertThatThrownBy(() -> ControlOptions.BESIDE_THE_GATEWAY.withToken(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("visible ASCII");
    }

    @Test
    void keepsItsTokenToItself() {
        assertThat(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret").toString())
                .doesNotContain("secret");
    }
}
