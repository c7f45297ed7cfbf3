package io.github.ebikecharge.mock.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the control API listens, and who may use it.
 *
 * @param enabled whether there is one at all
 * @param port port of its own, 0 for any that is free; null for the gateway's
 * @param token what its callers have to send; null for nothing on the loopback interface, and elsewhere for one that is
 *     made at the start
 * @param hosts names under which it answers where no token is demanded, besides {@code localhost} and all addresses: a
 *     page in a browser that gets a name of its own to lead here is not to use it. A token keeps that page away by itself
 */
public record ControlOptions(
        boolean enabled, @Nullable Integer port, @Nullable String token, Set<String> hosts) {
    /** Beside the gateway, on its port. */
    public static final ControlOptions BESIDE_THE_GATEWAY = new ControlOptions(true, null, null, Set.of());

    /** Nowhere. */
    public static final ControlOptions OFF = new ControlOptions(false, null, null, Set.of());

    private static final int TOKEN_BYTES = 16;

    /**
     * @throws IllegalArgumentException if the token is empty, or has characters that no header can carry; if a host is not
     *     a name alone
     */
    public ControlOptions {
        Set<String> names = new TreeSet<>();
        for (String host : hosts) {
            if (!isName(host)) {
                throw new IllegalArgumentException(
                        "A control host is a name alone, as in mock.test, without scheme and port; not " + host);
            }
            names.add(host.toLowerCase(Locale.ROOT));
        }
        hosts = Set.copyOf(names);
        if (token != null && !token.matches("[!-~]+")) {
            throw new IllegalArgumentException("A control token has visible ASCII characters only, at least one");
        }
    }

    /** The same on a port of its own; 0 for any that is free. */
    public ControlOptions onPort(int port) {
        return new ControlOptions(true, port, token, hosts);
    }

    /** The same with a token that every caller has to send. */
    public ControlOptions withToken(String token) {
        return new ControlOptions(enabled, port, token, hosts);
    }

    /** The same under these names, too, where no token is demanded. */
    public ControlOptions withHosts(String... names) {
        Set<String> more = new TreeSet<>(hosts);
        more.addAll(List.of(names));
        return new ControlOptions(enabled, port, token, more);
    }

    /** The same under the name of that host; with a token, if one is needed there and none was given. */
    public ControlOptions boundTo(String host) {
        if (!enabled || token != null) {
            return this;
        }
        return isLoopback(host) ? isName(host) ? withHosts(host) : this : withToken(newToken());
    }

    private static boolean isName(String host) {
        return host.matches("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");
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
        return "ControlOptions[enabled=%s, port=%s, hosts=%s]".formatted(enabled, port, hosts);
    }
}
