package io.github.ebikecharge.mock;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes of the head of an answer. Some clients tell {@code Wechatpay-Nonce} from {@code wechatpay-nonce}, so names
 * are compared as they are spelled.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderCasingTest {
    /** Those of the gateway, in its order, but for {@code Content-Length}: the server library writes it last. */
    private static final List<String> UNSIGNED = List.of(
            "Server",
            "Date",
            "Content-Type",
            "Connection",
            "Keep-Alive",
            "Cache-Control",
            "X-Content-Type-Options",
            "Request-ID",
            "Content-Language",
            "Content-Length");

    private static final List<String> SIGNED = List.of(
            "Server",
            "Date",
            "Content-Type",
            "Connection",
            "Keep-Alive",
            "Cache-Control",
            "X-Content-Type-Options",
            "Request-ID",
            "Content-Language",
            "Wechatpay-Nonce",
            "Wechatpay-Signature",
            "Wechatpay-Timestamp",
            "Wechatpay-Serial",
            "Wechatpay-Signature-Type",
            "Content-Length");

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    @Test
    void spellsTheHeadersOfSuccessAsTheGatewayDoes() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm());

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.names()).isEqualTo(SIGNED);
        assertThat(answer.header("Server")).isEqualTo("nginx");
        assertThat(answer.header("Date")).isEqualTo("Tue, 24 Nov 2026 08:00:00 GMT");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("Content-Length")).isEqualTo("41");
        assertThat(answer.header("Connection")).isEqualTo("keep-alive");
        assertThat(answer.header("Keep-Alive")).isEqualTo("timeout=8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, must-revalidate");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Request-ID")).matches("[0-9A-F]+-0");
        assertThat(answer.header("Content-Language")).isEqualTo("zh-CN");
        assertThat(answer.header("Wechatpay-Nonce")).matches("[0-9a-f]{32}");
        assertThat(answer.header("Wechatpay-Signature")).matches("[A-Za-z0-9+/]{342}==");
        assertThat(answer.header("Wechatpay-Timestamp")).isEqualTo("1795507200");
        assertThat(answer.header("Wechatpay-Serial")).matches("[1-9A-F][0-9A-F]{39}");
        assertThat(answer.header("Wechatpay-Signature-Type")).isEqualTo("WECHATPAY2-SHA256-RSA2048");
    }

    @Test
    void leavesTheFiveSignatureHeadersOutOf401() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().authorization(null));

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
        assertThat(answer.names()).isEqualTo(UNSIGNED);
        assertThat(answer.header("Content-Length")).isEqualTo("125");
    }

    @Test
    void keepsTheHeadersOfAnEmptyAnswer() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().target("/v3/nothing"));

        assertThat(answer.names()).isEqualTo(UNSIGNED);
        assertThat(answer.header("Content-Length")).isEqualTo("0");
    }

    @Test
    void echoesALanguageThatTheGatewayKnows() throws Exception {
        assertThat(mock.send(SignedRequest.confirm().header("Accept-Language", "en"))
                        .header("Content-Language"))
                .isEqualTo("en");
        assertThat(mock.send(SignedRequest.confirm().header("Accept-Language", "fr"))
                        .header("Content-Language"))
                .isEqualTo("zh-CN");
    }

    @Test
    void answersSeveralRequestsOnOneConnection() throws Exception {
        try (RawHttp connection = new RawHttp(mock.baseUrl())) {
            for (int i = 0; i < 3; i++) {
                connection.send(SignedRequest.confirm().toBytes());
                mock.assertSigned(connection.receive());
                connection.send(SignedRequest.confirm().forged().toBytes());
                assertThat(connection.receive().status()).isEqualTo(401);
            }
        }
    }

    @Test
    void answersRequestsThatCameTogetherInTheirOrder() throws Exception {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        together.writeBytes(SignedRequest.confirm().toBytes());
        together.writeBytes(SignedRequest.certificates().toBytes());
        together.writeBytes(SignedRequest.confirm().target("/v3/nothing").toBytes());
        together.writeBytes(SignedRequest.confirm().toBytes());
        try (RawHttp connection = new RawHttp(mock.baseUrl())) {
            connection.send(together.toByteArray());

            assertThat(connection.receive().text()).startsWith("{\"charging_token\":");
            assertThat(connection.receive().text()).startsWith("{\"data\":");
            assertThat(connection.receive().status()).isEqualTo(404);
            assertThat(connection.receive().text()).startsWith("{\"charging_token\":");
        }
    }

    @Test
    void closesTheConnectionOnRequest() throws Exception {
        try (RawHttp connection = new RawHttp(mock.baseUrl())) {
            connection.send(
                    SignedRequest.confirm().header("Connection", "close").toBytes());
            RawHttp.Answer answer = connection.receive();

            mock.assertSigned(answer);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.names()).doesNotContain("Keep-Alive").contains("Content-Length");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void answersHttp10AndCloses() throws Exception {
        try (RawHttp connection = new RawHttp(mock.baseUrl())) {
            connection.send(SignedRequest.confirm().version("HTTP/1.0").toBytes());
            RawHttp.Answer answer = connection.receive();

            mock.assertSigned(answer);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.names()).doesNotContain("Keep-Alive", "Transfer-Encoding");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void neverOffersAnotherProtocol() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm()
                .header("Connection", "Upgrade, HTTP2-Settings")
                .header("Upgrade", "h2c")
                .header("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"));

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.names()).doesNotContain("Upgrade");
    }

    @Test
    void letsACallerThatAsksFirstGoOn() throws Exception {
        byte[] request =
                SignedRequest.confirm().header("Expect", "100-continue").toBytes();
        int headLength = new String(request, UTF_8).indexOf("\r\n\r\n") + 4;
        try (RawHttp connection = new RawHttp(mock.baseUrl())) {
            connection.send(Arrays.copyOf(request, headLength));
            RawHttp.Answer interim = connection.receive();
            assertThat(interim.statusLine()).isEqualTo("HTTP/1.1 100 Continue");

            connection.send(Arrays.copyOfRange(request, headLength, request.length));
            mock.assertSigned(connection.receive());
        }
    }
}
