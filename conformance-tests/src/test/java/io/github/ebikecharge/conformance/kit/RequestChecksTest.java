package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import io.github.ebikecharge.mock.world.MockClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every request of a client is not called kept where no such request came. */
class RequestChecksTest {
    @TempDir
    private Path directory;

    @Test
    void callsNothingKeptThatOneBareRequestDoesNotShow() {
        Request bare = new Request("GET", "/v3/certificates", List.of(), new byte[0], false);

        List<Result> results = RequestChecks.results(
                new GatewayKeys(), Profile.wechat, List.of(new Exchange(bare, null, "of no account", Instant.EPOCH)));

        assertThat(HostileGatewayTest.ids(results, Outcome.KEPT)).isEmpty();
        assertThat(HostileGatewayTest.ids(results, Outcome.NOT_APPLICABLE))
                .containsExactly(
                        "request.time",
                        "request.nonce",
                        "request.content-type",
                        "request.serial",
                        "request.body",
                        "request.repeat");
    }

    /** A first body, the body of a request to the same target after it, and what comes of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":\"1\",\"b\":[1,2]} | { \"b\": [1, 2], \"a\": \"\\u0031\" } | KEPT",
                "{\"a\":\"1\",\"b\":[1,2]} | {\"a\":\"2\",\"b\":[1,2]} | DEVIATION",
                "{\"a\":\"1\",\"b\":[1,2]} | {\"a\":\"1\",\"b\":[2,1]} | DEVIATION",
                "{\"a\":\"1\"} | {\"a\":1} | DEVIATION",
                "{\"a\":\"1\"} | {\"a\":\"1\",\"b\":null} | DEVIATION",
                "{\"a\":1} | {\"a\":1.0} | KEPT",
                "{\"a\":1} | {\"a\":1.5} | DEVIATION",
                "{\"a\":1e400} | {\"a\":1e400} | KEPT",
                "{\"a\":1e999999999} | {\"a\":1} | DEVIATION",
                "{\"a\":9007199254740993.0} | {\"a\":9007199254740992.0} | DEVIATION",
                "no | \"no\" | DEVIATION",
                "no JSON | no JSON | KEPT",
                "no JSON | nor this | DEVIATION",
            })
    void comparesTheValuesOfARepeatAndNotItsText(String first, String again, Outcome outcome) {
        List<Exchange> exchanges = Stream.of(first, again)
                .map(body -> new Request("POST", "/v3/a", List.of(), body.getBytes(UTF_8), false))
                .map(request -> new Exchange(request, null, "of no account", Instant.EPOCH))
                .toList();

        List<Result> results = RequestChecks.results(new GatewayKeys(), Profile.wechat, exchanges);

        assertThat(HostileGatewayTest.ids(results, outcome)).contains("request.repeat");
    }

    /** How long after the request was signed it came, and how long after that it was looked at. */
    @ParameterizedTest
    @CsvSource({"PT0S, PT6M, KEPT", "PT6M, PT0S, DEVIATION", "PT6M, PT-6M, DEVIATION"})
    void judgesTheTimeOfARequestByWhenItCame(Duration underway, Duration later, Outcome outcome) throws Exception {
        Clock signing = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        MockClock clock = new MockClock(signing);
        clock.advance(underway);
        try (HostileGateway gateway = new HostileGateway(
                        0, false, Profile.wechat, check -> check.id().equals("right.plain"), clock);
                EbikeChargeClient client = EbikeChargeClient.builder()
                        .baseUrl(gateway.url())
                        .merchant(gateway.keys().merchant())
                        .platformTrust(PlatformTrust.publicKey(
                                GatewayKeys.PUBLIC_KEY_ID, gateway.keys().publicKey()))
                        .retryPolicy(RetryPolicy.none())
                        .clock(signing)
                        .build()) {
            confirm(client);
            clock.advance(later);

            Result time = gateway.results().stream()
                    .filter(result -> result.check().id().equals("request.time"))
                    .findFirst()
                    .orElseThrow();
            assertThat(time.outcome()).isEqualTo(outcome);
            assertThat(time.findings())
                    .extracting(Finding::deviation)
                    .allMatch("its timestamp was 360 seconds from this machine's clock"::equals);
        }
    }

    private static void confirm(EbikeChargeClient client) {
        try {
            client.confirmCharge("rightPlain", ConfirmChargeRequest.example());
        } catch (ResponseValidationException e) {
            // signed at another time than the client's: the request came all the same
        }
    }

    @Test
    void aClientThatNeverRepeatsIsStillToldInWhole() throws Exception {
        PipedWriter printed = new PipedWriter();
        BufferedReader terminal = new BufferedReader(new PipedReader(printed, 1 << 16));
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> Main.commandLine()
                .setOut(new PrintWriter(printed))
                .execute("--serve", "--port", "0", "--only", "right.plain", "--credentials-out", directory.toString()));
        URI gateway = URI.create(line(terminal, "hostile gateway listens at ").replaceFirst(".* ", ""));
        CredentialFiles files = CredentialFiles.read(directory);
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(gateway)
                .merchant(files.merchant())
                .platformTrust(PlatformTrust.publicKey(
                        GatewayKeys.PUBLIC_KEY_ID,
                        requireNonNull(files.platformKeys().get(GatewayKeys.PUBLIC_KEY_ID))))
                .build()) {
            client.confirmCharge("rightPlain", ConfirmChargeRequest.example());
        }
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.resolve("/cases/right.plain/outcome"))
                                .POST(BodyPublishers.ofString("{\"outcome\":\"accepted\"}"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(line(terminal, "- request.repeat")).contains("A repeat has");
        assertThat(line(terminal, "The client keeps")).contains(" rules of WeChat Pay API v3, and breaks none");
    }

    static String line(BufferedReader terminal, String start) throws IOException {
        String line = terminal.readLine();
        while (line != null && !line.startsWith(start)) {
            line = terminal.readLine();
        }
        return String.valueOf(line);
    }
}
