package io.github.ebikecharge.mock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections that take their turns.
 *
 * <p>One thread at a time reads a connection's requests. Jetty's own do not wait: while one thread leaves a request that cannot be
 * read, a second answers it and a third reads on, and the first and the third give the same buffer back to the pool. It is another
 * connection's by then, and answers get mixed up.
 *
 * <p>Once a request is answered, and what came along with it, those of other connections come first. Jetty's own would serve
 * whoever is quick enough with the next one on and on: with more connections than threads, a few would be served and all others
 * left waiting.
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
        TakingTurns connection = new TakingTurns(configuration, connector, endPoint);
        EndPoint beneath = endPoint instanceof EndPoint.Wrapper encrypted ? encrypted.unwrap() : endPoint;
        if (beneath instanceof TurnsEndPoint turns) {
            turns.connection = connection;
        }
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    /** What such connections need beneath them, with a selector for each core, as its thread does most of the work. */
    static ServerConnector connector(Server server, ConnectionFactory... protocols) {
        return new ServerConnector(server, -1, Runtime.getRuntime().availableProcessors(), protocols) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                TurnsEndPoint endPoint = new TurnsEndPoint(channel, selector, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
    }

    private static final class TakingTurns extends HttpConnection {
        private long before;

        TakingTurns(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        public synchronized void onFillable() {
            before = getMessagesIn();
            super.onFillable();
        }

        /** Whether a request of this turn is answered, and what is read now would be the next one's head. */
        boolean isOver() {
            return getMessagesIn() > before && getParser().inHeaderState();
        }
    }

    private static final class TurnsEndPoint extends SocketChannelEndPoint {
        private @Nullable TakingTurns connection;

        TurnsEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        /** Finds nothing once the turn is over: what is there, the selector finds, after what others sent. */
        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            return connection != null && connection.isOver() ? 0 : super.fill(buffer);
        }
    }
}
