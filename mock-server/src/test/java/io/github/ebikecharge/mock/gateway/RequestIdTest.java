package io.github.ebikecharge.mock.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code Request-ID} holds what real ones hold. */
class RequestIdTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_722_850_421);

    /** The values of the fields 1 to 5, which have to stand in this order. */
    private static List<Long> decode(String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        List<Long> values = new ArrayList<>();
        int next = 0;
        while (next < bytes.length) {
            assertThat(bytes[next++]).as("tag").isEqualTo((byte) ((values.size() + 1) << 3));
            long value = 0;
            int shift = 0;
            byte part;
            do {
                part = bytes[next++];
                value |= (long) (part & 0x7F) << shift;
                shift += 7;
            } while (part < 0);
            values.add(value);
        }
        return values;
    }

    /** So that the tests below read an ID as the reference does. */
    @Test
    void realIdsDecodeToFiveFields() {
        assertThat(decode("08F5B8C2B506102C18FDDFEEA30620BE821E28EDC405"))
                .containsExactly(1_722_850_421L, 44L, 1_685_827_581L, 491_838L, 90_733L);
    }

    @RepeatedTest(50)
    void holdsTheTimeAndFourNumbersOfTheUsualSizes() {
        String id = RequestId.next(NOW, 0);

        assertThat(id).matches("[0-9A-F]+-0").startsWith("08F5B8C2B50610");
        List<Long> fields = decode(id.substring(0, id.length() - 2));
        assertThat(fields).hasSize(5);
        assertThat(fields.get(0)).isEqualTo(1_722_850_421);
        assertThat(fields.get(1)).isBetween(40L, 900L);
        assertThat(fields.get(2)).isBetween(1L << 27, (1L << 31) - 1);
        assertThat(fields.get(3)).isBetween(1L, 500_000L);
        assertThat(fields.get(4)).isBetween(1L, 100_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 268435461, 270924346})
    void endsWithTheErrorCode(long number) {
        assertThat(RequestId.next(NOW, number)).endsWith("-" + number);
    }

    @Test
    void isAnotherOneEachTime() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(RequestId.next(NOW, 0));
        }

        assertThat(ids).hasSize(1000);
    }
}
