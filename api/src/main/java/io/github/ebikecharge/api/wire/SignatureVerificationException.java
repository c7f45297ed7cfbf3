package io.github.ebikecharge.api.wire;

/** A signature that is not to be trusted, and why. */
public final class SignatureVerificationException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

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
        super(message);
        this.reason = reason;
    }

    /** What was wrong. */
    public Reason reason() {
        return reason;
    }
}
