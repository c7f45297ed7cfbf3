package io.github.ebikecharge.mock;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that wait, over real sockets. */
@Timeout(60)
class DelayTest {
    /** More than the server has threads. */
    private static final int CALLS = 260;

    private FixedMock mock;

    @BeforeEach
    void start() {
        mock = new FixedMock();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private static byte[] delayed(int millis) {
        return delayed(millis, 12343232);
    }

    private static byte[] delayed(int millis, int device) {
        return SignedRequest.confirm()
                .edit("\"12343232\"", "\"" + device + "\"")
                .header("Mock-Prefer", "delay=" + millis)
                .toBytes();
    }

    @Test
    void keepsNobodyElseWaitingAndEndsWithTheMock() throws Exception {
        List<RawHttp> callers = new ArrayList<>();
        try {
            for (int i = 0; i < CALLS; i++) {
                callers.add(new RawHttp(mock.baseUrl()).send(delayed(600_000, i)));
            }

            assertThat(mock.ask("GET", "/_mock/health").status()).isEqualTo(200);
            assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
            while (mock.server().world().tokens().size() <= CALLS) {
                Thread.onSpinWait(); // until all of them are under way
            }
            mock.close();
            for (RawHttp caller : callers) {
                assertThat(caller.receive().status()).isEqualTo(200);
            }
        } finally {
            for (RawHttp caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void answersTheNextRequestOfTheSameConnectionAfterwards() throws Exception {
        try (RawHttp caller = new RawHttp(mock.baseUrl())) {
            long start = System.nanoTime();
            RawHttp.Answer late = caller.send(delayed(50)).receive();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
            mock.assertSigned(late);
            mock.assertSigned(caller.send(delayed(1)).receive());
            mock.assertSigned(caller.send(SignedRequest.confirm().toBytes()).receive());
        }
    }
}
