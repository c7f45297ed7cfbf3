package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.MockWechatPayServerBuilder;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;

/** {@code serve}: the mock, until it is ended. */
final class ServeCommand implements Command {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_TLS_PORT = 8443;
    private static final String DEFAULT_TLS_CA = "ebike-charge-ca";

    private static final Option HOST = Command.option(
            "host", "HOST", "Address to listen on (default: " + LOOPBACK + "). The demo keys are public.");
    private static final Option PORT = Command.option(
            "port", "PORT", "Port to listen on, 0 for any that is free (default: " + DEFAULT_PORT + ").");
    private static final Option TLS = Command.flag("tls", "Serves HTTPS, too, for the names of WeChat Pay's hosts.");
    private static final Option TLS_PORT = Command.option(
            "tls-port", "PORT", "Port of HTTPS, 0 for any that is free (default: " + DEFAULT_TLS_PORT + ").");
    private static final Option TLS_CA = Command.option(
            "tls-ca",
            "DIR",
            "Where the local certificate authority is kept; made at the first start. Callers trust its ca.pem (default: "
                    + DEFAULT_TLS_CA + ").");
    private static final Option SCENARIOS = Command.option(
            "scenarios",
            "FILE",
            "Scenarios in YAML: what happens to calls, step by step. Read again whenever it is edited.");
    private static final Option STATE = Command.option(
            "state",
            "DIR",
            "Keeps contracts, tokens and notices there; started again, the mock goes on with them, even after kill -9.");
    private static final Option STORE = Command.option(
            "store",
            "URL",
            "Redis or Valkey to share contracts, tokens, notices, nonces, configuration and faults with other mocks:"
                    + " redis://[:PASSWORD@]HOST[:PORT][/DATABASE], rediss:// for TLS.");

    @Override
    public List<String> description() {
        return List.of("Serves the mock until it is ended.");
    }

    @Override
    public List<Option> options() {
        return Stream.of(
                        List.of(HOST, PORT, TLS, TLS_PORT, TLS_CA, SCENARIOS, STATE, STORE),
                        ControlApiOptions.OPTIONS,
                        ConfigurationOptions.OPTIONS)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public int run(Arguments arguments) {
        if (arguments.has(STATE) && arguments.has(STORE)) {
            throw new UsageException("--state and --store exclude each other: what is shared is kept in the store");
        }
        String host = arguments.get(HOST).orElse(LOOPBACK);
        int port = arguments.port(PORT).orElse(DEFAULT_PORT);
        MockWechatPayServerBuilder builder =
                MockWechatPayServer.builder().host(host).port(port).control(ControlApiOptions.read(arguments));
        ConfigurationOptions.read(arguments).ifPresent(builder::configuration);
        int tlsPort = arguments.port(TLS_PORT).orElse(DEFAULT_TLS_PORT);
        if (arguments.has(TLS)) {
            builder.tls(certificateAuthority(arguments), tlsPort);
        }
        arguments.path(SCENARIOS).ifPresent(builder::scenarios);
        arguments.path(STATE).ifPresent(builder::state);
        arguments.get(STORE).ifPresent(builder::store);
        try {
            MockWechatPayServer server = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            arguments
                    .out()
                    .println("listening on " + server.baseUrl()
                            + server.tlsBaseUrl().map(url -> " and " + url).orElse(""));
            ControlApiOptions.tell(arguments, server);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (JavalinBindException e) {
            boolean tls = arguments.has(TLS);
            var controlPort = ControlApiOptions.port(arguments);
            throw new UsageException(
                    "Cannot listen on %s:%d%s%s: the port is taken, or the address is not this machine's. Try --port 0%s%s."
                            .formatted(
                                    host,
                                    port,
                                    tls ? " and " + tlsPort : "",
                                    controlPort.map(own -> " and " + own).orElse(""),
                                    tls ? " --tls-port 0" : "",
                                    controlPort.map(own -> " --control-port 0").orElse("")),
                    e);
        }
    }

    private static CertificateAuthority certificateAuthority(Arguments arguments) {
        Path directory = arguments.path(TLS_CA).orElseGet(() -> Path.of(DEFAULT_TLS_CA));
        try {
            return CertificateAuthority.in(directory, Clock.systemUTC());
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--tls-ca: cannot use %s: %s".formatted(directory, e.getMessage()), e);
        }
    }
}
