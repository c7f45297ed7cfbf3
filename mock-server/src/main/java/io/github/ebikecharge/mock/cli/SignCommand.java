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
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code sign}: the Authorization header of a request. */
final class SignCommand implements Command {
    private static final Option METHOD = Option.builder("X")
            .longOpt("method")
            .hasArg()
            .argName("METHOD")
            .desc("HTTP method (default: POST with a body, else GET).")
            .get();
    private static final Option CURL = Command.flag("curl", "Prints a complete curl command for a POSIX shell.");
    private static final Option BASE_URL = Command.option(
            "base-url",
            "URL",
            "Scheme, host and port that curl calls, unless TARGET has them (default: " + BaseUrlOption.DEFAULT + ").");
    private static final Option CREDENTIALS = Command.option(
            "credentials",
            "FILE_OR_DIR",
            "JSON of a mock's credentials, or a directory with apiclient_key.pem and apiclient_cert.pem"
                    + " (default: the demo merchant's).");
    private static final Option TIMESTAMP = Command.option(
            "timestamp", "SECONDS", "Time of the signature, to compare with one of your own (default: now).");
    private static final Option NONCE = Command.option(
            "nonce", "TEXT", "Nonce of the signature, to compare with one of your own (default: a random one).");

    private static final Pattern TARGET = Pattern.compile("(https?://[^/?#]+)?([/?][!-\"$-~]*)?");
    /** What curl would change or expand unless it is told not to. */
    private static final Pattern CHANGED_BY_CURL = Pattern.compile("[\\[\\]{}]|/\\.{1,2}(?=[/?]|$)");

    @Override
    public List<String> description() {
        return List.of(
                "Prints the Authorization header of a request, or a curl command that sends it; it is valid for 5 minutes.",
                "TARGET is path and query exactly as they are sent, or a whole URL."
                        + " Without it: a confirm call for the demo contract.");
    }

    @Override
    public String operand() {
        return "[TARGET]";
    }

    @Override
    public List<Option> options() {
        return List.of(METHOD, BodyOption.OPTION, CURL, BASE_URL, CREDENTIALS, TIMESTAMP, NONCE);
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        String target = arguments.operand().orElse(null);
        Signed request = target == null ? demo(arguments) : given(target, arguments);
        Path credentials = arguments.path(CREDENTIALS).orElse(null);
        MerchantCredentials merchant = credentials == null
                ? DemoKeys.load().merchant()
                : own(CredentialFiles.read(credentials), arguments.err());
        String authorization = signer(merchant, arguments)
                .signRequest(merchant.mchid(), request.method, request.target, request.body)
                .toHeaderValue();
        arguments
                .out()
                .println(
                        arguments.has(CURL)
                                ? curl(request, authorization)
                                : WechatPayHeaders.AUTHORIZATION + ": " + authorization);
        return 0;
    }

    private static MerchantCredentials own(CredentialFiles files, PrintStream err) {
        MerchantCredentials merchant = files.merchant();
        RealMerchant.of(files.merchantCertificate())
                .ifPresent(
                        real -> err.println("warning: " + real + ". WeChat Pay takes what is printed for five minutes"
                                + " from its timestamp: send it to no mock, and keep it out of logs and chats."
                                + " For tests, leave --credentials out, or give those of export-credentials"));
        return merchant;
    }

    private static Signer signer(MerchantCredentials merchant, Arguments arguments) {
        Clock clock = arguments
                .get(TIMESTAMP, "seconds since 1970", value -> Instant.ofEpochSecond(Long.parseLong(value)))
                .map(time -> Clock.fixed(time, ZoneOffset.UTC))
                .orElseGet(Clock::systemUTC);
        return arguments
                .get(NONCE)
                .map(nonce -> new Signer(merchant.serialNo(), merchant.privateKey(), clock, () -> nonce))
                .orElseGet(() -> new Signer(merchant.serialNo(), merchant.privateKey(), clock));
    }

    private static String baseUrl(Arguments arguments) {
        return arguments.get(BASE_URL).orElse(BaseUrlOption.DEFAULT);
    }

    private static Signed demo(Arguments arguments) {
        if (arguments.has(BodyOption.OPTION) || arguments.has(METHOD)) {
            throw new UsageException("--body and --method need a TARGET, such as /v3/certificates");
        }
        byte[] example = WireJson.write(ConfirmChargeRequest.example());
        return new Signed(
                "POST",
                baseUrl(arguments),
                EbikeChargeApiRoutes.CONFIRM_CHARGE.path().replace("{contract_id}", World.DEMO_CONTRACT_ID),
                example,
                new String(example, UTF_8));
    }

    private static Signed given(String url, Arguments arguments) {
        Matcher parts = TARGET.matcher(url);
        if (url.isEmpty() || !parts.matches()) {
            throw new UsageException(
                    "TARGET takes /path?query or a URL, percent-encoded and without a fragment, not " + url);
        }
        String path = parts.group(2) == null ? "" : parts.group(2);
        String usual = arguments.has(BodyOption.OPTION) ? "POST" : "GET";
        return new Signed(
                arguments.get(METHOD).orElse(usual).toUpperCase(Locale.ROOT),
                parts.group(1) == null ? baseUrl(arguments) : parts.group(1),
                path.startsWith("/") ? path : "/" + path,
                BodyOption.read(arguments).orElse(new byte[0]),
                arguments.get(BodyOption.OPTION).orElse(""));
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
