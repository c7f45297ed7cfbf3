package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.HttpServer.Address;
import io.github.ebikecharge.mock.HttpServer.Refusals;
import io.github.ebikecharge.mock.control.Control;
import io.github.ebikecharge.mock.control.ControlOptions;
import io.github.ebikecharge.mock.control.Dashboard;
import io.github.ebikecharge.mock.gateway.Gateway;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gateway's ports; the control API beside it, on a port of its own, or nowhere. */
final class Listeners implements AutoCloseable {
    private final HttpServer gatewayServer;
    private final @Nullable HttpServer controlServer;
    private final ControlOptions options;

    /** @throws io.javalin.util.JavalinBindException if a port is taken */
    Listeners(
            Address address,
            Gateway gateway,
            boolean gatewayMayWait,
            Consumer<JavalinDefaultRoutingApi> gatewayRoutes,
            Control control,
            ControlOptions asked) {
        options = asked.boundTo(address.host());
        Consumer<JavalinDefaultRoutingApi> controlRoutes = routes -> {
            control.register(routes, options);
            Dashboard.leadThere(routes, () -> 0);
        };
        Refusals byGateway = (context, status, reason) -> gateway.refuseRoute(context, status);
        Refusals byEither = (context, status, reason) ->
                (Control.owns(context.path()) ? (Refusals) Control::refuse : byGateway).refuse(context, status, reason);
        Integer controlPort = options.port();
        if (options.enabled() && controlPort == null) {
            gatewayServer =
                    new HttpServer(address, gateway, gatewayMayWait, byEither, gatewayRoutes.andThen(controlRoutes));
            controlServer = null;
            return;
        }
        if (controlPort == null) {
            gatewayServer = new HttpServer(address, gateway, gatewayMayWait, byGateway, gatewayRoutes);
            controlServer = null;
            return;
        }
        AtomicInteger boundTo = new AtomicInteger();
        gatewayServer = new HttpServer(
                address,
                gateway,
                gatewayMayWait,
                byGateway,
                gatewayRoutes.andThen(routes -> Dashboard.leadThere(routes, boundTo::get)));
        controlServer = beside(address.host(), controlPort, gateway, controlRoutes);
        boundTo.set(controlServer.baseUrl().getPort());
    }

    private HttpServer beside(
            String host, int port, Gateway gateway, Consumer<JavalinDefaultRoutingApi> controlRoutes) {
        boolean gatewayMayWait = true; // not asked there
        try {
            return new HttpServer(
                    new Address(host, port, null, 0), gateway, gatewayMayWait, Control::refuse, controlRoutes);
        } catch (RuntimeException e) {
            gatewayServer.close();
            throw e;
        }
    }

    HttpServer gateway() {
        return gatewayServer;
    }

    /** Scheme, host and port of the control API; empty if there is none. */
    Optional<URI> controlUrl() {
        return options.enabled()
                ? Optional.of((controlServer == null ? gatewayServer : controlServer).baseUrl())
                : Optional.empty();
    }

    Optional<String> controlToken() {
        return Optional.ofNullable(options.token());
    }

    /** As {@link HttpServer#close}, one after the other. */
    @Override
    public void close() {
        gatewayServer.close();
        if (controlServer != null) {
            controlServer.close();
        }
    }
}
