package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar ebike-charge-conformance-tests.jar --target URL --credentials FILE_OR_DIR}. */
@Command(
        name = "ebike-charge-conformance-tests",
        description = {
            "Holds a server to WeChat Pay API v3, as far as the e-bike charging confirm call needs it.",
            "Exits with 0 if all is kept, 1 if something deviates, 2 if it could not be run."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    private static final int KEPT = 0;
    private static final int DEVIATES = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--target", required = true, paramLabel = "URL", description = "Scheme, host and port to call.")
    @SuppressWarnings("NullAway.Init")
    private URI target;

    @Option(
            names = "--credentials",
            required = true,
            paramLabel = "FILE_OR_DIR",
            description = "JSON of a mock's GET /_mock/credentials, or a directory with WeChat Pay's files:"
                    + " apiclient_key.pem and apiclient_cert.pem; pub_key.pem with pub_key_id.txt,"
                    + " wechatpay_<serial>.pem, api_v3_key.txt.")
    @SuppressWarnings("NullAway.Init")
    private Path credentials;

    @Option(
            names = "--profile",
            defaultValue = "wechat",
            description = "${COMPLETION-CANDIDATES}: with what was seen in production, or with what is documented only"
                    + " (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Profile profile;

    @Option(names = "--report", paramLabel = "DIR", description = "Where report.html and junit.xml are written.")
    private @Nullable Path report;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ID",
            description = "Checks or groups of them to run, as signing or signing.unsigned.")
    private List<String> only = List.of();

    @Option(
            names = "--contract-id",
            defaultValue = "aAfixCs13LsdKPpfZfDkk2189ssXjfx",
            description = "A contract that the server knows (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String contractId;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Body of a confirm call that the server serves (default: the document's example).")
    private @Nullable Path body;

    private Main() {}

    /** Runs the kit, and exits with its status. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, result) -> {
                    command.getErr().println(exception.getMessage());
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    @Override
    public Integer call() throws IOException {
        if (target.getHost() == null || !String.valueOf(target.getScheme()).matches("https?")) {
            throw usage("--target takes http://HOST:PORT, not " + target, null);
        }
        ServerUnderTest server = new ServerUnderTest(target, credentials(), contractId, body(), Clock.systemUTC());
        Terminal terminal = new Terminal(spec.commandLine().getOut());
        server.reach();
        terminal.begin(target, profile);
        List<Result> results = new ConformanceKit(server, profile, this::isChosen).run(terminal::progress);
        if (results.isEmpty()) {
            throw usage("--only %s names no check of this profile".formatted(String.join(",", only)), null);
        }
        terminal.end(results);
        if (report != null) {
            Path html = Files.createDirectories(report).resolve("report.html");
            Files.writeString(html, HtmlReport.of(target, profile, results));
            Files.write(report.resolve("junit.xml"), JunitReport.of(results));
            terminal.line("report: " + html);
        }
        return results.stream().anyMatch(result -> result.outcome() == Outcome.DEVIATION) ? DEVIATES : KEPT;
    }

    private boolean isChosen(Check check) {
        return only.isEmpty() || only.contains(check.id()) || only.contains(check.group());
    }

    private Credentials credentials() {
        try {
            return Credentials.read(credentials);
        } catch (IOException e) {
            throw usage("--credentials: there is no readable " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw usage("--credentials: " + e.getMessage(), e);
        }
    }

    private byte[] body() {
        if (body == null) {
            return WireJson.write(ConfirmChargeRequest.example());
        }
        try {
            byte[] bytes = Files.readAllBytes(body);
            WireJson.read(bytes, ConfirmChargeRequest.class);
            return bytes;
        } catch (IOException e) {
            throw usage("--body %s is not the JSON of a confirm request: %s".formatted(body, e.getMessage()), e);
        }
    }

    private ParameterException usage(String message, @Nullable Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("dev");
            return new String[] {"ebike-charge-conformance-tests " + version, "Java " + Runtime.version()};
        }
    }
}
