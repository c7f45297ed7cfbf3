package io.github.ebikecharge.api.wire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A signature that is not to be trusted, and why. */
public final class SignatureVerificationException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final @Nullable Duration clockSkew;

    /** What was wrong, in the order in which it is looked for. */
    public enum Reason {
        /** A header that carries a part of the signature is missing or empty. */
        MISSING_HEADER,
        /** A header is there, but does not have its form. */
        MALFORMED_HEADER,
        /** The signature scheme is not one of {@link SignatureScheme}. */
        UNKNOWN_SCHEME,
        /** Signed too long ago, or in the future. */
        TIMESTAMP_OUT_OF_RANGE,
        /** No key is known by that serial number or key ID. */
        UNKNOWN_SERIAL,
        /** The signature does not belong to these bytes and this key. */
        SIGNATURE_MISMATCH
    }

    /**
     * @param reason what was wrong
     * @param message which value was wrong and what was expected; never the signature itself
     */
    public SignatureVerificationException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** As the other, with how far the timestamp is ahead of the clock that it was compared with. */
    SignatureVerificationException(Reason reason, String message, @Nullable Duration clockSkew) {
        super(message);
        this.reason = reason;
        this.clockSkew = clockSkew;
    }

    /** What was wrong. */
    public Reason reason() {
        return reason;
    }

    /**
     * How far the timestamp is ahead of the clock that it was compared with, in whole seconds, negative if behind; empty
     * unless the reason is {@code TIMESTAMP_OUT_OF_RANGE}.
     */
    public Optional<Duration> clockSkew() {
        return Optional.ofNullable(clockSkew);
    }
}
