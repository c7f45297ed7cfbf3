package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.control.ControlOptions;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.Option;

/** Where the control API listens, and who may use it. */
final class ControlApiOptions {
    private static final Option CONTROL =
            Command.option("control", "on|off", "Whether there is a control API, at /_mock (default: on).");
    private static final Option PORT = Command.option(
            "control-port",
            "PORT",
            "Port of its own for the control API, 0 for any that is free; else it is the gateway's.");
    private static final Option TOKEN = Command.option(
            "control-token",
            "TOKEN",
            "What callers of the control API have to send as Authorization: Bearer TOKEN. Left out, they"
                    + " send nothing to a loopback --host, and a token that is made and printed here to any other.");
    private static final Option HOST = Command.option(
            "control-host",
            "NAME",
            "Name that the control API is asked by where no token is demanded, besides localhost and all"
                    + " addresses; names of web pages from elsewhere are refused. May be repeated.");
    static final List<Option> OPTIONS = List.of(CONTROL, PORT, TOKEN, HOST);

    private ControlApiOptions() {}

    /** @throws UsageException saying what is wrong with which option */
    static ControlOptions read(Arguments arguments) {
        Optional<Integer> port = port(arguments);
        Optional<String> token = arguments.get(TOKEN);
        Set<String> hosts = new LinkedHashSet<>(arguments.all(HOST));
        if (!arguments.get(CONTROL, "on or off", ControlApiOptions::isOn).orElse(true)) {
            if (port.isPresent() || token.isPresent() || !hosts.isEmpty()) {
                throw new UsageException(
                        "--control off leaves nothing for --control-port, --control-token and --control-host");
            }
            return ControlOptions.OFF;
        }
        try {
            return new ControlOptions(true, port.orElse(null), token.orElse(null), hosts);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--control-token, --control-host: " + e.getMessage(), e);
        }
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    /** The port of its own that was asked for. */
    static Optional<Integer> port(Arguments arguments) {
        return arguments.port(PORT);
    }

    /** Prints what nobody else can know: the port that was free, and the token that was made. */
    static void tell(Arguments arguments, MockWechatPayServer server) {
        PrintStream out = arguments.out();
        if (arguments.has(PORT)) {
            server.controlUrl().ifPresent(url -> out.println("control API on " + url + "/_mock"));
        }
        if (!arguments.has(TOKEN)) {
            server.controlToken().ifPresent(made -> out.println("control token: " + made));
        }
    }
}
