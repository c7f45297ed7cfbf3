package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.OpenApiDocument;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.control.ControlOptions;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The control API answers as its document says, with every status that the document knows. */
@Timeout(60)
class ControlDocumentTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CONTRACT = "/_mock/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private final Set<String> seen = new TreeSet<>();
    private MockWechatPayServer wechatPay;
    private OpenApiDocument document;

    @BeforeEach
    void start() throws Exception {
        wechatPay = MockWechatPayServer.start();
        document = new OpenApiDocument(HTTP.send(
                        HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + "/_mock/openapi.yaml"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    @AfterEach
    void stop() {
        wechatPay.close();
    }

    private String confirm(String contractId) {
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
                .build()) {
            return client.confirmCharge(contractId, ConfirmChargeRequest.example())
                    .chargingToken();
        }
    }

    /** Asks, and holds the answer to the document. */
    private String ask(String method, String path, String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        hold(document.operation(method, path).orElseThrow(), answer);
        return answer.body();
    }

    private void hold(OpenApiDocument.Operation operation, HttpResponse<String> answer) {
        assertThat(document.faultsOfAnswer(
                        operation,
                        answer.statusCode(),
                        name -> answer.headers().firstValue(name).orElse(null),
                        answer.body()))
                .as(operation.id())
                .isEmpty();
        seen.add(operation.id() + " " + answer.statusCode());
    }

    @Test
    void answersAsItsDocumentSaysWithEveryStatus() throws Exception {
        askForTheMockItself();
        askForContracts();
        askForTokensAndNotices();
        askForRequests();
        askForTheClock();
        ask("POST", "/_mock/reset", "", 204);
        ask("GET", "/_mock/events?after=x", "", 400);
        askWithoutToken();
        askAsAPageFromElsewhere();
        listen();
        letTooManyListen();
        askWithoutItsStore();

        Set<String> documented = document.statuses();
        documented.remove("getDocumentation 200"); // needs the WebJar, which embedders do without
        assertThat(seen).containsExactlyElementsOf(documented);
    }

    private void askForTheMockItself() throws Exception {
        ask("GET", "/_mock/health", "", 200);
        ask("GET", "/_mock/", "", 200);
        ask("GET", "/_mock/credentials", "", 200);
        String configuration = ask("GET", "/_mock/configuration", "", 200);
        ask("PUT", "/_mock/configuration", configuration, 200);
        ask("PUT", "/_mock/configuration", "{\"notices\":{\"webhook_url\":\"ftp://a\"}}", 400);
        ask("PATCH", "/_mock/configuration", "{\"notices\":{\"answer\":\"CONFIRMED\"}}", 200);
        ask("PATCH", "/_mock/configuration", "{\"notices\":{\"answer\":\"PERHAPS\"}}", 400);
        ask("PATCH", "/_mock/configuration", "{\"notices\":null}", 200);
        ask("POST", "/_mock/faults", "{\"kind\":\"slow\"}", 200);
        ask("POST", "/_mock/faults", "{\"kind\":\"quick\"}", 400);
        ask("DELETE", "/_mock/faults?kind=slow", "", 204);
        ask("DELETE", "/_mock/faults?kind=quick", "", 400);
        ask("GET", "/_mock/openapi.yaml", "", 200);
        ask("POST", "/_mock/sign", "{\"method\":\"GET\",\"target\":\"/v3/certificates\"}", 200);
        ask("POST", "/_mock/sign", "{\"method\":\"GET\"}", 400);
        ask(
                "PUT",
                "/_mock/scenarios",
                "{\"scenarios\":[{\"name\":\"a\",\"steps\":[{\"answer\":\"slow\",\"times\":2}]}]}",
                200);
        ask("PUT", "/_mock/scenarios", "{\"scenarios\":[{\"name\":\"a\",\"steps\":[{\"answer\":\"quick\"}]}]}", 400);
        ask("GET", "/_mock/scenarios", "", 200);
        ask("DELETE", "/_mock/scenarios", "", 204);
        ask("GET", "/_mock/docs", "", 404);
    }

    private void askForContracts() throws Exception {
        ask("GET", "/_mock/contracts", "", 200);
        ask("GET", CONTRACT, "", 200);
        ask("GET", CONTRACT + "0", "", 404);
        ask("PUT", CONTRACT + "0", "{\"state\":\"PAUSE\",\"appid\":\"wx47c677487ce3ac47\"}", 200);
        ask("PUT", CONTRACT + "0", "{\"state\":\"OPEN\"}", 400);
        ask("PUT", CONTRACT + "0", "", 400);
        assertThatThrownBy(() -> confirm("aAfixCs13LsdKPpfZfDkk2189ssXjfx0")).isInstanceOf(ServiceException.class);
        ask("DELETE", CONTRACT + "0", "", 204);
        ask("DELETE", CONTRACT + "0", "", 404);
    }

    private void askForTokensAndNotices() throws Exception {
        String token = "/_mock/tokens/" + confirm("aAfixCs13LsdKPpfZfDkk2189ssXjfx");
        ask("GET", "/_mock/tokens", "", 200);
        ask("GET", token, "", 200);
        ask("GET", token + "x", "", 404);
        ask("POST", token + "/use", "", 200);
        ask("POST", token + "/use", "", 409);
        ask("POST", token + "x/use", "", 404);
        ask("GET", token, "", 200);
        ask("GET", "/_mock/notices", "", 200);
        ask("GET", "/_mock/notices/1", "", 200);
        ask("GET", "/_mock/notices/2", "", 404);
        ask("POST", "/_mock/notices/1/answer", "{\"answer\":\"WAITING\"}", 400);
        ask("POST", "/_mock/notices/1/answer", "{}", 400);
        ask("POST", "/_mock/notices/1/answer", "{\"answer\":\"CONFIRMED\"}", 200);
        ask("POST", "/_mock/notices/1/answer", "{\"answer\":\"CONFIRMED\"}", 409);
        ask("POST", "/_mock/notices/2/answer", "{\"answer\":\"CONFIRMED\"}", 404);
        ask("GET", "/_mock/notices", "", 200);
    }

    private void askForRequests() throws Exception {
        ask("GET", "/_mock/requests", "", 200);
        ask("GET", "/_mock/requests/1", "", 200);
        ask("GET", "/_mock/requests/3", "", 404);
        ask("GET", "/_mock/requests/1/explanation", "", 200);
        ask("GET", "/_mock/requests/3/explanation", "", 404);
        ask("POST", "/_mock/verifications", "{\"device_id\":\"1\",\"times\":2}", 200);
        ask("POST", "/_mock/verifications", "{\"times\":-1}", 400);
        ask("DELETE", "/_mock/requests", "", 204);
    }

    private void askForTheClock() throws Exception {
        confirm("aAfixCs13LsdKPpfZfDkk2189ssXjfx"); // its token expires when the clock is moved
        ask("GET", "/_mock/clock", "", 200);
        ask("PUT", "/_mock/clock", "{\"skew_ms\":-301000}", 200);
        ask("PUT", "/_mock/clock", "{\"fixed_at\":\"2026-11-24T12:00:00+08:00\"}", 200);
        ask("PUT", "/_mock/clock", "{}", 400);
        ask("PUT", "/_mock/clock", "{\"skew_ms\":1,\"fixed_at\":\"2026-11-24T12:00:00+08:00\"}", 400);
        ask("PUT", "/_mock/clock", "{\"fixed_at\":\"noon\"}", 400);
        ask("POST", "/_mock/clock/advance", "{\"by_ms\":3155760000000}", 200);
        ask("GET", "/_mock/tokens", "", 200); // a token expires at the latest when somebody looks
        ask("POST", "/_mock/clock/advance", "{\"by_ms\":9223372036854775807}", 400);
        ask("DELETE", "/_mock/clock", "", 200);
    }

    /** Asks for everything without the token that is demanded. */
    private void askWithoutToken() throws Exception {
        try (MockWechatPayServer closed = MockWechatPayServer.builder()
                .control(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"))
                .start()) {
            askForEverything(closed, "Accept", "*/*", 401);
        }
    }

    private void askAsAPageFromElsewhere() throws Exception {
        askForEverything(wechatPay, "Sec-Fetch-Site", "cross-site", 403);
    }

    /** Asks for every operation, but not for the open ones where the token is missing. */
    private void askForEverything(MockWechatPayServer server, String header, String value, int status)
            throws Exception {
        for (Map.Entry<String, JsonNode> path : document.root().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                if (status != 401 || operation.getValue().path("security").isMissingNode()) {
                    URI uri = URI.create(
                            server.baseUrl() + path.getKey().replace("{", "").replace("}", ""));
                    HttpRequest request = HttpRequest.newBuilder(uri)
                            .header(header, value)
                            .method(method, BodyPublishers.noBody())
                            .build();
                    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
                    assertThat(answer.statusCode()).as(uri.toString()).isEqualTo(status);
                    hold(new OpenApiDocument.Operation(method, path.getKey(), operation.getValue()), answer);
                }
            }
        }
    }

    /** Every event since the start fits, whatever it tells. */
    private void listen() throws Exception {
        Set<String> types = new TreeSet<>();
        try (Events events = new Events(wechatPay)) {
            JsonNode event;
            do {
                event = events.next();
                assertThat(document.faults("Event", event.toString())).isEmpty();
                types.add(event.path("type").textValue());
            } while (!event.path("type").textValue().equals("reset"));
        }
        seen.add("streamEvents 200");
        assertThat(types)
                .contains(
                        "contract_removed",
                        "token_used",
                        "token_expired",
                        "notice_answered",
                        "configuration_changed",
                        "clock_changed");
    }

    private void letTooManyListen() throws Exception {
        HttpRequest listening = HttpRequest.newBuilder(wechatPay.baseUrl().resolve("/_mock/events"))
                .build();
        List<InputStream> streams = new ArrayList<>();
        try {
            HttpResponse<InputStream> answer;
            do {
                answer = HTTP.send(listening, BodyHandlers.ofInputStream());
                streams.add(answer.body());
            } while (answer.statusCode() == 200);
            assertThat(streams).hasSizeBetween(100, 101); // who left last may be missed only later
            assertThat(answer.statusCode()).isEqualTo(429);
            HttpResponse<InputStream> refusal = answer;
            assertThat(document.faultsOfAnswer(
                            document.operation("GET", "/_mock/events").orElseThrow(),
                            429,
                            name -> refusal.headers().firstValue(name).orElse(null),
                            new String(refusal.body().readAllBytes(), UTF_8)))
                    .isEmpty();
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
        seen.add("streamEvents 429");
    }

    private void askWithoutItsStore() throws Exception {
        wechatPay.close();
        wechatPay = MockWechatPayServer.builder().store("redis://127.0.0.1:1").start();
        ask("GET", "/_mock/health", "", 503);
        ask("PUT", "/_mock/configuration", "{}", 503);
        ask("PATCH", "/_mock/configuration", "{}", 503);
        ask("POST", "/_mock/faults", "{\"kind\":\"slow\"}", 503);
        ask("DELETE", "/_mock/faults", "", 503);
        ask("PUT", CONTRACT, "{\"state\":\"PAUSE\"}", 503);
        ask("DELETE", CONTRACT, "", 503);
        ask("POST", "/_mock/tokens/a/use", "", 503);
        ask("POST", "/_mock/notices/1/answer", "{\"answer\":\"CONFIRMED\"}", 503);
        ask("POST", "/_mock/reset", "", 503);
    }
}
