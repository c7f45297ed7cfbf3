package io.github.ebikecharge.mock.gateway;

/** Watches the gateway. */
public interface GatewayListener {
    /** A request was answered. */
    void answered(GatewayExchange exchange);

    /** Why the signature of this request failed, in one line of ASCII; asked for only where answers shall tell. */
    String explain(GatewayRequest request);
}
