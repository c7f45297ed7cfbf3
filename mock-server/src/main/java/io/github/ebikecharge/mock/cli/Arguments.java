package io.github.ebikecharge.mock.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What a command was given, and where it prints. */
record Arguments(CommandLine line, PrintStream out, PrintStream err) {
    /**
     * Reads them.
     *
     * @param mostOperands how many may stand without an option
     * @throws UsageException if there is anything else; it repeats no value, which may be a secret
     */
    static Arguments parse(List<Option> options, int mostOperands, String[] args, PrintStream out, PrintStream err) {
        Options known = new Options();
        options.forEach(known::addOption);
        try {
            CommandLine line = DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(known, args);
            int operands = line.getArgList().size();
            if (operands > mostOperands) {
                throw new UsageException("Takes %d argument%s without an option, not %d"
                        .formatted(mostOperands, mostOperands == 1 ? "" : "s", operands));
            }
            return new Arguments(line, out, err);
        } catch (MissingArgumentException e) {
            throw new UsageException(
                    "--%1$s takes a value; one that begins with - as --%1$s=VALUE"
                            .formatted(e.getOption().getLongOpt()),
                    e);
        } catch (UnrecognizedOptionException e) {
            throw new UsageException(unrecognized(known, String.valueOf(e.getOption())), e);
        } catch (ParseException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String unrecognized(Options known, String typed) {
        String name = typed.split("=", 2)[0];
        if (!name.startsWith("--")) {
            return "There is no option " + name.substring(0, Math.min(2, name.length()));
        }
        return known.hasLongOption(name.substring(2)) ? name + " takes no value" : "There is no option " + name;
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
