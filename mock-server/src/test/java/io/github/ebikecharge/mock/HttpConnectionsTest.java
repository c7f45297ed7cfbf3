package io.github.ebikecharge.mock;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class HttpConnectionsTest {
    private static final int THREADS_FOR_REQUESTS = 4;

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

    /** With more connections than threads, and each one's requests there already, each as long as what is read at a time. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void areServedInTurn() throws Exception {
        CountDownLatch allAreThere = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        QueuedThreadPool threads =
                new QueuedThreadPool(Runtime.getRuntime().availableProcessors() + 1 + THREADS_FOR_REQUESTS);
        threads.setReservedThreads(0); // whatever is to be done is done in the order in which it came
        Server server = new Server(threads);
        ServerConnector connector = HttpConnections.connector(server, new HttpConnections(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (!request.getHttpURI().getPath().equals("/hello")) {
                    waiting.incrementAndGet();
                    allAreThere.await();
                }
                served.add(request.getHttpURI().getPath());
                assertThat(request.consumeAvailable()).isTrue();
                callback.succeeded();
                return true;
            }
        });
        server.start();
        List<Socket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket caller = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
                caller.setSoTimeout(20_000);
                callers.add(caller);
                caller.getOutputStream().write("GET /hello HTTP/1.1\r\nHost: mock\r\n\r\n".getBytes(US_ASCII));
                assertThat(caller.getInputStream().read()).isEqualTo('H');
            }
            for (Socket caller : callers) {
                for (String path : List.of("/first", "/second", "/third", "/fourth", "/last")) {
                    caller.getOutputStream().write(request(path));
                }
            }
            while (!Thread.interrupted() && waiting.get() + threads.getQueueSize() < callers.size()) {
                Thread.onSpinWait();
            }
            allAreThere.countDown();
            for (Socket caller : callers) {
                assertThat(new String(caller.getInputStream().readAllBytes(), US_ASCII).split("TTP/1.1 200", -1))
                        .hasSize(1 + 6);
            }
        } finally {
            allAreThere.countDown();
            for (Socket caller : callers) {
                caller.close();
            }
            server.stop();
        }

        assertThat(served.subList(0, served.indexOf("/last")))
                .filteredOn("/first"::equals)
                .hasSizeGreaterThan(callers.size() - THREADS_FOR_REQUESTS); // who has one may be slow to serve it
    }

    private static byte[] request(String path) {
        String head = "POST %s HTTP/1.1\r\nHost: mock\r\n%sContent-Length: 8000\r\nLong: "
                .formatted(path, path.equals("/last") ? "Connection: close\r\n" : "");
        return (head + "x".repeat(192 - 4 - head.length()) + "\r\n\r\n" + "y".repeat(8000)).getBytes(US_ASCII);
    }
}
