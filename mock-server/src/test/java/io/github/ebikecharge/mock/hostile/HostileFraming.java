package io.github.ebikecharge.mock.hostile;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

import static io.github.ebikecharge.mock.hostile.HostileBodies.FORGED;
import static io.github.ebikecharge.mock.hostile.HostileBodies.size;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Doubts about where a request ends: the shapes of request smuggling, and chunks that are none. */
final class HostileFraming {
    /** What an attacker would like to be taken for a request of its own. */
    private static final String SMUGGLED = "GET /_mock/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    /** No one may make a guess of these; {@code #} is the length of the body. */
    private static final List<String> REFUSED = List.of(
            "Content-Length: #\r\nContent-Length: 1",
            "Content-Length: 1\r\nContent-Length: #",
            "Content-Length: #, 1",
            "Content-Length: +#",
            "Content-Length: -#",
            "Content-Length: 0x#",
            "Content-Length: # #",
            "Content-Length: #.0",
            "Content-Length: #e0",
            "Content-Length: ",
            "Content-Length: 99999999999999999999",
            "Content-Length: #\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: #",
            "Content-Length: #\r\nTransfer-Encoding: identity",
            "Content-Length: #\r\nTransfer-Encoding: xchunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: chunked;q=1",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding:",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\t: chunked",
            "Transfer-Encoding:\r\n chunked",
            "X: a\r\n Transfer-Encoding: chunked",
            "X: a\rTransfer-Encoding: chunked",
            "Content-Length : #",
            "Content-Length: 2000000",
            "Content-Length: 9223372036854775807");

    /** Chunks in the place of a body; {@code #} stands for it in hexadecimal, {@code @} for itself. */
    private static final List<String> CHUNKS = List.of(
            "zz\r\n@\r\n0\r\n\r\n",
            "-1\r\n@\r\n0\r\n\r\n",
            "+#\r\n@\r\n0\r\n\r\n",
            "0x#\r\n@\r\n0\r\n\r\n",
            "# \r\n@\r\n0\r\n\r\n",
            "#;a=b\r\n@\r\n0\r\n\r\n",
            "#;a=\"\r\n\"\r\n@\r\n0\r\n\r\n",
            "#\n@\n0\n\n",
            "#\r@\r0\r\r",
            "#\r\n@0\r\n\r\n",
            "#\r\n@xx0\r\n\r\n",
            "1\r\n@\r\n0\r\n\r\n",
            "fffffffffffffffff\r\n@\r\n0\r\n\r\n",
            "7fffffff\r\n@\r\n0\r\n\r\n",
            "80000000\r\n@\r\n0\r\n\r\n",
            "100000000#\r\n@\r\n0\r\n\r\n",
            "#\r\n@\r\n0\r\n",
            "#\r\n@\r\n",
            "#\r\n@\r\n0\r\nContent-Length: 5\r\n\r\n",
            "#\r\n@\r\n0\r\nHost: elsewhere\r\nX: \0\r\n\r\n",
            "#\r\n@\r\n0\r\n" + FORGED + "\r\n\r\n",
            "\r\n#\r\n@\r\n0\r\n\r\n",
            "00000000000000000000#\r\n@\r\n0\r\n\r\n",
            "0\r\n\r\n@");

    private HostileFraming() {}

    /** Two opinions on the length of the body, and what follows it looks like a request; says how. */
    static String smuggle(Random random, Draft draft) {
        String framing = REFUSED.get(random.nextInt(REFUSED.size()));
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        String length = String.valueOf(draft.body.length);
        write(framed, framing.replace("#", length) + "\r\n\r\n");
        if (framing.contains("hunked") && random.nextBoolean()) {
            write(framed, "0\r\n\r\n");
        } else {
            framed.writeBytes(draft.body);
        }
        write(framed, SMUGGLED);
        draft.framed = framed.toByteArray();
        return "framing " + HostileHeads.printable(framing);
    }

    /** Chunks, most of them none. */
    static String chunk(Random random, Draft draft) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        write(framed, "Transfer-Encoding: chunked\r\n\r\n");
        String body = new String(draft.body, ISO_8859_1);
        String shape;
        switch (random.nextInt(8)) {
            case 0 -> {
                shape = "many tiny chunks";
                for (byte one : draft.body) {
                    write(framed, "1\r\n" + (char) (one & 0xff) + "\r\n");
                }
                write(framed, "0\r\n\r\n");
            }
            case 1 -> {
                shape = "a long chunk extension";
                write(framed, "1;" + "a".repeat(size(random, 100_000)) + "\r\nx\r\n0\r\n\r\n");
            }
            case 2 -> {
                shape = "many trailers";
                write(framed, "0\r\n" + "X: 1\r\n".repeat(size(random, 20_000)) + "\r\n");
            }
            case 3 -> {
                shape = "more than a body may have, in chunks";
                int times = 1 + random.nextInt(20);
                write(framed, ("20000\r\n" + "a".repeat(0x20000) + "\r\n").repeat(times) + "0\r\n\r\n");
            }
            default -> {
                shape = CHUNKS.get(random.nextInt(CHUNKS.size()));
                write(
                        framed,
                        shape.replace("#", Integer.toHexString(body.length())).replace("@", body));
            }
        }
        draft.framed = framed.toByteArray();
        return "chunks " + HostileHeads.printable(shape);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }
}
