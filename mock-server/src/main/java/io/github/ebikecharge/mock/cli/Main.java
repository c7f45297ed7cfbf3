package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.RsaProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code java -jar ebike-charge-mock-server.jar [COMMAND]}. */
@Command(
        name = "ebike-charge-mock-server",
        description = {
            "Local mock of WeChat Pay's e-bike charging confirm call.",
            "Without a command it serves; all options of serve may then be given at once."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            ConfirmCommand.class,
            ExportCredentialsCommand.class,
            SignCommand.class,
            ExplainCommand.class,
            HealthCommand.class);
    private static final Set<String> GLOBAL_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    /**
     * For the libraries: how to log, and not to load all of JMX for the size of a cache line. Two of Jetty's classes warn of
     * whatever a caller sends, and quote it.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            "org.eclipse.jetty.util.referencesPerCacheLine", "16",
            "org.jboss.logging.provider", "slf4j",
            "org.slf4j.simpleLogger.defaultLogLevel", "warn",
            "org.slf4j.simpleLogger.log.io.github.ebikecharge", "info",
            "org.slf4j.simpleLogger.log.org.eclipse.jetty.http.HttpParser", "error",
            "org.slf4j.simpleLogger.log.org.eclipse.jetty.util.HostPort", "error",
            "org.slf4j.simpleLogger.showDateTime", "true",
            "org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS",
            "org.slf4j.simpleLogger.showThreadName", "false",
            "org.slf4j.simpleLogger.showShortLogName", "true");

    private Main() {}

    /** Runs a command, and exits with its status unless it keeps running. */
    public static void main(String[] args) {
        PROPERTIES.forEach((property, value) -> System.setProperty(property, System.getProperty(property, value)));
        BundledAccp.offer();
        int status = run(line -> line, args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Runs a command.
     *
     * @param settings of the command line, as where it prints
     * @return the exit status
     */
    static int run(UnaryOperator<CommandLine> settings, String... args) {
        String[] arguments = withCommand(args);
        return settings.apply(commandLine(arguments[0])).execute(arguments);
    }

    /** Without a command it serves. */
    private static String[] withCommand(String... args) {
        boolean isOption = args.length == 0 || (args[0].startsWith("-") && !GLOBAL_OPTIONS.contains(args[0]));
        return isOption ? Stream.concat(Stream.of("serve"), Stream.of(args)).toArray(String[]::new) : args;
    }

    /** Who serves gets that command alone: to read the options of the others is a tenth of a start. */
    private static CommandLine commandLine(String command) {
        CommandLine commandLine = new CommandLine(new Main());
        (command.equals("serve") ? COMMANDS.subList(0, 1) : COMMANDS).forEach(commandLine::addSubcommand);
        return commandLine
                .setExpandAtFiles(false) // --body @FILE is a body, not a file of arguments
                .setExecutionExceptionHandler((exception, failed, result) -> {
                    failed.getErr().println(exception.getMessage());
                    return failed.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    static final class Version implements IVersionProvider {
        /** Loading ACCP takes a third of a second or so. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        @Override
        public String[] getVersion() {
            return new String[] {
                "ebike-charge-mock-server "
                        + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                                .orElse("dev"),
                "Java " + Runtime.version(),
                "RSA by " + RsaProvider.describe(PATIENCE) + ", SM2 by Bouncy Castle"
            };
        }
    }
}
