package io.github.ebikecharge.client;

import io.github.ebikecharge.api.wire.SignatureVerificationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer that is not to be trusted: its signature does not verify, or it does not hold what the contract
 * says. Nothing of it is returned, but WeChat Pay may well have acted.
 */
public final class ResponseValidationException extends EbikeChargeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String requestId;

    /**
     * @param message what is wrong with the answer
     * @param cause the {@link SignatureVerificationException}, or null if the body is at fault: what cannot be read may
     *     hold a token, and does not belong in a stack trace
     * @param requestId value of {@code Request-ID}, or null
     */
    public ResponseValidationException(
            String message, @Nullable SignatureVerificationException cause, @Nullable String requestId) {
        super(message, cause);
        this.requestId = requestId;
    }

    /** What is wrong with the signature; empty if it verifies and the body is at fault. */
    public Optional<SignatureVerificationException.Reason> signatureFault() {
        return getCause() instanceof SignatureVerificationException e ? Optional.of(e.reason()) : Optional.empty();
    }

    /**
     * How far the answer's timestamp is ahead of this machine's clock, negative if behind; empty unless that is the
     * fault. Five minutes either way are too much.
     */
    public Optional<Duration> clockSkew() {
        return getCause() instanceof SignatureVerificationException e ? e.clockSkew() : Optional.empty();
    }

    /** What WeChat Pay's support asks for; empty if the answer had none. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Somebody answered with success. */
    @Override
    boolean attemptOutcomeUnknown() {
        return true;
    }
}
