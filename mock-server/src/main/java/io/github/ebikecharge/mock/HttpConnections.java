package io.github.ebikecharge.mock;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Makes connections whose requests one thread at a time reads. Jetty's own do not wait: while one thread leaves a request that
 * cannot be read, a second answers it and a third reads on, and the first and the third give the same buffer back to the pool.
 * It is another connection's by then, and answers get mixed up.
 *
 * @see <a href="https://github.com/jetty/jetty.project/issues/12939">Jetty's issue 12939</a>
 */
final class HttpConnections extends HttpConnectionFactory {
    private final HttpConfiguration configuration;

    HttpConnections(HttpConfiguration configuration) {
        super(configuration);
        this.configuration = configuration;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new ReadInTurn(configuration, connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
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
