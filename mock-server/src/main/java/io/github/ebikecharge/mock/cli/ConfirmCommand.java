package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.mock.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "confirm",
        description = {
            "Confirms one charge with the client and shows the exchange.",
            "Exits with 0 only if a verified answer held a token."
        },
        mixinStandardHelpOptions = true)
final class ConfirmCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--base-url",
            defaultValue = "http://127.0.0.1:8080",
            description = "Scheme, host and port to call (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private URI baseUrl;

    @Option(
            names = "--credentials",
            paramLabel = "FILE_OR_DIR",
            description = "JSON of a mock's credentials, or a directory as export-credentials writes it"
                    + " (default: asks the mock).")
    private @Nullable Path credentials;

    @Option(
            names = "--contract-id",
            defaultValue = World.DEMO_CONTRACT_ID,
            description = "Contract to charge under (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String contractId;

    @Override
    public Integer call() throws IOException {
        if (baseUrl.getHost() == null || !String.valueOf(baseUrl.getScheme()).matches("https?")) {
            throw new ParameterException(spec.commandLine(), "--base-url takes http://HOST:PORT, not " + baseUrl);
        }
        PrintWriter out = spec.commandLine().getOut();
        Credentials known = credentials == null ? Credentials.fetch(baseUrl) : Credentials.read(credentials);
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(baseUrl)
                .merchant(known.merchant())
                .platformTrust(known.platformTrust())
                .listener(ClientListener.ofExchanges(exchange -> print(out, exchange)))
                .build()) {
            String token = client.confirmCharge(contractId, ConfirmChargeRequest.example())
                    .chargingToken();
            out.println("verdict: the answer's signature verifies; token " + token);
            return 0;
        } catch (EbikeChargeException e) {
            out.println("verdict: no token. " + e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private static void print(PrintWriter out, Exchange exchange) {
        out.println(exchange.method() + " " + exchange.target());
        print(out, exchange.requestHeaders(), exchange.requestBody());
        out.println("HTTP " + exchange.status());
        print(out, exchange.responseHeaders(), exchange.responseBody());
    }

    private static void print(PrintWriter out, Map<String, String> headers, String body) {
        headers.forEach((name, value) -> out.println(name + ": " + value));
        out.println();
        out.println(body);
        out.println();
    }
}
