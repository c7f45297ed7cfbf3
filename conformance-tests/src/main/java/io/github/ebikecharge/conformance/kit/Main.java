package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar ebike-charge-conformance-tests.jar --target URL --credentials FILE_OR_DIR}, or {@code --serve}. */
@Command(
        name = "ebike-charge-conformance-tests",
        description = {
            "Holds a server or a client to WeChat Pay API v3, as far as the e-bike charging confirm call needs it.",
            "Exits with 0 if all is kept, 1 if something deviates, 2 if it could not be run,",
            "or if all is kept, but the report could not be written."
        },
        footer = {
            "",
            "A server under https:// needs a certificate that Java trusts. With an authority of your own:",
            "  keytool -importcert -noprompt -alias ca -file ca.pem \\",
            "    -keystore trust.p12 -storepass changeit",
            "  java -Djavax.net.ssl.trustStore=trust.p12 \\",
            "    -Djavax.net.ssl.trustStorePassword=changeit -jar ..."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    private static final int KEPT = 0;
    private static final int DEVIATES = 1;
    private static final int NOT_RUN = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Mode mode;

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
                    command.getErr()
                            .println(
                                    exception instanceof FileSystemException file
                                            ? file.getFile() + " cannot be written: " + file
                                            : exception.getMessage());
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = new Terminal(spec.commandLine().getOut());
        Selection selection = new Selection(only);
        List<Check> known = mode.client == null
                ? Rules.all()
                : ClientCases.all(false).stream().map(ClientCase::check).toList();
        Optional<String> fault = selection.fault(known, profile);
        if (fault.isPresent()) {
            throw new ParameterException(spec.commandLine(), fault.get());
        }
        long leftOut = selection.leftOut(known, profile);
        if (mode.client != null) {
            return serve(mode.client, selection, leftOut, terminal);
        }
        ServerOptions options = Objects.requireNonNull(mode.server);
        ServerUnderTest server = options.server(spec.commandLine());
        Subject subject = Subject.server(server.target);
        server.reach();
        terminal.begin(subject, profile);
        List<Result> results = new ConformanceKit(server, profile, selection::has).run(terminal::progress);
        return end(subject, results, leftOut, terminal);
    }

    private int serve(ClientOptions options, Selection selection, long leftOut, Terminal terminal)
            throws IOException, InterruptedException {
        try (HostileGateway gateway = options.start(profile, selection::has)) {
            CountDownLatch reported = new CountDownLatch(1);
            int[] status = {NOT_RUN};
            Thread interrupted = new Thread(() -> {
                gateway.end();
                try {
                    reported.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                Runtime.getRuntime().halt(status[0]); // an exit of its own would wait for this thread
            });
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                options.introduce(gateway, terminal);
                gateway.awaitEnd();
                List<Result> results = gateway.results();
                results.forEach(terminal::progress);
                status[0] = end(Subject.client(), results, leftOut, terminal);
                if (status[0] != DEVIATES && !gateway.client().untold().isEmpty()) {
                    terminal.line("not every case was told");
                    status[0] = NOT_RUN;
                }
                return status[0];
            } finally {
                reported.countDown();
                forget(interrupted);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is what ended the wait
        }
    }

    /** @param leftOut how many rules were not even tried, since {@code --only} does not name them */
    private int end(Subject subject, List<Result> results, long leftOut, Terminal terminal) {
        String verdict = subject.name() + ' ' + Terminal.verdict(results, leftOut);
        terminal.end(results, verdict);
        boolean isReported = report == null || isWritten(report, subject, verdict, results, terminal);
        if (results.stream().noneMatch(Result::isLookedAt)) {
            terminal.line("nothing could be looked at");
            return NOT_RUN;
        }
        if (Terminal.count(results, Outcome.DEVIATION) > 0) {
            return DEVIATES;
        }
        return isReported && Terminal.count(results, Outcome.BROKEN) == 0 ? KEPT : NOT_RUN;
    }

    /** Tells here if it is not: what Ctrl-C ends is gone before anybody else could. */
    private boolean isWritten(
            Path directory, Subject subject, String verdict, List<Result> results, Terminal terminal) {
        try {
            Path html = Files.createDirectories(directory).resolve("report.html");
            Files.writeString(html, HtmlReport.of(subject, verdict, profile, results));
            Files.write(directory.resolve("junit.xml"), JunitReport.of(subject, results));
            terminal.line("report: " + html);
            return true;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("--report %s has to be a directory that can be written: %s".formatted(directory, e));
            return false;
        }
    }

    /** Either of the two. */
    static final class Mode {
        @ArgGroup(exclusive = false, heading = "A server is held to the protocol:%n")
        private @Nullable ServerOptions server;

        @ArgGroup(exclusive = false, heading = "A client is held to the protocol:%n")
        private @Nullable ClientOptions client;
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
