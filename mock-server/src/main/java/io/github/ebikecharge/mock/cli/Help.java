package io.github.ebikecharge.mock.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.OptionFormatter;
import org.apache.commons.cli.help.TableDefinition;
import org.apache.commons.cli.help.TextHelpAppendable;

/** How a command is used, in text. */
final class Help {
    private static final int WIDTH = 100;
    private static final List<String> NO_HEADERS = List.of("", "");

    private Help() {}

    /** Prints usage, paragraphs and options. */
    static void print(PrintStream out, String usage, List<String> description, List<Option> options) {
        TextHelpAppendable text = new TextHelpAppendable(out);
        text.setMaxWidth(WIDTH);
        text.setLeftPad(0);
        text.setIndent(0);
        HelpFormatter formatter = HelpFormatter.builder()
                .setHelpAppendable(text)
                .setShowSince(false)
                .setOptionFormatBuilder(OptionFormatter.builder().setArgumentNameDelimiters("", ""))
                .get();
        TableDefinition table = formatter.getTableDefinition(options);
        try {
            text.appendParagraph("Usage: " + usage);
            for (String paragraph : description) {
                text.appendParagraph(paragraph);
            }
            text.appendTable(TableDefinition.from("", table.columnTextStyles(), NO_HEADERS, table.rows()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
