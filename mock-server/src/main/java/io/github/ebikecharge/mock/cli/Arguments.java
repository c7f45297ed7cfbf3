package io.github.ebikecharge.mock.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** What a command was given, and where it prints. */
final class Arguments {
    private final CommandLine line;
    private final PrintStream out;
    private final PrintStream err;

    Arguments(CommandLine line, PrintStream out, PrintStream err) {
        this.line = line;
        this.out = out;
        this.err = err;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean has(Option option) {
        return line.hasOption(option);
    }

    /** What stands behind the command without an option. */
    Optional<String> operand() {
        return line.getArgList().stream().findFirst();
    }

    /** All values of an option that may be repeated. */
    List<String> all(Option option) {
        return has(option) ? List.of(line.getOptionValues(option)) : List.of();
    }

    /** The value of an option that may not. */
    Optional<String> get(Option option) {
        List<String> values = all(option);
        if (values.size() > 1) {
            throw new UsageException("--%s takes one value, not %d".formatted(option.getLongOpt(), values.size()));
        }
        return values.stream().findFirst();
    }

    /**
     * The value of an option, as {@code reader} understands it.
     *
     * @param takes what it should be, for who wrote something else
     */
    <T> Optional<T> get(Option option, String takes, Function<String, T> reader) {
        return get(option).map(value -> read("--" + option.getLongOpt(), value, takes, reader));
    }

    Optional<Path> path(Option option) {
        return get(option, "the name of a file or directory", Path::of);
    }

    Optional<Path> operandPath(String name) {
        return operand().map(value -> read(name, value, "the name of a file or directory", Path::of));
    }

    /** The value of an option that names a port. */
    Optional<Integer> port(Option option) {
        return get(option, "0 to 65535", value -> {
            int port = Integer.parseInt(value);
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException();
            }
            return port;
        });
    }

    private static <T> T read(String name, String value, String takes, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (RuntimeException e) {
            throw new UsageException("%s takes %s, not %s".formatted(name, takes, value), e);
        }
    }
}
