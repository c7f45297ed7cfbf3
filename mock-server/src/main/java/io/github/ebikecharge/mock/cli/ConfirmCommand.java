package io.github.ebikecharge.mock.cli;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.mock.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    /** The policies of {@link RetryPolicy}. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Retry {
        none(RetryPolicy::none),
        cautious(RetryPolicy::cautious),
        documented(RetryPolicy::documented);

        private final Supplier<RetryPolicy> policy;

        Retry(Supplier<RetryPolicy> policy) {
            this.policy = policy;
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private BaseUrlOption baseUrlOption = new BaseUrlOption();

    @Option(
            names = "--credentials",
            paramLabel = "FILE_OR_DIR",
            description = {
                "JSON of a mock's credentials, or a directory with WeChat Pay's files: apiclient_key.pem and"
                        + " apiclient_cert.pem, or apiclient_cert.p12 with --mchid; and pub_key.pem with pub_key_id.txt,"
                        + " wechatpay_<serial>.pem, or instead of the latter api_v3_key.txt, by which certificates are"
                        + " downloaded",
                "(default: asks the mock)."
            })
    private @Nullable Path credentials;

    @Option(names = "--mchid", description = "Merchant number, which opens apiclient_cert.p12.")
    private @Nullable String mchid;

    @Option(
            names = "--backup-base-url",
            description = "Host to turn to when the other one fails an attempt that may be repeated.")
    private @Nullable URI backupBaseUrl;

    @Option(
            names = "--retry",
            defaultValue = "cautious",
            description = "Which attempts are repeated: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Retry retry;

    @Mixin
    private BodyOption body = new BodyOption();

    @Option(
            names = "--contract-id",
            defaultValue = World.DEMO_CONTRACT_ID,
            description = "Contract to charge under (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String contractId;

    @Override
    public Integer call() throws IOException {
        URI baseUrl = baseUrlOption.read(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        ConfirmChargeRequest request = request();
        CredentialFiles known = credentials == null ? Credentials.fetch(baseUrl) : CredentialFiles.read(credentials);
        MerchantCredentials merchant = known.merchant(mchid);
        RealMerchant.of(known.merchantCertificate(mchid)).ifPresent(this::refuse);
        EbikeChargeClient.Builder settings = EbikeChargeClient.builder()
                .baseUrl(baseUrl)
                .merchant(merchant)
                .platformTrust(Credentials.trust(known))
                .retryPolicy(retry.policy.get())
                .listener(ClientListener.ofExchanges(exchange -> print(out, exchange)));
        if (backupBaseUrl != null) {
            settings.backupBaseUrl(backupBaseUrl);
        }
        try (EbikeChargeClient client = settings.build()) {
            String token = client.confirmCharge(contractId, request).chargingToken();
            out.println("verdict: the answer's signature verifies; token " + token);
            return 0;
        } catch (EbikeChargeException e) {
            out.println("verdict: no token. " + e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private void refuse(String real) {
        throw new ParameterException(
                spec.commandLine(),
                real
                        + ". Nothing was signed or sent: what is signed with its key can move money for five minutes. Leave"
                        + " --credentials out, or give those of export-credentials");
    }

    private ConfirmChargeRequest request() {
        if (!body.isGiven()) {
            return ConfirmChargeRequest.example();
        }
        try {
            return WireJson.read(body.read(spec.commandLine()), ConfirmChargeRequest.class);
        } catch (JacksonException e) {
            throw new ParameterException(
                    spec.commandLine(), "--body is not the JSON of a confirm request: " + e.getOriginalMessage(), e);
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
