package io.github.ebikecharge.mock.cli;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Option;

/** What the command line does under one name. */
interface Command {
    /** What it does, a paragraph each; the first alone stands in the list of commands. */
    List<String> description();

    /** What may stand behind its name without an option, as its usage shows it; empty for nothing. */
    default String operand() {
        return "";
    }

    /** The options that it takes, in the order of its help. */
    List<Option> options();

    /**
     * Does it.
     *
     * @return the exit status
     * @throws UsageException if it was given what it does not take
     */
    int run(Arguments arguments) throws IOException, InterruptedException;

    /** An option that is there or not. */
    static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    /** An option with a value, which is shown as {@code label}. */
    static Option option(String name, String label, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(label)
                .desc(description)
                .get();
    }
}
