package io.github.ebikecharge.mock.hostile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

import static io.github.ebikecharge.mock.hostile.HostileBodies.size;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Makes hostile requests, each from a seed. */
final class HostileRequests {
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** What speaks another language. */
    private static final List<String> NO_HTTP = List.of(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\u0012\4\0\0\0\0\0\0\3\0\0\0d\0\4\0\u00a0\0\0\0\2\0\0\0\0",
            "PRI * HTTP/2.0\r\n\r\n",
            "\u0016\3\1\0\u00a5\1\0\0\u00a1\3\3",
            "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nGET /v3/certificates HTTP/1.1\r\n\r\n",
            "\r\n\r\n\0\r\nQUIT\n",
            "SSH-2.0-OpenSSH_9.9\r\n",
            "*1\r\n$4\r\nPING\r\n",
            "EHLO a\r\n",
            "\r\n",
            "\n\n\n\n",
            "\0\0\0\0",
            "GET /v3/certificates\r\n",
            "GET /v3/certificates\r\n\r\n",
            "GET",
            "G",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "");

    private HostileRequests() {}

    static HostileRequest make(long seed) {
        Random random = new Random(seed);
        return switch (random.nextInt(20)) {
            case 0 -> new HostileRequest(seed, "no HTTP", noHttp(random), false, true, ANY_NUMBER);
            case 1 -> pipelined(seed, random);
            case 2, 3, 4 -> {
                Draft draft = Draft.withBody(random);
                draft.sign();
                String shape = HostileFraming.smuggle(random, draft);
                yield new HostileRequest(seed, shape, draft.toBytes(), draft.signed, true, 1);
            }
            default -> mixed(seed, random);
        };
    }

    private static byte[] noHttp(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] noise = new byte[size(random, 50_000)];
                random.nextBytes(noise);
                return noise;
            }
            case 1 -> {
                return "\r\n".repeat(size(random, 50_000)).getBytes(ISO_8859_1);
            }
            default -> {
                return NO_HTTP.get(random.nextInt(NO_HTTP.size())).getBytes(ISO_8859_1);
            }
        }
    }

    /** Good requests, one behind the other, and perhaps half of one. */
    private static HostileRequest pipelined(long seed, Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(("GET /_mock/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Number: " + i + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
        }
        bytes.write("GET /_mock/health HT".getBytes(ISO_8859_1), 0, random.nextInt(20));
        return new HostileRequest(seed, count + " pipelined", bytes.toByteArray(), false, false, count + 1);
    }

    /** One thing wrong, or several. */
    private static HostileRequest mixed(long seed, Random random) {
        StringJoiner shape = new StringJoiner(", ");
        Draft draft = Draft.any(random);
        if (draft.body.length > 0 && random.nextInt(2) == 0) {
            shape.add(HostileBodies.spoil(random, draft));
        }
        if (random.nextInt(3) == 0) {
            shape.add(HostileHeads.spoilTarget(random, draft));
        }
        draft.sign();
        if (random.nextInt(5) < 2) {
            shape.add(HostileHeads.spoil(random, draft));
        }
        if (random.nextInt(6) == 0) {
            shape.add(HostileFraming.chunk(random, draft));
        }
        byte[] bytes = draft.toBytes();
        if (random.nextInt(10) == 0) {
            shape.add("cut");
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } else if (random.nextInt(10) == 0) {
            shape.add("mutated");
            HostileBodies.mutate(random, bytes);
        }
        return new HostileRequest(seed, shape.toString(), bytes, draft.signed, false, ANY_NUMBER);
    }
}
