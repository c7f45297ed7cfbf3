package io.github.ebikecharge.api.wire;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.TIMESTAMP_OUT_OF_RANGE;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SERIAL;

/** Verifies what the platform signed: answers and callbacks. Immutable and thread-safe. */
public final class Verifier {
    /** A timestamp this far from now or farther, either way, is refused, as in the official SDK. */
    public static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final Function<String, Optional<PublicKey>> keyBySerial;
    private final Clock clock;

    /**
     * Trusts the keys that {@code keyBySerial} knows.
     *
     * @param keyBySerial finds the key that {@code Wechatpay-Serial} names
     */
    public Verifier(Function<String, Optional<PublicKey>> keyBySerial, Clock clock) {
        this.keyBySerial = keyBySerial;
        this.clock = clock;
    }

    /**
     * Returns if the platform signed these very bytes, not more than five minutes ago.
     *
     * @param body body exactly as received; empty for 204
     * @throws SignatureVerificationException with {@code TIMESTAMP_OUT_OF_RANGE}, {@code UNKNOWN_SERIAL} or
     *     {@code SIGNATURE_MISMATCH}
     */
    public void verify(ResponseSignature signature, byte[] body) throws SignatureVerificationException {
        long skew = signature.timestamp() - clock.instant().getEpochSecond();
        if (skew <= -MAX_CLOCK_SKEW.toSeconds() || skew >= MAX_CLOCK_SKEW.toSeconds()) {
            throw new SignatureVerificationException(
                    TIMESTAMP_OUT_OF_RANGE,
                    "Signed %d s %s this clock (%s): check the clock of this machine"
                            .formatted(Math.abs(skew), skew < 0 ? "before" : "after", clock.instant()),
                    Duration.ofSeconds(skew));
        }
        PublicKey key = keyBySerial
                .apply(signature.serial())
                .orElseThrow(() -> new SignatureVerificationException(
                        UNKNOWN_SERIAL, "No trusted platform key has the serial " + signature.serial()));
        SignedMessage message = SignedMessage.ofResponse(signature.timestamp(), signature.nonce(), body);
        signature.scheme().verify(key, message, signature.signature());
    }
}
