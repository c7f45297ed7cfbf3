package io.github.ebikecharge.api.wire;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random strings of the form that the gateway itself uses: 32 lower-case hexadecimal digits. */
final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    static String next() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
