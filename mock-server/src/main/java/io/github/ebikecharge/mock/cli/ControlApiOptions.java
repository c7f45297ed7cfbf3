package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.control.ControlOptions;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the control API listens, and who may use it. */
final class ControlApiOptions {
    @Option(
            names = "--control",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Whether there is a control API, at /_mock (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Switch state;

    @Option(
            names = "--control-port",
            paramLabel = "PORT",
            description = "Port of its own for the control API, 0 for any that is free; else it is the gateway's.")
    private @Nullable Integer port;

    @Option(
            names = "--control-token",
            paramLabel = "TOKEN",
            description = "What callers of the control API have to send as Authorization: Bearer TOKEN. Left out, they"
                    + " send nothing to a loopback --host, and a token that is made and printed here to any other.")
    private @Nullable String token;

    @Option(
            names = "--control-host",
            paramLabel = "NAME",
            description = "Name that the control API is asked by where no token is demanded, besides localhost and all"
                    + " addresses; names of web pages from elsewhere are refused. May be repeated.")
    private final Set<String> hosts = new LinkedHashSet<>();

    @SuppressWarnings("unused") // chosen by name, as typed
    private enum Switch {
        on,
        off
    }

    /** @throws ParameterException saying what is wrong with which option */
    ControlOptions read(CommandLine commandLine) {
        if (state == Switch.off) {
            if (port != null || token != null || !hosts.isEmpty()) {
                throw new ParameterException(
                        commandLine,
                        "--control off leaves nothing for --control-port, --control-token and --control-host");
            }
            return ControlOptions.OFF;
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new ParameterException(commandLine, "--control-port takes 0 to 65535, not " + port);
        }
        try {
            return new ControlOptions(true, port, token, hosts);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, "--control-token, --control-host: " + e.getMessage(), e);
        }
    }

    /** The port of its own that was asked for. */
    Optional<Integer> port() {
        return Optional.ofNullable(port);
    }

    /** Prints what nobody else can know: the port that was free, and the token that was made. */
    void tell(PrintWriter out, MockWechatPayServer server) {
        if (port != null) {
            server.controlUrl().ifPresent(url -> out.println("control API on " + url + "/_mock"));
        }
        if (token == null) {
            server.controlToken().ifPresent(made -> out.println("control token: " + made));
        }
    }
}
