package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.RsaProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;

/**
 * {@code java -jar ebike-charge-mock-server.jar [COMMAND]}.
 *
 * <p>The options are declared by calls, and only those of the command that is run: to read them from annotations took up to
 * a quarter of the way to the first answer.
 */
public final class Main {
    private static final String NAME = "ebike-charge-mock-server";
    private static final String SERVE = "serve";
    private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put(SERVE, ServeCommand::new);
        COMMANDS.put("confirm", ConfirmCommand::new);
        COMMANDS.put("export-credentials", ExportCredentialsCommand::new);
        COMMANDS.put("sign", SignCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("health", HealthCommand::new);
    }

    private static final Option HELP =
            Option.builder("h").longOpt("help").desc("Shows this help.").get();
    private static final Option VERSION = Option.builder("V")
            .longOpt("version")
            .desc("Shows the versions of the mock, of Java and of what signs.")
            .get();
    private static final List<Option> GLOBAL = List.of(HELP, VERSION);

    /** Loading ACCP takes a third of a second or so. */
    private static final Duration PATIENCE_WITH_ACCP = Duration.ofSeconds(10);

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

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
        int status = run(System.out, System.err, args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Runs a command; without one it serves.
     *
     * @return the exit status
     */
    static int run(PrintStream out, PrintStream err, String... args) {
        String first = args.length == 0 ? "" : args[0];
        switch (first) {
            case "-h", "--help" -> help(out);
            case "-V", "--version" -> version(out);
            default -> {
                boolean isCommand = !first.isEmpty() && !first.startsWith("-");
                String name = isCommand ? first : SERVE;
                String[] others = Arrays.copyOfRange(args, isCommand ? 1 : 0, args.length);
                return run(name, others, out, err);
            }
        }
        return 0;
    }

    private static int run(String name, String[] args, PrintStream out, PrintStream err) {
        Supplier<Command> maker = COMMANDS.get(name);
        if (maker == null) {
            err.println("There is no command %s, but %s".formatted(name, String.join(", ", COMMANDS.keySet())));
            return MISUSED;
        }
        Command command = maker.get();
        try {
            Arguments arguments =
                    Arguments.parse(options(command), command.operand().isEmpty() ? 0 : 1, args, out, err);
            if (arguments.has(HELP)) {
                help(name, command, out);
                return 0;
            }
            if (arguments.has(VERSION)) {
                version(out);
                return 0;
            }
            return command.run(arguments);
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("See %s %s --help".formatted(NAME, name));
            return MISUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (IOException | RuntimeException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static List<Option> options(Command command) {
        return Stream.concat(command.options().stream(), GLOBAL.stream()).toList();
    }

    private static void help(PrintStream out) {
        Help.print(
                out,
                NAME + " [COMMAND] [OPTION]...",
                List.of(
                        "Local mock of WeChat Pay's e-bike charging confirm call.",
                        "Without a command it serves; all options of serve may then be given at once."),
                GLOBAL);
        out.println("Commands:");
        COMMANDS.forEach((name, command) -> out.println(
                "%-20s%s".formatted(name, command.get().description().get(0))));
    }

    private static void help(String name, Command command, PrintStream out) {
        String usage =
                "%s %s [OPTION]... %s".formatted(NAME, name, command.operand()).strip();
        Help.print(out, usage, command.description(), options(command));
    }

    private static void version(PrintStream out) {
        out.println(NAME + " "
                + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                        .orElse("dev"));
        out.println("Java " + Runtime.version());
        out.println("RSA by " + RsaProvider.describe(PATIENCE_WITH_ACCP) + ", SM2 by Bouncy Castle");
    }
}
