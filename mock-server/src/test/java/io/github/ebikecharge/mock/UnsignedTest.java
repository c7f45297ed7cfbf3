package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UnsignedRequests;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Callers that cannot sign: let through on demand, never silently, or helped to a signature. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnsignedTest {
    private static final JsonMapper JSON = new JsonMapper();

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
    void allow() {
        set(UnsignedRequests.ALLOW);
    }

    private void set(UnsignedRequests unsigned) {
        mock.server().configure(MockConfiguration.builder().unsigned(unsigned).build());
    }

    private RawHttp.Answer control(String method, String target, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        return RawHttp.exchange(
                mock.baseUrl(),
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(method, target, bytes.length, body)
                        .getBytes(UTF_8));
    }

    private JsonNode lastRequest() throws IOException {
        return JSON.readTree(control("GET", "/_mock/requests", "").body())
                .path("requests")
                .path(0);
    }

    @Test
    void refusesARequestWithoutASignatureUnlessItIsAllowed() throws Exception {
        set(UnsignedRequests.REFUSE);

        RawHttp.Answer answer = mock.send(SignedRequest.confirm().authorization(null));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Mock-Unsigned")).isNull();
        assertThat(lastRequest().path("verdict").textValue()).isEqualTo("refused");
    }

    @Test
    void letsARequestWithoutASignatureThroughAndSaysSo() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().authorization(null));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo(mock.send(SignedRequest.confirm()).text())
                .contains("charging_token");
        assertThat(answer.header("Mock-Unsigned")).contains("WeChat Pay would answer 401");
        mock.assertSigned(answer);
    }

    @Test
    void writesItIntoTheJournal() throws Exception {
        mock.send(SignedRequest.confirm().authorization(null));

        assertThat(lastRequest().path("verdict").textValue()).isEqualTo("unsigned");
    }

    @Test
    void marksRefusalsToo() throws Exception {
        RawHttp.Answer answer =
                mock.send(SignedRequest.confirm().edit("\"appid\"", "\"app\"").authorization(null));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Mock-Unsigned")).isNotNull();
        mock.assertSigned(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "WECHATPAY2-SHA256-RSA2048 mchid=\"1230000109\""})
    void refusesWhatIsWronglySignedAllTheSame(String authorization) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().authorization(authorization));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Mock-Unsigned")).isNull();
        assertThat(mock.send(SignedRequest.confirm().forged()).status()).isEqualTo(401);
    }

    @Test
    void leavesSignedRequestsUnmarked() throws Exception {
        assertThat(mock.send(SignedRequest.confirm()).header("Mock-Unsigned")).isNull();
        assertThat(lastRequest().path("verdict").textValue()).isEqualTo("verified");
    }

    @Test
    void signsForWhoeverAsks() throws Exception {
        set(UnsignedRequests.REFUSE);
        String body =
                "{ \"appid\" : \"wx47c677487ce3ac47\",\n\"charge_info\":{\"start_time\":\"2017-08-26T09:43:39+08:00\","
                        + "\"charging_station_name\":\"站\",\"charging_gun_number\":\"1\",\"device_id\":\"2\"}}";
        SignedRequest confirm = SignedRequest.confirm().body(body);
        String wish = JSON.createObjectNode()
                .put("target", "/v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm")
                .put("body", body)
                .toString();

        RawHttp.Answer signed = control("POST", "/_mock/sign", wish);
        RawHttp.Answer answer = mock.send(confirm.authorization(
                JSON.readTree(signed.body()).path("authorization").textValue()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void signsARequestWithoutABody() throws Exception {
        RawHttp.Answer signed = control("POST", "/_mock/sign", "{\"method\":\"GET\",\"target\":\"/v3/certificates\"}");

        assertThat(mock.send(SignedRequest.certificates()
                                .authorization(JSON.readTree(signed.body())
                                        .path("authorization")
                                        .textValue()))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}", "{\"target\":\"v3\"}", "{\"target\":\"/a b\"}", "{\"target\":\"/\",\"method\":\"get\"}",
                "{\"target\":\"/\",\"url\":\"/\"}", "{\"target\":\"/\",\"body\":{}}", "[]", ""
            })
    void saysWhatItCannotSign(String wish) throws Exception {
        RawHttp.Answer answer = control("POST", "/_mock/sign", wish);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").textValue())
                .containsAnyOf("target", "method", "url", "body", "JSON", "value");
    }
}
