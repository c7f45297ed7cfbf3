package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.MockWechatPayServerBuilder;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "serve", description = "Serves the mock until it is ended.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}). The demo keys are public.")
    @SuppressWarnings("NullAway.Init")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--tls", description = "Serves HTTPS, too, for the names of WeChat Pay's hosts.")
    private boolean tls;

    @Option(
            names = "--tls-port",
            defaultValue = "8443",
            description = "Port of HTTPS, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int tlsPort;

    @Option(
            names = "--tls-ca",
            paramLabel = "DIR",
            defaultValue = "ebike-charge-ca",
            description = "Where the local certificate authority is kept; made at the first start. Callers trust its"
                    + " ca.pem (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path tlsCa;

    @Option(
            names = "--scenarios",
            paramLabel = "FILE",
            description = "Scenarios in YAML: what happens to calls, step by step. Read again whenever it is edited.")
    private @Nullable Path scenarios;

    @ArgGroup(exclusive = true)
    private final Kept kept = new Kept();

    /** Where what the mock remembers is kept, if not in its memory. */
    private static final class Kept {
        @Option(
                names = "--state",
                paramLabel = "DIR",
                description = "Keeps contracts, tokens and notices there; started again, the mock goes on with them,"
                        + " even after kill -9.")
        private @Nullable Path state;

        @Option(
                names = "--store",
                paramLabel = "URL",
                description = "Redis or Valkey to share contracts, tokens, notices, nonces, configuration and faults"
                        + " with other mocks: redis://[:PASSWORD@]HOST[:PORT][/DATABASE], rediss:// for TLS.")
        private @Nullable String store;
    }

    @Mixin
    private final ControlApiOptions control = new ControlApiOptions();

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Override
    public Integer call() {
        requirePort("--port", port);
        requirePort("--tls-port", tlsPort);
        MockWechatPayServerBuilder builder =
                MockWechatPayServer.builder().host(host).port(port).control(control.read(spec.commandLine()));
        configuration.read(spec.commandLine()).ifPresent(builder::configuration);
        if (tls) {
            builder.tls(certificateAuthority(), tlsPort);
        }
        if (scenarios != null) {
            builder.scenarios(scenarios);
        }
        if (kept.state != null) {
            builder.state(kept.state);
        }
        if (kept.store != null) {
            builder.store(kept.store);
        }
        try {
            MockWechatPayServer server = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            spec.commandLine()
                    .getOut()
                    .println("listening on " + server.baseUrl()
                            + server.tlsBaseUrl().map(url -> " and " + url).orElse(""));
            control.tell(spec.commandLine().getOut(), server);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (JavalinBindException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot listen on %s:%d%s%s: the port is taken, or the address is not this machine's. Try --port 0%s%s."
                            .formatted(
                                    host,
                                    port,
                                    tls ? " and " + tlsPort : "",
                                    control.port().map(own -> " and " + own).orElse(""),
                                    tls ? " --tls-port 0" : "",
                                    control.port()
                                            .map(own -> " --control-port 0")
                                            .orElse("")),
                    e);
        }
    }

    private void requirePort(String option, int value) {
        if (value < 0 || value > 65_535) {
            throw new ParameterException(spec.commandLine(), option + " takes 0 to 65535, not " + value);
        }
    }

    private CertificateAuthority certificateAuthority() {
        try {
            return CertificateAuthority.in(tlsCa, Clock.systemUTC());
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--tls-ca: cannot use %s: %s".formatted(tlsCa, e.getMessage()), e);
        }
    }
}
