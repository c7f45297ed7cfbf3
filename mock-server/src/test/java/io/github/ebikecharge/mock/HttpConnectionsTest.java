package io.github.ebikecharge.mock;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class HttpConnectionsTest {
    /** Whoever reads it waits for {@link #goOn}. */
    private static final class SlowEndPoint extends ByteArrayEndPoint {
        private final AtomicInteger reading = new AtomicInteger();
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public int fill(ByteBuffer buffer) {
            reading.incrementAndGet();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reading.decrementAndGet();
            return 0;
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void areReadByOneThreadAtATime() throws Exception {
        HttpConnections connections = new HttpConnections(new HttpConfiguration());
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server, connections);
        server.addConnector(connector);
        server.start();
        SlowEndPoint endPoint = new SlowEndPoint();
        try {
            HttpConnection connection = (HttpConnection) connections.newConnection(connector, endPoint);
            List<Thread> readers = List.of(new Thread(connection::onFillable), new Thread(connection::onFillable));
            readers.forEach(Thread::start);
            while (endPoint.reading.get() == 0
                    || (endPoint.reading.get() == 1
                            && readers.stream().noneMatch(reader -> reader.getState() == Thread.State.BLOCKED))) {
                Thread.onSpinWait();
            }

            assertThat(endPoint.reading).hasValue(1);
        } finally {
            endPoint.goOn.countDown();
            server.stop();
        }
    }
}
