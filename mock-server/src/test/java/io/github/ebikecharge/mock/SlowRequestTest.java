package io.github.ebikecharge.mock;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Who sends slowly, or not what was announced, keeps nobody else waiting, and is answered in the end; over real sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowRequestTest {
    private static final int SLOW = 60;
    private static final byte[] REQUEST = SignedRequest.confirm().toBytes();
    private static final int HALF = REQUEST.length - 20;
    private static final long CHUNKED = 65_536;

    private final FixedMock mock = new FixedMock();

    @AfterEach
    void stop() {
        mock.close();
    }

    private static byte[] post(String... headers) {
        return ("POST " + SignedRequest.CONFIRM + " HTTP/1.1\r\nHost: a\r\nUser-Agent: a\r\nAccept: */*\r\n"
                        + "Content-Type: application/json\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(ISO_8859_1);
    }

    @Test
    void answersOthersWhileBodiesStallAndThoseOnceTheyAreWhole() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            slow.add(new RawHttp(mock.baseUrl()).send(Arrays.copyOf(REQUEST, HALF)));
        }

        mock.assertSigned(mock.send(SignedRequest.confirm().nonce("another")));

        for (RawHttp caller : slow) {
            caller.send(Arrays.copyOfRange(REQUEST, HALF, REQUEST.length));
        }
        for (RawHttp caller : slow) {
            mock.assertSigned(caller.receive());
            caller.close();
        }
    }

    /** Whoever finds the queue full hears nothing of it, and tries again a second later: here there is no later. */
    @Test
    void letsAThousandConnectAtOnce() throws Exception {
        List<Socket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                callers.add(new Socket());
                callers.get(i)
                        .connect(
                                new InetSocketAddress(
                                        mock.baseUrl().getHost(), mock.baseUrl().getPort()),
                                900);
            }

            mock.assertSigned(mock.send(SignedRequest.confirm()));
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void readsABodyByteByByte() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            caller.send(Arrays.copyOf(REQUEST, HALF));
            for (int i = HALF; i < REQUEST.length; i++) {
                caller.send(new byte[] {REQUEST[i]});
            }

            mock.assertSigned(caller.receive());
        }
    }

    @Test
    void readsAChunkedBodyWhateverItsChunks() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            String[] parts = new String(REQUEST, ISO_8859_1).split("\r\n\r\n", 2);
            String head = parts[0].replaceFirst("Content-Length: [0-9]+", "Transfer-Encoding: chunked");
            caller.send((head + "\r\n\r\n").getBytes(ISO_8859_1));
            for (char octet : parts[1].toCharArray()) {
                caller.send(chunk(String.valueOf(octet)));
            }
            caller.send(chunk(""));

            mock.assertSigned(caller.receive());
        }
    }

    @Test
    void refusesABodyThatIsAnnouncedAsFarTooLongAtOnce() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            assertEndsWith(413, caller.send(post("Content-Length: 16000001")));
        }
    }

    @Test
    void refusesABodyThatGrowsTooLong() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            caller.send(post("Transfer-Encoding: chunked"));
            for (long sent = 0; sent <= 1_000_000; sent += CHUNKED) {
                caller.send(chunk(" ".repeat((int) CHUNKED)));
            }
            caller.send(chunk(""));

            assertThat(caller.receive().status()).isEqualTo(413);
            mock.assertSigned(caller.send(REQUEST).receive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "2\r\n{}", "2\r\n{}xx\r\n"})
    void refusesABodyThatIsNotWhatItSays(String chunks) throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            caller.send(post("Transfer-Encoding: chunked"))
                    .send(chunks.getBytes(ISO_8859_1))
                    .endOutput();

            assertEndsWith(400, caller);
        }
    }

    @Test
    void answersAStalledBodyWithATimeOutInTheEnd() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            assertEndsWith(408, caller.send(Arrays.copyOf(REQUEST, HALF)));
        }
    }

    private void assertEndsWith(int status, RawHttp caller) throws Exception {
        RawHttp.Answer answer = caller.receive();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.names()).containsOnlyOnce("Connection").doesNotContain("Keep-Alive");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Server")).isEqualTo("nginx");
        assertThat(caller.isClosedByServer()).isTrue();
        assertThat(mock.server().takeRequest(Duration.ZERO))
                .hasValueSatisfying(
                        request -> assertThat(request.summary().status()).isEqualTo(status));
    }
}
