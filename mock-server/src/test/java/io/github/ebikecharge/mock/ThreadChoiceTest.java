package io.github.ebikecharge.mock;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** One thread reads what all callers send, and no other stands by to take its place, on a server of Jetty alone. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadChoiceTest {
    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final Server server = new Server(threads);
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final CountDownLatch bothWait = new CountDownLatch(2);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Answers with the name of its thread; waits, fails or does nothing where the path says so. */
    private final class Named extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = Request.getPathInContext(request);
            if (path.endsWith("fails")) {
                throw new IllegalStateException("as it was asked to");
            }
            if (path.endsWith("unknown")) {
                return false;
            }
            if (path.endsWith("waits")) {
                bothWait.countDown();
                goOn.await();
            }
            byte[] name = Thread.currentThread().getName().getBytes(US_ASCII);
            response.getHeaders().put("Content-Length", name.length);
            response.write(true, ByteBuffer.wrap(name), callback);
            return true;
        }
    }

    private void start(boolean gatewayMayWait) throws Exception {
        threads.setReservedThreads(0);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ThreadChoice choice = new ThreadChoice(gatewayMayWait);
        choice.setHandler(new Named());
        server.setHandler(choice);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        goOn.countDown();
        server.stop();
    }

    private RawHttp ask(String path) throws IOException {
        return new RawHttp(URI.create("http://127.0.0.1:" + connector.getLocalPort()))
                .send("GET %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(path).getBytes(US_ASCII));
    }

    private RawHttp.Answer answer(String path) throws IOException {
        try (RawHttp caller = ask(path)) {
            return caller.receive();
        }
    }

    @Test
    void letsTheThreadThatReadACallOfTheGatewayHandleIt() throws Exception {
        start(false);

        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add(answer("/v3/certificates").text());
        }

        assertThat(names).containsOnly(names.get(0));
    }

    @ParameterizedTest
    @CsvSource({"false, /mock/waits", "true, /v3/waits"})
    void letsNobodyWaitForWhatMayWait(boolean gatewayMayWait, String waits) throws Exception {
        start(gatewayMayWait);
        try (RawHttp first = ask(waits);
                RawHttp second = ask(waits)) {
            assertThat(bothWait.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(answer("/v3/certificates").status()).isEqualTo(200);
            goOn.countDown();

            assertThat(first.receive().status()).isEqualTo(200);
            assertThat(second.receive().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/", "/mock/"})
    void answersWhateverBecomesOfIt(String path) throws Exception {
        start(false);

        assertThat(answer(path + "fails").status()).isEqualTo(500);
        assertThat(answer(path + "unknown").status()).isEqualTo(404);
    }

    /** One handler that may wait, anywhere in a server, and it hands each request to another thread. */
    @Test
    void isLeftToChooseByTheMock() throws Exception {
        var watchBefore = HttpServer.watch;
        Queue<Invocable.InvocationType> seen = new ConcurrentLinkedQueue<>();
        HttpServer.watch = () -> new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                seen.add(getServer().getInvocationType());
                return super.handle(request, response, callback);
            }
        };
        try (FixedMock mock = new FixedMock()) {
            mock.assertSigned(mock.send(SignedRequest.confirm()));
        } finally {
            HttpServer.watch = watchBefore;
        }

        assertThat(seen).containsExactly(Invocable.InvocationType.NON_BLOCKING);
    }
}
