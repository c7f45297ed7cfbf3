package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static String line(BufferedReader terminal, String start) throws IOException {
        String line = terminal.readLine();
        while (line != null && !line.startsWith(start)) {
            line = terminal.readLine();
        }
        return String.valueOf(line);
    }
}
