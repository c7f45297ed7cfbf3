package io.github.ebikecharge.mock;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Makes connections that are read by one thread at a time. Jetty's own are not: while a thread leaves a request that cannot be
 * read, another answers it and a third reads on, and both give the same buffer back to the pool. It is another connection's
 * by then, and answers get mixed up.
 */
final class HttpConnections extends HttpConnectionFactory {
    private final HttpConfiguration configuration;

    HttpConnections(HttpConfiguration configuration) {
        super(configuration);
        this.configuration = configuration;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new ReadInTurn(configuration, connector, endPoint), connector, endPoint);
    }

    private static final class ReadInTurn extends HttpConnection {
        ReadInTurn(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        public synchronized void onFillable() {
            super.onFillable();
        }
    }
}
