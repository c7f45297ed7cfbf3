package io.github.ebikecharge.client;

/**
 * There was no answer, or not all of it: the connection failed, time ran out, the call was cancelled, or the platform
 * certificates that its answer would be verified with could not be had.
 */
public final class TransportException extends EbikeChargeException {
    private static final long serialVersionUID = 1;

    private final boolean sent;

    /**
     * @param message what was called
     * @param cause how it failed
     * @param sent whether the request began to leave, so that it may have arrived
     */
    public TransportException(String message, Throwable cause, boolean sent) {
        super(message + (sent ? "; the request may have arrived: " : "; nothing was sent: ") + cause, cause);
        this.sent = sent;
    }

    /** Whether the request began to leave, so that it may have arrived. */
    public boolean sent() {
        return sent;
    }

    @Override
    boolean attemptOutcomeUnknown() {
        return sent;
    }
}
