package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.MockConfiguration;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** What is only assumed of the gateway can be otherwise, switch by switch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssumptionsTest {
    private static final String SERIAL = "5E860C693B8E0C5E475037A089D92A86F9568969";

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    @BeforeEach
    void defaults() {
        assume(assumptions -> assumptions);
    }

    private void assume(UnaryOperator<Assumptions.Builder> change) {
        mock.server()
                .configure(MockConfiguration.builder()
                        .assumptions(change.apply(Assumptions.builder()).build())
                        .build());
    }

    private String code(SignedRequest request) throws Exception {
        RawHttp.Answer answer = mock.send(request);
        return answer.status() + " " + answer.text().replaceFirst(".*\"message\":\"([^\"]*)\".*", "$1");
    }

    private int status(SignedRequest request) throws Exception {
        return mock.send(request).status();
    }

    @Test
    void checksParametersBeforeTheSignatureOrAfter() throws Exception {
        SignedRequest both =
                SignedRequest.confirm().edit("\"appid\"", "\"app\"").forged();
        assertThat(status(both)).isEqualTo(400);

        assume(assumptions -> assumptions.parametersBeforeSignature(false));

        assertThat(status(both)).isEqualTo(401);
    }

    @Test
    void signsRefusalsOrNot() throws Exception {
        SignedRequest unknown = SignedRequest.confirm().target("/v3/ebike/charge/contracts/unknown/confirm");
        mock.assertSigned(mock.send(unknown));

        assume(assumptions -> assumptions.errorsSigned(false));

        FixedMock.assertUnsigned(mock.send(unknown));
        mock.assertSigned(mock.send(SignedRequest.confirm()));
    }

    @Test
    void acceptsATimestampAtTheEdgeOrNot() throws Exception {
        SignedRequest atTheEdge = SignedRequest.confirm().age(Duration.ofMinutes(5));
        assertThat(status(atTheEdge)).isEqualTo(200);

        assume(assumptions -> assumptions.timestampEdgeAccepted(false));

        assertThat(status(atTheEdge)).isEqualTo(401);
        assertThat(status(SignedRequest.confirm().age(Duration.ofSeconds(299)))).isEqualTo(200);
    }

    @Test
    void comparesSerialNumbersWithTheirCaseOrWithout() throws Exception {
        SignedRequest lowerCase = SignedRequest.confirm().serialNo(SERIAL.toLowerCase(Locale.ROOT));
        assertThat(code(lowerCase)).isEqualTo("401 商户证书序列号有误。请使用签名私钥匹配的证书序列号");

        assume(assumptions -> assumptions.serialCaseSensitive(false));

        assertThat(status(lowerCase)).isEqualTo(200);
    }

    @Test
    void takesSpacesInAuthorizationOrNot() throws Exception {
        SignedRequest spaced =
                SignedRequest.confirm().editAuthorization("\",", "\" , ").editAuthorization("=\"", " = \"");
        assertThat(status(spaced)).isEqualTo(401);

        assume(assumptions -> assumptions.spacesInAuthorizationAccepted(true));

        assertThat(status(spaced)).isEqualTo(200);
    }

    @Test
    void takesANonceTwiceOrNot() throws Exception {
        assertThat(status(SignedRequest.confirm())).isEqualTo(200);
        assertThat(status(SignedRequest.confirm())).isEqualTo(200);

        assume(assumptions -> assumptions.repeatedNoncesRefused(true));

        assertThat(status(SignedRequest.confirm())).isEqualTo(200);
        RawHttp.Answer second = mock.send(SignedRequest.confirm());
        assertThat(second.text()).isEqualTo("{\"code\":\"SIGN_ERROR\",\"message\":\"Authorization不合法\"}");
        FixedMock.assertUnsigned(second);
    }

    @Test
    void refusesUnknownParametersOrNot() throws Exception {
        SignedRequest unknown = SignedRequest.confirm().edit("{\"sub_mchid\"", "{\"foo\":1,\"sub_mchid\"");
        assertThat(code(unknown)).isEqualTo("400 请求中含有未在API文档中定义的参数");

        assume(assumptions -> assumptions.unknownParametersRefused(false));

        assertThat(status(unknown)).isEqualTo(200);
    }

    @Test
    void namesARepeatedPathParameterOrCountsItAsUnknown() throws Exception {
        SignedRequest repeated = SignedRequest.confirm().edit("{\"sub_mchid\"", "{\"contract_id\":\"1\",\"sub_mchid\"");
        assertThat(code(repeated)).contains("此字段并非多重字段但被输入源");

        assume(assumptions -> assumptions.repeatedPathParametersNamed(false));

        assertThat(code(repeated)).isEqualTo("400 请求中含有未在API文档中定义的参数");
    }

    @Test
    void refusesFourByteCharactersOrNot() throws Exception {
        SignedRequest emoji = SignedRequest.confirm().edit("充电站", "\uD83D\uDD0C");
        assertThat(code(emoji)).isEqualTo("400 参数错误");

        assume(assumptions -> assumptions.fourByteCharactersRefused(false));

        assertThat(status(emoji)).isEqualTo(200);
    }

    @Test
    void limitsNoLengthUnlessAsked() throws Exception {
        SignedRequest longName = SignedRequest.confirm().edit("xxx", "x".repeat(200));
        assertThat(status(longName)).isEqualTo(200);

        assume(assumptions -> assumptions.assumedLimitsEnforced(true));

        assertThat(code(longName)).endsWith("字符数 203，大于最大值 128");
        assertThat(status(SignedRequest.confirm())).isEqualTo(200);
        assertThat(status(SignedRequest.confirm().edit("xxx", "x".repeat(125)))).isEqualTo(200);
        assertThat(code(SignedRequest.confirm().edit("xxx", "x".repeat(126)))).endsWith("字符数 129，大于最大值 128");
    }

    @Test
    void sendsRequestIdOrNot() throws Exception {
        assertThat(mock.send(SignedRequest.confirm()).header("Request-ID")).isNotNull();

        assume(assumptions -> assumptions.requestIdSent(false));

        assertThat(mock.send(SignedRequest.confirm()).header("Request-ID")).isNull();
    }

    @Test
    void refusesAsTheOlderGatewayDidWhereAsked() throws Exception {
        assume(assumptions -> assumptions.olderGateway(true));

        RawHttp.Answer missing = mock.send(SignedRequest.confirm().authorization(null));
        assertThat(missing.text()).isEqualTo("{\"code\":\"SIGN_ERROR\",\"message\":\"签名信息错误，验签失败\"}");
        assertThat(missing.header("Request-ID")).isNull();
        assertThat(code(SignedRequest.confirm().serialNo("AB".repeat(20)))).isEqualTo("401 签名错误");
        assertThat(status(SignedRequest.confirm().header("User-Agent", null))).isEqualTo(200);
        RawHttp.Answer invalid = mock.send(SignedRequest.confirm().body("{}"));
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.header("Request-ID")).isNotNull();
    }
}
