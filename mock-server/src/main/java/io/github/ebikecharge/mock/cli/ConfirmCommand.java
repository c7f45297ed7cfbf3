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
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;

/** {@code confirm}: one call, as the client makes it. */
final class ConfirmCommand implements Command {
    /** The policies of {@link RetryPolicy}. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Retry {
        none(RetryPolicy::none),
        cautious(RetryPolicy::cautious),
        documented(RetryPolicy::documented);

        static final String NAMES =
                String.join(", ", Stream.of(values()).map(Retry::name).toList());

        private final Supplier<RetryPolicy> policy;

        Retry(Supplier<RetryPolicy> policy) {
            this.policy = policy;
        }
    }

    private static final Option CREDENTIALS = Command.option(
            "credentials",
            "FILE_OR_DIR",
            "JSON of a mock's credentials, or a directory with WeChat Pay's files: apiclient_key.pem and"
                    + " apiclient_cert.pem, or apiclient_cert.p12 with --mchid; and pub_key.pem with pub_key_id.txt,"
                    + " wechatpay_<serial>.pem, or instead of the latter api_v3_key.txt, by which certificates are"
                    + " downloaded (default: asks the mock).");
    private static final Option MCHID =
            Command.option("mchid", "NUMBER", "Merchant number, which opens apiclient_cert.p12.");
    private static final Option BACKUP_BASE_URL = Command.option(
            "backup-base-url", "URL", "Host to turn to when the other one fails an attempt that may be repeated.");
    private static final Option RETRY = Command.option(
            "retry", "POLICY", "Which attempts are repeated: %s (default: %s).".formatted(Retry.NAMES, Retry.cautious));
    private static final Option CONTRACT_ID =
            Command.option("contract-id", "ID", "Contract to charge under (default: " + World.DEMO_CONTRACT_ID + ").");

    @Override
    public List<String> description() {
        return List.of(
                "Confirms one charge with the client and shows the exchange.",
                "Exits with 0 only if a verified answer held a token.");
    }

    @Override
    public List<Option> options() {
        return List.of(
                BaseUrlOption.OPTION, CREDENTIALS, MCHID, BACKUP_BASE_URL, RETRY, BodyOption.OPTION, CONTRACT_ID);
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        URI baseUrl = BaseUrlOption.read(arguments);
        Retry retry =
                arguments.get(RETRY, "one of " + Retry.NAMES, Retry::valueOf).orElse(Retry.cautious);
        PrintStream out = arguments.out();
        ConfirmChargeRequest request =
                BodyOption.read(arguments).map(ConfirmCommand::request).orElseGet(ConfirmChargeRequest::example);
        Optional<URI> backupBaseUrl = arguments.get(BACKUP_BASE_URL, "http://HOST:PORT", URI::create);
        Path credentials = arguments.path(CREDENTIALS).orElse(null);
        String mchid = arguments.get(MCHID).orElse(null);
        CredentialFiles known = credentials == null ? Credentials.fetch(baseUrl) : CredentialFiles.read(credentials);
        MerchantCredentials merchant = known.merchant(mchid);
        RealMerchant.of(known.merchantCertificate(mchid)).ifPresent(ConfirmCommand::refuse);
        EbikeChargeClient.Builder settings = EbikeChargeClient.builder()
                .baseUrl(baseUrl)
                .merchant(merchant)
                .platformTrust(Credentials.trust(known))
                .retryPolicy(retry.policy.get())
                .listener(ClientListener.ofExchanges(exchange -> print(out, exchange)));
        backupBaseUrl.ifPresent(settings::backupBaseUrl);
        try (EbikeChargeClient client = settings.build()) {
            String contractId = arguments.get(CONTRACT_ID).orElse(World.DEMO_CONTRACT_ID);
            String token = client.confirmCharge(contractId, request).chargingToken();
            out.println("verdict: the answer's signature verifies; token " + token);
            return 0;
        } catch (EbikeChargeException e) {
            out.println("verdict: no token. " + e.getMessage());
            return 1;
        }
    }

    private static void refuse(String real) {
        throw new UsageException(real
                + ". Nothing was signed or sent: what is signed with its key can move money for five minutes. Leave"
                + " --credentials out, or give those of export-credentials");
    }

    private static ConfirmChargeRequest request(byte[] body) {
        try {
            return WireJson.read(body, ConfirmChargeRequest.class);
        } catch (JacksonException e) {
            throw new UsageException("--body is not the JSON of a confirm request: " + e.getOriginalMessage(), e);
        }
    }

    private static void print(PrintStream out, Exchange exchange) {
        out.println(exchange.method() + " " + exchange.target());
        print(out, exchange.requestHeaders(), exchange.requestBody());
        out.println("HTTP " + exchange.status());
        print(out, exchange.responseHeaders(), exchange.responseBody());
    }

    private static void print(PrintStream out, Map<String, String> headers, String body) {
        headers.forEach((name, value) -> out.println(name + ": " + value));
        out.println();
        out.println(body);
        out.println();
    }
}
