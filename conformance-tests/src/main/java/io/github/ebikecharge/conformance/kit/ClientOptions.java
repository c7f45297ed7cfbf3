package io.github.ebikecharge.conformance.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the mode that holds a client to the protocol. */
final class ClientOptions {
    @Option(
            names = "--serve",
            required = true,
            description = "Act as a hostile gateway, until POST /cases/{case}/outcome has told every case,"
                    + " or POST /cases/end or Ctrl-C ends it.")
    @SuppressWarnings("UnusedVariable") // that it is there is all it says
    private boolean serve;

    @Option(
            names = "--port",
            defaultValue = "8081",
            description = "Where on 127.0.0.1 it listens; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--credentials-out",
            paramLabel = "DIR",
            description = "Where the keys that the client is set up with are written, under WeChat Pay's file names;"
                    + " GET /credentials answers them as JSON.")
    private @Nullable Path credentialsOut;

    @Option(
            names = "--both-kinds",
            description = "The client holds platform certificates and the public key, as while it moves from one to the"
                    + " other: it may believe an answer of either kind, whichever it asked for.")
    private boolean bothKinds;

    HostileGateway start(Profile profile, Predicate<Check> chosen) throws IOException {
        try {
            return new HostileGateway(port, bothKinds, profile, chosen, Clock.systemUTC());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("--port %d cannot be listened at: %s".formatted(port, e.getMessage()), e);
        }
    }

    void introduce(HostileGateway gateway, Terminal terminal) throws IOException {
        if (credentialsOut != null) {
            gateway.keys().write(credentialsOut);
            terminal.line("wrote the client's credentials to " + credentialsOut);
        }
        terminal.line("hostile gateway listens at " + gateway.url());
        terminal.line("%d cases: confirm once for each contract that %s/cases.txt names, and tell what came of it:"
                .formatted(gateway.client().cases().size(), gateway.url()));
        terminal.line("  curl -d '{\"outcome\":\"rejected\",\"detail\":\"…\"}' %s/cases/CONTRACT/outcome"
                .formatted(gateway.url()));
    }
}
