package io.github.ebikecharge.mock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.Option;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The body of a request: text, or a file whose bytes are taken as they are. */
final class BodyOption {
    static final Option OPTION =
            Command.option("body", "TEXT_OR_@FILE", "Body: text, or @FILE for the bytes of a file, taken as they are.");

    private BodyOption() {}

    /** @throws UsageException if the file cannot be read, or the text did not come through the terminal whole */
    static Optional<byte[]> read(Arguments arguments) {
        return arguments.get(OPTION).map(BodyOption::bytes);
    }

    private static byte[] bytes(String value) {
        if (value.startsWith("@")) {
            Path file = Path.of(value.substring(1));
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UsageException("--body: there is no readable file " + file, e);
            }
        }
        if (value.indexOf('\uFFFD') >= 0) {
            throw new UsageException(
                    "--body: this terminal's locale spoils characters beyond ASCII; put the body into a file and give"
                            + " --body @FILE");
        }
        return value.getBytes(UTF_8);
    }
}
