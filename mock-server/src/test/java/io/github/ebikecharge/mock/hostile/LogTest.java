package io.github.ebikecharge.mock.hostile;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** What the mock's log says of callers, and what it does not say. */
class LogTest {
    /** What may end a line, or hide one, wherever it is shown. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\u2028\u2029]");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private static int get(URI base, String target, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(target)).header("Accept", "*/*");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** Requests are explained beside their answers. */
    private static void awaitLine(MockProcess mock, String part) throws IOException {
        mock.until(() -> mock.log().stream().anyMatch(line -> line.contains(part)) ? part : null);
    }

    @Test
    void warnsOnceOfAMerchantThatTheMockDoesNotKnowAndQuotesNoSignature() throws Exception {
        try (MockProcess mock = new MockProcess(directory.resolve("log"), List.of())) {
            Signer signer = new Signer("5EA1", DemoKeys.load().merchant().privateKey(), Clock.systemUTC());
            List<String> signatures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                AuthorizationHeader authorization =
                        signer.signRequest("1900000109", "GET", "/v3/certificates", new byte[0]);
                signatures.add(authorization.signature());
                String value = authorization.toHeaderValue();
                String joined = value.replaceFirst(
                        "(timestamp=\"\\d+\")", "$1|signature=\"" + authorization.signature() + "\"");
                for (String sent : List.of(value, joined)) {
                    assertThat(get(mock.baseUrl(), "/v3/certificates", "Authorization", sent))
                            .isEqualTo(401);
                }
            }
            awaitLine(mock, "Request 6: ");

            assertThat(mock.log())
                    .filteredOn(line -> line.contains(" WARN Merchants - "))
                    .singleElement()
                    .asString()
                    .contains("real merchant's key", "POST /_mock/reset", "export-credentials")
                    .doesNotContain("1900000109", "5EA1");
            assertThat(mock.log()).noneMatch(line -> signatures.stream().anyMatch(line::contains));
        }
    }

    @Test
    void putsWhatACallerSentOnOneLine() throws Exception {
        try (MockProcess mock = new MockProcess(directory.resolve("log"), List.of())) {
            String authorization = "WECHATPAY2-SHA256-RSA2048 mchid=\"1\",timestamp=\"a\tb\u0085c\",nonce_str=\"1\"";
            assertThat(statuses(mock, "", "Host: 12\t.0.0.1")).containsExactly(400);
            assertThat(statuses(mock, "", "Host: a\r\nHost: b")).containsExactly(400);
            assertThat(statuses(mock, "?a=\u00c2\u0085\u00e2\u0080\u00a8b", "Host: a"))
                    .containsExactly(400);
            assertThat(statuses(mock, "", "Host: a\r\nAccept: */*\r\nUser-Agent: a\r\nAuthorization: " + authorization))
                    .containsExactly(401);
            awaitLine(mock, "is not a number of seconds");
            assertThat(mock.log())
                    .noneMatch(line ->
                            BREAKS.matcher(line).find() || line.contains("HostPort") || line.contains("Parser"));
        }
    }

    private static List<Integer> statuses(MockProcess mock, String query, String headers) throws IOException {
        String request = "GET /v3/certificates" + query + " HTTP/1.1\r\n" + headers + "\r\n\r\n";
        return Answers.of(mock.baseUrl(), request.getBytes(ISO_8859_1)).statuses();
    }

    @Test
    void keepsControlTokensOutRightOrWrong() throws Exception {
        List<String> options = List.of("--control-token", "right-token-7f3a");
        try (MockProcess mock = new MockProcess(directory.resolve("log"), options)) {
            URI base = mock.baseUrl();

            assertThat(get(base, "/_mock/tokens", "Authorization", "Bearer right-token-7f3a"))
                    .isEqualTo(200);
            assertThat(get(base, "/_mock/tokens", "Authorization", "Bearer wrong-token-7f3a"))
                    .isEqualTo(401);
            assertThat(get(base, "/_mock/wrong-token", "Authorization", "Bearer wrong-token-7f3a"))
                    .isEqualTo(401);
            assertThat(get(base, "/_mock/tokens")).isEqualTo(401);
            assertThat(get(base, "/_mock/tokens", "Authorization", "Bearer " + "token-7f3a".repeat(1000)))
                    .isEqualTo(431);
            assertThat(get(base, "/v3/certificates", "Authorization", "Bearer right-token-7f3a"))
                    .isEqualTo(401);

            assertThat(mock.log()).isNotEmpty().noneMatch(line -> line.contains("token-7f3a"));
        }
    }
}
