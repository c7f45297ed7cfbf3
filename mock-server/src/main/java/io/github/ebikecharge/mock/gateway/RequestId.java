package io.github.ebikecharge.mock.gateway;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Values of {@code Request-ID}: five numbered varints in upper-case hexadecimal, the first of them the time in
 * seconds, then a dash and a numeric error code, 0 on success. The form is assumed from real ones.
 */
final class RequestId {
    private RequestId() {}

    static String next(Instant now, long number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(24);
        RandomGenerator random = ThreadLocalRandom.current(); // nothing depends on its being secret
        long[] fields = {
            now.getEpochSecond(),
            random.nextLong(40, 900),
            random.nextLong(1L << 28, 1L << 31),
            random.nextLong(1, 500_000),
            random.nextLong(1, 100_000)
        };
        for (int field = 0; field < fields.length; field++) {
            bytes.write((field + 1) << 3);
            writeVarint(bytes, fields[field]);
        }
        return HexFormat.of().withUpperCase().formatHex(bytes.toByteArray()) + '-' + number;
    }

    private static void writeVarint(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while (rest >= 0x80) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
