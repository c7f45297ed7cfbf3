package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The control API while requests come in: journal, explanations, configuration, faults. */
class JournalTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private FixedMock mock;

    @BeforeEach
    void start() {
        mock = new FixedMock();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        URI uri = URI.create(mock.baseUrl() + "/_mock" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        return WireJson.read(call("GET", path, "").body().getBytes(UTF_8), JsonNode.class);
    }

    @Test
    void listsRequestsNewestFirst() throws Exception {
        mock.send(SignedRequest.confirm());
        mock.send(SignedRequest.confirm().forged());
        mock.send(SignedRequest.confirm().target("/v3/nowhere"));

        JsonNode requests = get("/requests").path("requests");

        assertThat(requests.findValuesAsText("id")).containsExactly("3", "2", "1");
        assertThat(requests.findValuesAsText("status")).containsExactly("404", "401", "200");
        assertThat(requests.findValuesAsText("verdict")).containsExactly("not_checked", "refused", "verified");
        assertThat(requests.get(1).path("code").textValue()).isEqualTo("SIGN_ERROR");
        assertThat(requests.get(1).path("message").textValue()).isEqualTo("错误的签名，验签失败");
        assertThat(requests.get(2).path("method").textValue()).isEqualTo("POST");
        assertThat(requests.get(2).path("target").textValue()).isEqualTo(SignedRequest.CONFIRM);
        assertThat(requests.get(2).path("received_at").textValue()).isEqualTo("2026-11-24T16:00:00+08:00");
    }

    @Test
    void showsARequestAndItsAnswerWhole() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm());

        JsonNode detail = get("/requests/1");

        assertThat(detail.path("request_body").textValue()).isEqualTo(SignedRequest.DOCUMENTED_BODY);
        assertThat(detail.path("response_body").textValue()).isEqualTo(answer.text());
        assertThat(detail.path("request_headers").findValuesAsText("name")).contains("Authorization", "Accept");
        assertThat(detail.path("response_headers").findValuesAsText("name"))
                .contains("Wechatpay-Signature", "Request-ID");
    }

    @Test
    void keepsTheBytesOfABodyThatIsNoText() throws Exception {
        byte[] body = {'{', (byte) 0xff, 0, (byte) 0xe4, '}'};
        mock.send(SignedRequest.confirm().body(body));
        mock.send(SignedRequest.confirm());

        JsonNode detail = get("/requests/1");

        assertThat(Base64.getDecoder().decode(detail.path("request_body_base64").textValue()))
                .isEqualTo(body);
        assertThat(detail.path("request_body").textValue()).isEqualTo("{\ufffd\0\ufffd}");
        assertThat(detail.has("response_body_base64")).isFalse();
        assertThat(get("/requests/2").has("request_body_base64")).isFalse();
        assertThat(get("/requests/1/explanation").path("cause").textValue()).isEqualTo("none");
        assertThat(mock.server().takeRequest(Duration.ZERO).orElseThrow().requestBodyBase64())
                .isEqualTo("e/8A5H0=");
        mock.server().verify(ConfirmCall.confirm(), 2);
    }

    @Test
    void forgetsRequestsWhenAsked() throws Exception {
        mock.send(SignedRequest.confirm());

        assertThat(call("DELETE", "/requests", "").statusCode()).isEqualTo(204);

        assertThat(get("/requests").path("requests")).isEmpty();
        assertThat(call("GET", "/requests/1", "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/requests/1/explanation", "").body()).contains("\"error\"");
    }

    @Test
    void remembersAsManyAsItIsToldTo() throws Exception {
        mock.server().configure(MockConfiguration.builder().journalSize(2).build());
        for (int i = 0; i < 5; i++) {
            mock.send(SignedRequest.confirm());
        }

        assertThat(get("/requests").path("requests").findValuesAsText("id")).containsExactly("5", "4");
    }

    @Test
    void remembersAsManyBytesAsItIsToldToAndCountsTheRest() throws Exception {
        mock.server()
                .configure(MockConfiguration.builder().journalBytes(200_000).build());
        SignedRequest large = SignedRequest.confirm().target("/v3/nowhere").body(new byte[90_000]);
        for (int i = 0; i < 5; i++) {
            mock.send(large);
        }

        JsonNode list = get("/requests");

        assertThat(list.path("requests").findValuesAsText("id")).containsExactly("5", "4");
        assertThat(list.path("received").intValue()).isEqualTo(5);
        assertThat(list.path("dropped").intValue()).isEqualTo(3);
        assertThat(mock.server()
                        .takeRequest(Duration.ZERO)
                        .orElseThrow()
                        .summary()
                        .id())
                .isEqualTo("4");

        mock.send(large.body(new byte[400_000]));
        assertThat(get("/requests").path("requests").findValuesAsText("id")).containsExactly("6");
        assertThat(get("/requests/6").path("request_body").textValue()).hasSize(400_000);
        call("DELETE", "/requests", "");
        assertThat(get("/requests").path("dropped").intValue()).isEqualTo(5);
    }

    @Test
    void explainsWhyASignatureFailed() throws Exception {
        mock.send(SignedRequest.confirm());
        mock.send(SignedRequest.confirm().authorization(null));
        mock.send(SignedRequest.confirm().serialNo("4D3C8A7A9DD8EF8FC8B5118996C532EB7DBF77E1"));

        assertThat(get("/requests/1/explanation").path("cause").textValue()).isEqualTo("none");
        assertThat(get("/requests/2/explanation").path("cause").textValue()).isEqualTo("authorization_missing");
        JsonNode swapped = get("/requests/3/explanation");
        assertThat(swapped.path("cause").textValue()).contains("platform");
        assertThat(swapped.at("/text/en").textValue()).isNotEmpty();
        assertThat(swapped.at("/text/zh").textValue()).matches(".*\\p{IsHan}.*");
    }

    @Test
    void explainsInAHeaderOnlyWhereAsked() throws Exception {
        SignedRequest unsigned = SignedRequest.confirm().authorization(null);
        RawHttp.Answer plain = mock.send(unsigned);
        assertThat(plain.header("Mock-Explanation")).isNull();

        mock.server()
                .configure(MockConfiguration.builder().explanationHeader(true).build());

        RawHttp.Answer explained = mock.send(unsigned);
        assertThat(explained.header("Mock-Explanation")).matches("authorization_missing: [ -~]+");
        assertThat(explained.text()).isEqualTo(plain.text());
        assertThat(mock.send(SignedRequest.confirm()).header("Mock-Explanation"))
                .isNull();
    }

    @Test
    void namesTheFaultThatStruck() throws Exception {
        assertThat(call("POST", "/faults", "{\"kind\":\"signature_probe\",\"count\":1}")
                        .statusCode())
                .isEqualTo(200);
        mock.send(SignedRequest.confirm());
        mock.send(SignedRequest.confirm());

        JsonNode requests = get("/requests").path("requests");
        assertThat(requests.get(1).path("fault").textValue()).isEqualTo("signature_probe");
        assertThat(requests.get(0).has("fault")).isFalse();
    }

    @Test
    void strikesTheContractTheShareAndTheOperationThatAFaultNames() throws Exception {
        mock.server()
                .inject(Fault.builder()
                        .kind(FaultKind.SYSTEM_ERROR)
                        .contractId("another")
                        .build());
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
        assertThat(call("DELETE", "/faults", "").statusCode()).isEqualTo(204);

        Fault half =
                Fault.builder().kind(FaultKind.SYSTEM_ERROR).rate(0.5).seed(7L).build();
        String first = strikes(half);
        assertThat(first).contains("500").contains("200").isEqualTo(strikes(half));
    }

    private String strikes(Fault fault) throws IOException {
        mock.server()
                .configure(MockConfiguration.builder().faults(List.of(fault)).build());
        StringBuilder statuses = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            statuses.append(mock.send(SignedRequest.confirm()).status()).append(' ');
        }
        return statuses.toString();
    }

    @Test
    void leavesFaultsForCallsThatWouldHaveSucceeded() throws Exception {
        mock.server()
                .inject(Fault.builder().kind(FaultKind.SYSTEM_ERROR).count(1).build());

        assertThat(mock.send(SignedRequest.confirm().forged()).status()).isEqualTo(401);
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(500);
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"asumptions\":{}} | asumptions",
                "{\"assumptions\":{\"older\":true}} | assumptions.older",
                "{\"assumptions\":{\"older_gateway\":\"perhaps\"}} | assumptions.older_gateway",
                "{\"faults\":[{\"kind\":\"boredom\"}]} | boredom",
                "{\"faults\":[{}]} | faults[0].kind",
                "{\"faults\":[{\"kind\":\"slow\",\"rate\":2}]} | faults[0].rate",
                "{\"journal_size\":-1} | journal_size",
                "[] | MockConfiguration",
                "{ | JSON"
            })
    void refusesAConfigurationThatDoesNotFitAndNamesWhatDoesNot(String json, String named) throws Exception {
        String before = call("GET", "/configuration", "").body();

        HttpResponse<String> refusal = call("PUT", "/configuration", json);

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(WireJson.read(refusal.body().getBytes(UTF_8), JsonNode.class)
                        .path("error")
                        .textValue())
                .contains(named);
        assertThat(call("GET", "/configuration", "").body()).isEqualTo(before);
    }

    @Test
    void takesWhatItShows() throws Exception {
        String shown = call("GET", "/configuration", "").body();

        assertThat(call("PUT", "/configuration", shown).body()).isEqualTo(shown);
    }
}
