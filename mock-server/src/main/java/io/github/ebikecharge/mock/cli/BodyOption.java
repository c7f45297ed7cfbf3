package io.github.ebikecharge.mock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The body of a request: text, or a file whose bytes are taken as they are. */
final class BodyOption {
    @Option(
            names = "--body",
            paramLabel = "TEXT_OR_@FILE",
            description = "Body: text, or @FILE for the bytes of a file, taken as they are.")
    private @Nullable String value;

    boolean isGiven() {
        return value != null;
    }

    /** As it was given, a file with its {@code @}. */
    String value() {
        return value == null ? "" : value;
    }

    /** @throws ParameterException if the file cannot be read, or the text did not come through the terminal whole */
    byte[] read(CommandLine commandLine) {
        if (value().startsWith("@")) {
            Path file = Path.of(value().substring(1));
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new ParameterException(commandLine, "--body: there is no readable file " + file, e);
            }
        }
        if (value().indexOf('\uFFFD') >= 0) {
            throw new ParameterException(
                    commandLine,
                    "--body: this terminal's locale spoils characters beyond ASCII; put the body into a file and give"
                            + " --body @FILE");
        }
        return value().getBytes(UTF_8);
    }
}
