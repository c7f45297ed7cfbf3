package io.github.ebikecharge.mock;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Who asks for much and reads none of it keeps nobody else waiting; over real sockets. */
@Timeout(60)
class SlowReaderTest {
    /** Some times as many as the mock has threads. */
    private static final int SLOW = Math.max(64, 12 * Runtime.getRuntime().availableProcessors());
    /** The kernel takes little more of an answer from the mock than fits here. */
    private static final int RECEIVED = 16_384;
    /** Less than the mock waits for a caller that reads nothing. */
    private static final int PATIENCE_MILLIS = 6_000;

    private static final String LONG_REQUEST = "/_mock/requests/1";

    private final FixedMock mock = new FixedMock();
    private final List<Socket> callers = new ArrayList<>();

    /** Its answer is some four megabytes, most of them Base64 and characters in place of what is no UTF-8. */
    @BeforeEach
    void sendALongRequest() throws IOException {
        byte[] body = new byte[900_000];
        Arrays.fill(body, (byte) 0xff);
        assertThat(mock.send(SignedRequest.confirm().body(body)).status()).isEqualTo(400);
    }

    @AfterEach
    void stop() throws IOException {
        leave();
        mock.close();
    }

    /** Whatever the kernel takes of them, it is not all. */
    @ParameterizedTest
    @CsvSource({LONG_REQUEST + ",1", "/_mock/docs/swagger-ui-bundle.js,5"})
    void answersOthersWhileAnswersAreNotRead(String target, int times) throws Exception {
        askManyTimes(SLOW, target, times);

        mock.assertSigned(mock.send(SignedRequest.confirm()));
    }

    /** More such connections than there are threads that read, each with more to read than the kernel takes. */
    @Test
    void answersOthersWhileLongRefusalsAreNotRead() throws Exception {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Socket caller = connect();
            String nonce = "slow" + i + "of";
            new Thread(() -> askForLongRefusals(caller, nonce)).start();
            assertThat(caller.getInputStream().read()).isEqualTo('H');
        }

        List<Socket> slow = List.copyOf(callers);
        for (int i = 0; i < 8; i++) {
            Socket other = connect();
            other.getOutputStream()
                    .write(SignedRequest.confirm().nonce("other" + i).toBytes());
            assertThat(other.getInputStream().read()).isEqualTo('H');
        }
        for (Socket caller : slow) {
            assertThat(isWhole(caller)).isTrue();
        }
    }

    /** The answer to each tells its whole body, each byte of it as six. */
    private static void askForLongRefusals(Socket caller, String nonce) {
        try {
            SignedRequest call = SignedRequest.confirm().body(new byte[20_000]);
            for (int times = 0; times < 50; times++) {
                caller.getOutputStream().write(call.nonce(nonce + times).toBytes());
            }
            caller.getOutputStream()
                    .write(call.nonce(nonce + "last")
                            .header("Connection", "close")
                            .toBytes());
        } catch (IOException e) {
            // the mock takes no more of it, and the test closes it
        }
    }

    @Test
    void closesTheConnectionsThatHaveWaitedLongest() throws Exception {
        askManyTimes(SLOW, LONG_REQUEST, 1);

        assertThat(isWhole(callers.get(0))).isFalse();
        assertThat(isWhole(callers.get(SLOW / 2))).isFalse();
        assertThat(isWhole(callers.get(SLOW - 1))).isTrue();
    }

    @Test
    void forgetsThoseThatLeave() throws Exception {
        askManyTimes(SLOW, LONG_REQUEST, 1);
        leave();

        askManyTimes(2, LONG_REQUEST, 1);

        assertThat(isWhole(callers.get(0))).isTrue();
        assertThat(isWhole(callers.get(1))).isTrue();
    }

    /** Each on a connection of its own, once the answer to the former has begun: none waits for a thread. */
    private void askManyTimes(int connections, String target, int times) throws IOException {
        for (int i = 0; i < connections; i++) {
            assertThat(ask(target, times).getInputStream().read()).isEqualTo('H');
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        callers.add(socket);
        socket.setReceiveBufferSize(RECEIVED);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(mock.baseUrl().getHost(), mock.baseUrl().getPort()));
        return socket;
    }

    private Socket ask(String target, int times) throws IOException {
        Socket socket = connect();
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write((request.repeat(times) + last).getBytes(US_ASCII));
        return socket;
    }

    /** Whether all was answered that was asked. */
    private static boolean isWhole(Socket caller) throws IOException {
        try {
            return new String(caller.getInputStream().readAllBytes(), UTF_8).endsWith("}");
        } catch (SocketException e) {
            return false; // as it is closed with bytes of a request unread
        }
    }

    private void leave() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
        callers.clear();
    }
}
