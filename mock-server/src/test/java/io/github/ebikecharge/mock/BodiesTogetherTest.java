package io.github.ebikecharge.mock;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** Many long bodies at a time. */
@Timeout(60)
class BodiesTogetherTest {
    private static final int LENGTH = 1_000_000;
    private static final byte[] HEAD = ("POST " + SignedRequest.CONFIRM
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LENGTH + "\r\n\r\n")
            .getBytes(US_ASCII);

    private final FixedMock mock = new FixedMock();

    @AfterEach
    void stop() {
        mock.close();
    }

    @Test
    void keepsEightMegabytesOfThemAndDropsTheRest() throws Exception {
        List<RawHttp> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                callers.add(new RawHttp(mock.baseUrl()).send(HEAD).send(new byte[LENGTH - 1]));
            }
            List<Integer> statuses = new ArrayList<>();
            for (RawHttp caller : callers) {
                statuses.add(caller.send(new byte[1]).receive().status());
            }

            assertThat(statuses).containsOnly(400, 413).hasSize(30);
        } finally {
            for (RawHttp caller : callers) {
                caller.close();
            }
        }
        try (RawHttp next = new RawHttp(mock.baseUrl())) {
            assertThat(next.send(HEAD).send(new byte[LENGTH]).receive().status())
                    .as("once there is room again")
                    .isEqualTo(400);
        }
    }
}
