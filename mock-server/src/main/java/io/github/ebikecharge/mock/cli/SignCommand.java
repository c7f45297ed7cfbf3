package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.generated.EbikeChargeApiRoutes;
import io.github.ebikecharge.mock.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import static java.nio.charset.StandardCharsets.UTF_8;

@Command(
        name = "sign",
        description = {
            "Prints the Authorization header of a request, or a curl command that sends it; it is valid for 5 minutes.",
            "Without TARGET: a confirm call for the demo contract."
        },
        mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
    private static final Pattern TARGET = Pattern.compile("(https?://[^/?#]+)?([/?][!-\"$-~]*)?");
    /** What curl would change or expand unless it is told not to. */
    private static final Pattern CHANGED_BY_CURL = Pattern.compile("[\\[\\]{}]|/\\.{1,2}(?=[/?]|$)");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            description = "Path and query exactly as they are sent, or a whole URL.")
    private @Nullable String target;

    @Option(
            names = {"-X", "--method"},
            description = "HTTP method (default: POST with a body, else GET).")
    private @Nullable String method;

    @Mixin
    private final BodyOption body = new BodyOption();

    @Option(names = "--curl", description = "Prints a complete curl command for a POSIX shell.")
    private boolean curl;

    @Option(
            names = "--base-url",
            defaultValue = "http://127.0.0.1:8080",
            description = "Scheme, host and port that curl calls, unless TARGET has them (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String baseUrl;

    @Option(
            names = "--credentials",
            paramLabel = "FILE_OR_DIR",
            description = "JSON of a mock's credentials, or a directory with apiclient_key.pem and apiclient_cert.pem"
                    + " (default: the demo merchant's).")
    private @Nullable Path credentials;

    @Option(
            names = "--timestamp",
            paramLabel = "SECONDS",
            description = "Time of the signature, to compare with one of your own (default: now).")
    private @Nullable Long timestamp;

    @Option(
            names = "--nonce",
            paramLabel = "TEXT",
            description = "Nonce of the signature, to compare with one of your own (default: a random one).")
    private @Nullable String nonce;

    @Override
    public Integer call() throws IOException {
        Signed request = target == null ? demo() : given(target);
        MerchantCredentials merchant =
                credentials == null ? DemoKeys.load().merchant() : own(CredentialFiles.read(credentials));
        String authorization = signer(merchant)
                .signRequest(merchant.mchid(), request.method, request.target, request.body)
                .toHeaderValue();
        PrintWriter out = spec.commandLine().getOut();
        out.println(curl ? curl(request, authorization) : WechatPayHeaders.AUTHORIZATION + ": " + authorization);
        out.flush();
        return 0;
    }

    private MerchantCredentials own(CredentialFiles files) {
        MerchantCredentials merchant = files.merchant();
        RealMerchant.of(files.merchantCertificate())
                .ifPresent(real -> spec.commandLine()
                        .getErr()
                        .println("warning: " + real + ". WeChat Pay takes what is printed for five minutes from its"
                                + " timestamp: send it to no mock, and keep it out of logs and chats."
                                + " For tests, leave --credentials out, or give those of export-credentials"));
        return merchant;
    }

    private Signer signer(MerchantCredentials merchant) {
        Clock clock =
                timestamp == null ? Clock.systemUTC() : Clock.fixed(Instant.ofEpochSecond(timestamp), ZoneOffset.UTC);
        String fixed = nonce;
        return fixed == null
                ? new Signer(merchant.serialNo(), merchant.privateKey(), clock)
                : new Signer(merchant.serialNo(), merchant.privateKey(), clock, () -> fixed);
    }

    private Signed demo() {
        if (body.isGiven() || method != null) {
            throw new ParameterException(
                    spec.commandLine(), "--body and --method need a TARGET, such as /v3/certificates");
        }
        byte[] example = WireJson.write(ConfirmChargeRequest.example());
        return new Signed(
                "POST",
                baseUrl,
                EbikeChargeApiRoutes.CONFIRM_CHARGE.path().replace("{contract_id}", World.DEMO_CONTRACT_ID),
                example,
                new String(example, UTF_8));
    }

    private Signed given(String url) {
        Matcher parts = TARGET.matcher(url);
        if (url.isEmpty() || !parts.matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "TARGET takes /path?query or a URL, percent-encoded and without a fragment, not " + url);
        }
        String path = parts.group(2) == null ? "" : parts.group(2);
        return new Signed(
                method == null ? (body.isGiven() ? "POST" : "GET") : method.toUpperCase(Locale.ROOT),
                parts.group(1) == null ? baseUrl : parts.group(1),
                path.startsWith("/") ? path : "/" + path,
                body.read(spec.commandLine()),
                body.value());
    }

    private static String curl(Signed request, String authorization) {
        StringBuilder command = new StringBuilder("curl");
        if (CHANGED_BY_CURL.matcher(request.target).find()) {
            command.append(" --path-as-is --globoff");
        }
        if (!request.method.equals(request.body.length > 0 ? "POST" : "GET")) {
            command.append(" -X ").append(quoted(request.method));
        }
        command.append(" -H ").append(quoted(WechatPayHeaders.AUTHORIZATION + ": " + authorization));
        command.append(" -H ").append(quoted("Accept: application/json"));
        if (request.body.length > 0) {
            command.append(" -H ").append(quoted("Content-Type: application/json"));
            command.append(" --data-binary ").append(quoted(request.shownBody));
        }
        String origin = request.origin.endsWith("/")
                ? request.origin.substring(0, request.origin.length() - 1)
                : request.origin;
        return command.append(' ').append(quoted(origin + request.target)).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** What is signed, and how curl is told to send it. */
    private static final class Signed {
        private final String method;
        private final String origin;
        private final String target;
        private final byte[] body;
        private final String shownBody;

        Signed(String method, String origin, String target, byte[] body, String shownBody) {
            this.method = method;
            this.origin = origin;
            this.target = target;
            this.body = body;
            this.shownBody = shownBody;
        }
    }
}
