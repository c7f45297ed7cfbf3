package io.github.ebikecharge.mock;

import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** However steadily a request trickles in, it has an end; one that is fast is not cut off, on a server of Jetty alone. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatienceTest {
    private static final byte[] HEAD = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n".getBytes(US_ASCII);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final SlowHeaders headers = new SlowHeaders(Duration.ofSeconds(20), connector.getScheduler());
    private final WholeBodies bodies = new WholeBodies(100, 1_000, Duration.ZERO);

    /** Answers with the body, or with the status that tells what was wrong with it. */
    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            byte[] answer = {};
            try {
                answer = Request.asInputStream(request).readAllBytes();
            } catch (HttpResponseException e) {
                response.setStatus(e.getStatus());
            } catch (IOException e) {
                response.setStatus(500);
            }
            response.getHeaders().put("Content-Length", answer.length);
            response.write(true, ByteBuffer.wrap(answer), callback);
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        connector.addBean(headers);
        server.addConnector(connector);
        bodies.setHandler(new Echo());
        server.setHandler(bodies);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private RawHttp connect() throws IOException {
        return new RawHttp(URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    }

    @Test
    void takesABodyThatComesAtOnce() throws Exception {
        try (RawHttp caller = connect()) {
            caller.send((new String(HEAD, US_ASCII) + "abc").getBytes(US_ASCII));

            assertThat(caller.receive().text()).isEqualTo("abc");
        }
    }

    @Test
    void endsABodyThatTakesTooLong() throws Exception {
        try (RawHttp caller = connect()) {
            assertThat(caller.send(HEAD).receive().status()).isEqualTo(408);
        }
    }

    @Test
    void closesConnectionsWhoseHeadersTakeTooLong() throws Exception {
        try (RawHttp idle = connect();
                RawHttp slow = connect()) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII)).receive();
            slow.send("GET / HTTP/1.1\r\nHost:".getBytes(US_ASCII));
            long now = System.nanoTime();
            while (connector.getConnectedEndPoints().size() < 2) {
                Thread.onSpinWait();
            }
            while (connector.getConnectedEndPoints().size() == 2) {
                now += Duration.ofSeconds(1).toNanos();
                headers.sweep(now);
            }

            while (!slow.isClosedByServer()) {
                // a thread that reads at this moment still answers 400
            }
            assertThat(idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII))
                            .receive()
                            .status())
                    .isEqualTo(200);
        }
    }
}
