package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.javalin.util.JavalinBindException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port takes 0 to 65535, not " + port);
        }
        try {
            MockWechatPayServer server =
                    MockWechatPayServer.builder().host(host).port(port).start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            spec.commandLine().getOut().println("listening on " + server.baseUrl());
            return 0;
        } catch (JavalinBindException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot listen on %s:%d: the port is taken, or the address is not this machine's. Try --port 0."
                            .formatted(host, port),
                    e);
        }
    }
}
