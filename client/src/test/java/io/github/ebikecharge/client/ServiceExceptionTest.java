package io.github.ebikecharge.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import java.io.IOException;
import java.util.HexFormat;
import mockwebserver3.MockResponse;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.NOW;
import static io.github.ebikecharge.client.Platform.REQUEST_ID;
import static io.github.ebikecharge.client.Platform.signed;
import static io.github.ebikecharge.client.Platform.unsigned;
import static org.assertj.core.api.Assertions.assertThat;

/** Refusals: what WeChat Pay says is told in full, whatever it looks like and whether signed or not. */
class ServiceExceptionTest {
    private final Platform platform = new Platform();

    @AfterEach
    void close() {
        platform.close();
    }

    /** Wire reference 4.3 to 4.5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | {\"code\":\"SIGN_ERROR\",\"message\":\"Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》\"} | SIGN_ERROR | Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》 |",
                "401 | {\"code\":\"SIGN_ERROR\",\"message\":\"Http头Authorization中的timestamp与发起请求的时间不得超过5分钟\"} | SIGN_ERROR | Http头Authorization中的timestamp与发起请求的时间不得超过5分钟 |",
                "401 | {\"code\":\"SIGN_ERROR\",\"detail\":{\"detail\":{\"issue\":\"sign not match\"},\"field\":\"signature\",\"location\":\"authorization\",\"sign_information\":{\"method\":\"GET\",\"sign_message_length\":85,\"truncated_sign_message\":\"GET\\n\",\"url\":\"/v3\"}},\"message\":\"错误的签名，验签失败\"} | SIGN_ERROR | 错误的签名，验签失败 | {\"detail\":{\"issue\":\"sign not match\"},\"field\":\"signature\",\"location\":\"authorization\",\"sign_information\":{\"method\":\"GET\",\"sign_message_length\":85,\"truncated_sign_message\":\"GET\\n\",\"url\":\"/v3\"}}",
                "400 | {\"code\":\"INVALID_REQUEST\",\"message\":\"Http头缺少Accept或User-Agent\"} | INVALID_REQUEST | Http头缺少Accept或User-Agent |",
                "400 | {\"code\":\"PARAM_ERROR\",\"detail\":{\"location\":\"body\",\"value\":\"\"},\"message\":\"输入源“/body/appid”映射到字段“公众号ID”必填性规则校验失败，此字段为必填项\"} | PARAM_ERROR | 输入源“/body/appid”映射到字段“公众号ID”必填性规则校验失败，此字段为必填项 | {\"location\":\"body\",\"value\":\"\"}",
                "400 | {\"code\":\"PARAM_ERROR\",\"detail\":{\"location\":null,\"value\":[\"/body/payer/openid\"]},\"message\":\"请求中含有未在API文档中定义的参数\"} | PARAM_ERROR | 请求中含有未在API文档中定义的参数 | {\"location\":null,\"value\":[\"/body/payer/openid\"]}",
                "400 | {\"code\":\"PARAM_ERROR\",\"detail\":{\"location\":\"uri_template\",\"value\":4},\"message\":\"字节数 4\"} | PARAM_ERROR | 字节数 4 | {\"location\":\"uri_template\",\"value\":4}",
                "403 | {\"code\":\"NO_AUTH\",\"message\":\"商户暂无权限使用此服务\\t\"} | NO_AUTH | `商户暂无权限使用此服务\t` |",
                "404 | {\"code\":\"RESOURCE_NOT_EXISTS\",\"detail\":\"text\",\"message\":\"m\"} | RESOURCE_NOT_EXISTS | m | \"text\"",
                "429 | {\"code\":\"FREQUENCY_LIMITED\",\"detail\":null,\"message\":\"m\"} | FREQUENCY_LIMITED | m | null",
                "500 | {\"code\":\"SYSTEM_ERROR\",\"message\":\"系统异常，请稍后重试\"} | SYSTEM_ERROR | 系统异常，请稍后重试 |"
            })
    void tellsAnErrorAsItWasReceived(int status, String body, String code, String message, String detail) {
        for (MockResponse.Builder answer : new MockResponse.Builder[] {unsigned(status, body), signed(status, body)}) {
            var thrown = refusal(answer);

            assertThat(thrown.httpStatus()).isEqualTo(status);
            assertThat(thrown.code()).contains(code);
            assertThat(thrown.detail().map(JsonNode::toString).orElse(null)).isEqualTo(detail);
            assertThat(thrown.rawBody()).isEqualTo(body);
            assertThat(thrown.requestId()).contains(REQUEST_ID);
            assertThat(thrown).hasMessage("%d %s: %s (Request-ID %s)".formatted(status, code, message, REQUEST_ID));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html><center><h1>502 Bad Gateway</h1></center></html>",
                "[]",
                "null",
                "5",
                "\"SYSTEM_ERROR\"",
                "{}",
                "{",
                "{\"code\":null}",
                "{\"code\":null,\"message\":null}",
                "{\"code\":[]}",
                "{\"code\":\"A\",\"code\":\"B\"}"
            })
    void tellsABodyThatIsNoErrorWithoutACode(String body) {
        var thrown = refusal(unsigned(502, body));

        assertThat(thrown.httpStatus()).isEqualTo(502);
        assertThat(thrown.code()).isEmpty();
        assertThat(thrown.detail()).isEmpty();
        assertThat(thrown.rawBody()).isEqualTo(body);
        assertThat(thrown).hasMessage("502 without a code: without a message (Request-ID " + REQUEST_ID + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7b 22 b2 ce ca fd", "00 00 00 7b ff ff ff ff", "ff fe 00 00 ff ff ff ff", "fe ff d8 00"})
    void tellsABodyThatIsNotUtf8(String hex) {
        var thrown = refusal(unsigned(400, HexFormat.ofDelimiter(" ").parseHex(hex)));

        assertThat(thrown.httpStatus()).isEqualTo(400);
        assertThat(thrown.code()).isEmpty();
        assertThat(thrown.rawBody()).contains("\uFFFD");
    }

    @Test
    void staysOnOneLine() {
        var thrown = refusal(unsigned(
                500, "{\"code\":\"A\\n2026 INFO forged\",\"message\":\"b\\r\\u0085\\u2028\\u2029\\u001b[2Jc\"}"));

        assertThat(thrown).hasMessage("500 A 2026 INFO forged: b     [2Jc (Request-ID " + REQUEST_ID + ")");
        assertThat(thrown.code()).contains("A\n2026 INFO forged");
    }

    @Test
    void tellsAVeryLargeBody() {
        var value = "x".repeat(1_000_000);
        var thrown = refusal(
                unsigned(400, "{\"code\":\"PARAM_ERROR\",\"detail\":{\"value\":\"" + value + "\"},\"message\":\"m\"}"));

        assertThat(thrown.code()).contains("PARAM_ERROR");
        assertThat(thrown.detail().orElseThrow().path("value").textValue()).isEqualTo(value);
        assertThat(thrown.getMessage()).hasSizeLessThan(200);
    }

    @Test
    void tellsABodyNestedTooDeeplyToRead() {
        var thrown = refusal(unsigned(400, "[".repeat(100_000)));

        assertThat(thrown.code()).isEmpty();
        assertThat(thrown.rawBody()).hasSize(100_000);
    }

    @Test
    void tellsAnErrorWithoutRequestId() {
        var thrown = refusal(
                unsigned(401, "{\"code\":\"SIGN_ERROR\",\"message\":\"签名错误\"}").removeHeader("Request-ID"));

        assertThat(thrown.requestId()).isEmpty();
        assertThat(thrown).hasMessage("401 SIGN_ERROR: 签名错误 (Request-ID not given)");
    }

    @Test
    void tellsAnErrorWhoseSignatureIsBroken() {
        var answer = signed(403, "{\"code\":\"NO_AUTH\",\"message\":\"m\"}").setHeader("Wechatpay-Signature", "QUJD");

        assertThat(refusal(answer).code()).contains("NO_AUTH");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 206})
    void takesNoTokenFromASignedSuccessOfAnotherStatus(int status) {
        var thrown = refusal(signed(status, GOOD));

        assertThat(thrown.httpStatus()).isEqualTo(status);
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @Test
    void tellsASigned204() {
        assertThat(refusal(signed(204, "")).httpStatus()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void followsNoRedirect(int status) {
        var thrown = refusal(unsigned(status, "").setHeader("Location", platform.server.url("/elsewhere")));

        assertThat(thrown.httpStatus()).isEqualTo(status);
        assertThat(platform.server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"503, Retry-After, 0", "408, Connection, close", "401, WWW-Authenticate, Basic realm=\"x\""})
    void sendsOnceWhateverTheAnswerInvitesTo(int status, String name, String value) {
        platform.failure(ServiceException.class, unsigned(status, "").setHeader(name, value));

        assertThat(platform.server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "202, true",
        "302, true",
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "405, false",
        "429, false",
        "500, true",
        "501, true",
        "502, true",
        "503, true",
        "504, true"
    })
    void tellsWhetherTheRequestMayBeInWork(int status, boolean unknown) {
        assertThat(refusal(signed(status, "{}")).outcomeUnknown()).isEqualTo(unknown);
    }

    @Test
    void readsACompressedError() throws IOException {
        var body = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(body))) {
            gzip.writeUtf8("{\"code\":\"NO_AUTH\",\"message\":\"m\"}");
        }

        assertThat(refusal(unsigned(403, "")
                                .setHeader("Content-Encoding", "gzip")
                                .body(body))
                        .code())
                .contains("NO_AUTH");
    }

    @Test
    void tellsTheNumberOfTheErrorBehindTheRequestId() {
        assertThat(refusal(unsigned(401, "").setHeader("Request-ID", "08F5B8C2B506-268443699"))
                        .errorNumber())
                .hasValue(268443699);
        assertThat(refusal(unsigned(401, "").setHeader("Request-ID", "08F5B8C2B506"))
                        .errorNumber())
                .isEmpty();
        assertThat(refusal(unsigned(401, "").removeHeader("Request-ID")).errorNumber())
                .isEmpty();
    }

    @Test
    void tellsWhatWasSignedAfterA401AndNoOther() {
        String message = refusal(unsigned(401, "")).signedMessage().orElseThrow();

        var request = platform.takeRequest();
        assertThat(message)
                .startsWith("POST\n/v3/ebike/charge/contracts/" + CONTRACT_ID + "/confirm\n" + NOW + "\n")
                .endsWith("\n" + request.getBody().utf8() + "\n");
        assertThat(refusal(unsigned(400, "")).signedMessage()).isEmpty();
    }

    @Test
    void tellsWhetherTheRefusalVerifiesAndHidesItInNoCase() {
        String error = "{\"code\":\"NO_AUTH\",\"message\":\"m\"}";

        assertThat(refusal(signed(403, error)).signatureFault()).isEmpty();
        assertThat(refusal(unsigned(403, error)).signatureFault()).contains(Reason.MISSING_HEADER);
        ServiceException forged = refusal(signed(403, error).body("{\"code\":\"SIGN_ERROR\"}"));
        assertThat(forged.signatureFault()).contains(Reason.SIGNATURE_MISMATCH);
        assertThat(forged.code()).contains("SIGN_ERROR");
    }

    private ServiceException refusal(MockResponse.Builder answer) {
        return platform.failure(ServiceException.class, answer);
    }
}
