package io.github.ebikecharge.mock.cli;

import java.net.URI;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --base-url}: whom a command calls. */
final class BaseUrlOption {
    @Option(
            names = "--base-url",
            defaultValue = "http://127.0.0.1:8080",
            description = "Scheme, host and port to call (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private URI value;

    /** @throws ParameterException if it is no such thing */
    URI read(CommandLine commandLine) {
        if (value.getHost() == null || !String.valueOf(value.getScheme()).matches("https?")) {
            throw new ParameterException(commandLine, "--base-url takes http://HOST:PORT, not " + value);
        }
        return value;
    }
}
