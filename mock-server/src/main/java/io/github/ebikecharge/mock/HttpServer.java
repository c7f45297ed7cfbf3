package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.contract.Printable;
import io.github.ebikecharge.mock.gateway.Gateway;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/1.1 as the gateway speaks it: nothing compressed, no header of the server's own, no page of its own. */
final class HttpServer implements AutoCloseable {
    /** The gateway closes a connection that is idle for this long. */
    private static final int IDLE_MILLIS = 8_000;

    /** Longer than anybody takes who means it. */
    private static final Duration HEADERS_PATIENCE = Duration.ofSeconds(20);

    /** Longer than anybody takes who sends a megabyte over the worst of lines. */
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(30);

    /** Connections at a time, on each port; more wait until others close. */
    private static final int MOST_CONNECTIONS = 4096;

    /** Connections that wait to be accepted, on each port: a thousand may come at once; beyond it, callers try again. */
    private static final int MOST_WAITING = 1024;

    /** Bytes of all bodies whose requests are not answered yet; usually some hundred of each. */
    private static final long MOST_OF_BODIES = 8L << 20;

    /** How long {@link #close} waits for answers. */
    private static final int FAREWELL_MILLIS = 3_000;

    /** What each server's requests go through first: nothing, but where tests watch every exchange. */
    static volatile Supplier<Handler.@Nullable Wrapper> watch = () -> null;

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final GracefulHandler underWay = new GracefulHandler();
    private final Javalin javalin;
    private final String host;

    /**
     * Where to listen.
     *
     * @param port 0 for any that is free
     * @param tls key and certificate of a second, encrypted port; null for none
     * @param tlsPort that port, 0 for any that is free
     */
    record Address(String host, int port, @Nullable KeyStore tls, int tlsPort) {}

    /** Says what was wrong with a request that nobody answered. */
    @FunctionalInterface
    interface Refusals {
        void refuse(Context context, int status, Exception reason);
    }

    /**
     * Listens.
     *
     * @param gatewayMayWait whether a call of the gateway waits for more than a processor
     * @throws io.javalin.util.JavalinBindException if a port is taken
     */
    HttpServer(
            Address address,
            Gateway gateway,
            boolean gatewayMayWait,
            Refusals refusals,
            Consumer<JavalinDefaultRoutingApi> routes) {
        host = address.host();
        javalin = Javalin.create(config -> {
            configure(config, address.tls() != null);
            listen(config, address);
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(gateway::refuseUnreadable);
                // Javalin puts its own beneath
                WholeBodies bodies = new WholeBodies(config.http.maxRequestSize, MOST_OF_BODIES, BODY_PATIENCE);
                bodies.setHandler(new ThreadChoice(gatewayMayWait));
                underWay.setHandler(bodies);
                Handler.Wrapper watching = watch.get();
                if (watching != null) {
                    watching.setHandler(underWay);
                }
                server.setHandler(watching == null ? underWay : watching);
            });
            routes.accept(config.routes);
            config.routes.before("/v3/*", HttpServer::refuseHead);
            // Javalin has a handler of its own for the former, which would come before one for any exception
            config.routes.exception(
                    HttpResponseException.class, (refused, context) -> refuse(refusals, refused, context));
            config.routes.exception(Exception.class, (failure, context) -> refuse(refusals, failure, context));
        });
        javalin.start();
    }

    private static void configure(JavalinConfig config, boolean tls) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.threadPool = new QueuedThreadPool(threads(tls), threads(tls));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(false);
            http.setHeaderCacheSize(0); // no Authorization comes twice
            UriCompliance compliance = http.getUriCompliance();
            http.setUriCompliance(compliance.without(compliance.getName(), UriCompliance.Violation.UTF16_ENCODINGS));
        });
    }

    /**
     * Few: what waits for a processor waits no shorter with more. Those that watch a second port come on top.
     */
    private static int threads(boolean tls) {
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(8, 4 * cores) + (tls ? cores + 1 : 0);
    }

    private static void listen(JavalinConfig config, Address address) {
        config.jetty.addConnector((server, http) ->
                connector(address, address.port(), HttpConnections.connector(server, new HttpConnections(http))));
        KeyStore keyStore = address.tls();
        if (keyStore != null) {
            config.jetty.addConnector(
                    (server, http) -> connector(address, address.tlsPort(), tls(server, http, keyStore)));
        }
    }

    private static ServerConnector connector(Address address, int port, ServerConnector connector) {
        connector.setHost(address.host());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(MOST_WAITING);
        connector.addBean(new SlowHeaders(HEADERS_PATIENCE, connector.getScheduler()));
        connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }

    private static ServerConnector tls(Server server, HttpConfiguration http, KeyStore keyStore) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(keyStore);
        context.setKeyStorePassword("");
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3"); // whatever the Java runtime is set up for
        HttpConfiguration https = new HttpConfiguration(http);
        https.addCustomizer(new SecureRequestCustomizer(false)); // callers may use any name that leads here
        return HttpConnections.connector(
                server, new SslConnectionFactory(context, "http/1.1"), new HttpConnections(https));
    }

    /** Javalin would answer HEAD wherever there is a GET. */
    private static void refuseHead(Context context) {
        if (context.method().equals(HandlerType.HEAD)) {
            throw new MethodNotAllowedResponse();
        }
    }

    private static void refuse(Refusals refusals, Exception exception, Context context) {
        int status = status(exception);
        if (status == 500) {
            LOG.error("{} {} failed", context.method(), Printable.ascii(context.path()), exception);
        }
        refusals.refuse(context, status, exception);
    }

    private static int status(Exception exception) {
        if (exception instanceof HttpResponseException refused) {
            return refused.getStatus();
        }
        if (exception.getCause() instanceof HttpResponseException refused) {
            return refused.getStatus(); // as WholeBodies told whoever read the body
        }
        return exception instanceof IOException ? 400 : 500; // a body that ends early, or is not what it says it is
    }

    /** Scheme, host and port of plain HTTP. */
    URI baseUrl() {
        return url("http", javalin.port());
    }

    /** Scheme, host and port of HTTPS; empty if there is none. */
    Optional<URI> tlsBaseUrl() {
        var connectors = javalin.jettyServer().server().getConnectors();
        return connectors.length < 2
                ? Optional.empty()
                : Optional.of(url("https", ((ServerConnector) connectors[1]).getLocalPort()));
    }

    private URI url(String scheme, int port) {
        return URI.create("%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port));
    }

    /** Stops listening; requests under way are answered, if that takes no longer than three seconds. */
    @Override
    public void close() {
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            ((ServerConnector) connector).close();
        }
        try {
            underWay.shutdown().get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("Requests left without an answer: {}", underWay.getCurrentRequestCount());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }
}
