package io.github.ebikecharge.mock;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers that are slow to send keep nobody else waiting. */
@Timeout(60)
class SlowCallerTest {
    /** Far more than the mock has threads. */
    private static final int SLOW = 100;

    private static final byte[] REQUEST =
            SignedRequest.confirm().header("Expect", "100-continue").toBytes();

    private final FixedMock mock = new FixedMock();
    private final List<RawHttp> slow = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawHttp caller : slow) {
            caller.close();
        }
        mock.close();
    }

    private void send(int bytes) throws IOException {
        for (int i = 0; i < SLOW; i++) {
            slow.add(new RawHttp(mock.baseUrl()).send(Arrays.copyOf(REQUEST, bytes)));
        }
    }

    @ParameterizedTest
    @CsvSource({"in the middle of the request line, 10", "in the middle of a header, 120"})
    void answersOthersWhileHeadersAreStillToCome(String where, int bytes) throws Exception {
        send(bytes);

        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
        assertThat(slow).noneMatch(RawHttp::isAnswered);
    }

    @Test
    void answersOthersWhileBodiesAreStillToCome() throws Exception {
        send(REQUEST.length - 20);
        for (RawHttp caller : slow) {
            assertThat(caller.receive().status()).isEqualTo(100);
        }

        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
        assertThat(slow).noneMatch(RawHttp::isAnswered);

        for (RawHttp caller : slow) {
            caller.send(Arrays.copyOfRange(REQUEST, REQUEST.length - 20, REQUEST.length));
            assertThat(caller.receive().status()).isEqualTo(200);
        }
    }
}
