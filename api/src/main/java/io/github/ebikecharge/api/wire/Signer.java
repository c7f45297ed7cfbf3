package io.github.ebikecharge.api.wire;

import java.security.PrivateKey;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Signs with one key: requests as a merchant, answers and callbacks as the platform. Immutable and thread-safe.
 */
public final class Signer {
    private final String serial;
    private final PrivateKey key;
    private final SignatureScheme scheme;
    private final Clock clock;
    private final Supplier<String> nonces;

    /**
     * Signs at the time of {@code clock}, each time with a fresh nonce.
     *
     * @param serial what names the key on the wire: a certificate's serial number or a platform public key ID
     * @throws IllegalArgumentException if no {@link SignatureScheme} takes such a key
     */
    public Signer(String serial, PrivateKey key, Clock clock) {
        this(serial, key, clock, Nonces::next);
    }

    /** As {@link #Signer(String, PrivateKey, Clock)}, with nonces from {@code nonces}: for reproducible examples. */
    public Signer(String serial, PrivateKey key, Clock clock, Supplier<String> nonces) {
        this.serial = serial;
        this.key = key;
        this.scheme = SignatureScheme.ofKey(key);
        this.clock = clock;
        this.nonces = nonces;
    }

    /**
     * Signs a request.
     *
     * @param mchid merchant number of the caller
     * @param method HTTP method, upper case
     * @param target path and query exactly as they are sent
     * @param body body exactly as it is sent; empty where there is none
     */
    public AuthorizationHeader signRequest(String mchid, String method, String target, byte[] body) {
        long timestamp = clock.instant().getEpochSecond();
        String nonceStr = nonces.get();
        SignedMessage message = SignedMessage.ofRequest(method, target, timestamp, nonceStr, body);
        return new AuthorizationHeader(scheme, mchid, nonceStr, timestamp, serial, scheme.sign(key, message));
    }

    /**
     * Signs an answer or a callback.
     *
     * @param body body exactly as it is sent; empty for 204
     */
    public ResponseSignature signResponse(byte[] body) {
        long timestamp = clock.instant().getEpochSecond();
        String nonce = nonces.get();
        SignedMessage message = SignedMessage.ofResponse(timestamp, nonce, body);
        return new ResponseSignature(nonce, scheme.sign(key, message), timestamp, serial, scheme);
    }
}
