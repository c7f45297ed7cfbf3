package io.github.ebikecharge.mock.hostile;

import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the mock's log says of callers, and what it does not say. */
class LogTest {
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

    @Test
    void warnsOnceOfAMerchantThatTheMockDoesNotKnowAndQuotesNothing() throws Exception {
        try (MockProcess mock = new MockProcess(directory.resolve("log"), List.of())) {
            Signer signer = new Signer("5EA1", DemoKeys.load().merchant().privateKey(), Clock.systemUTC());
            for (int i = 0; i < 3; i++) {
                String authorization = signer.signRequest("1900000109", "GET", "/v3/certificates", new byte[0])
                        .toHeaderValue();
                assertThat(get(mock.baseUrl(), "/v3/certificates", "Authorization", authorization))
                        .isEqualTo(401);
            }

            assertThat(mock.log())
                    .filteredOn(line -> line.contains(" WARN Merchants - "))
                    .singleElement()
                    .asString()
                    .contains("real merchant's key", "POST /_mock/reset", "export-credentials");
            assertThat(mock.log()).noneMatch(line -> line.contains("1900000109") || line.contains("5EA1"));
        }
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
