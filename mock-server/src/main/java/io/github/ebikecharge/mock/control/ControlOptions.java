package io.github.ebikecharge.mock.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where the control API listens, and who may use it.
 *
 * @param enabled whether there is one at all
 * @param port port of its own, 0 for any that is free; null for the gateway's
 * @param token what its callers have to send; null for nothing on the loopback interface, and elsewhere for one that is
 *     made at the start
 */
public record ControlOptions(
        boolean enabled, @Nullable Integer port, @Nullable String token) {
    /** Beside the gateway, on its port. */
    public static final ControlOptions BESIDE_THE_GATEWAY = new ControlOptions(true, null, null);

    /** Nowhere. */
    public static final ControlOptions OFF = new ControlOptions(false, null, null);

    private static final int TOKEN_BYTES = 16;

    /** @throws IllegalArgumentException if the token is empty, or has characters that no header can carry */
    public ControlOptions {
        if (token != null && !token.matches("[!-~]+")) {
            throw new IllegalArgumentException("A control token has visible ASCII characters only, at least one");
        }
    }

    /** The same on a port of its own; 0 for any that is free. */
    public ControlOptions onPort(int port) {
        return new ControlOptions(true, port, token);
    }

    /** The same with a token that every caller has to send. */
    public ControlOptions withToken(String token) {
        return new ControlOptions(enabled, port, token);
    }

    /** The same with a token, if one is needed on that host and none was given. */
    public ControlOptions boundTo(String host) {
        return !enabled || token != null || isLoopback(host) ? this : withToken(newToken());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // it will not be bound to either
        }
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Everything but the token. */
    @Override
    public String toString() {
        return "ControlOptions[enabled=%s, port=%s]".formatted(enabled, port);
    }
}
