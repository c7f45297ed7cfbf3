package io.github.ebikecharge.mock.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request that nobody should send, or hardly anybody.
 *
 * @param seed makes the same request again, but for nonce, time and signature
 * @param shape what is wrong with it
 * @param sent all that is sent on its connection, each byte a character
 * @param signed whether its signature may be good
 * @param refused whether it may not be answered with success
 * @param mostAnswers how many final answers it may have: more, and somebody smuggled a request past the parser
 */
record HostileRequest(long seed, String shape, String sent, boolean signed, boolean refused, int mostAnswers) {
    HostileRequest(long seed, String shape, byte[] sent, boolean signed, boolean refused, int mostAnswers) {
        this(seed, shape, new String(sent, ISO_8859_1), signed, refused, mostAnswers);
    }

    byte[] bytes() {
        return sent.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
        return "%s (seed %d, %d bytes)".formatted(shape, seed, sent.length());
    }
}
