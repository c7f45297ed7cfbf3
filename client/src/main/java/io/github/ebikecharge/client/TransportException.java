package io.github.ebikecharge.client;

import java.io.IOException;

/** There was no answer, or not all of it: the connection failed, time ran out, or the call was cancelled. */
public final class TransportException extends EbikeChargeException {
    private static final long serialVersionUID = 1;

    private final boolean sent;

    /**
     * @param message what was called
     * @param cause how it failed
     * @param sent whether the request began to leave, so that it may have arrived
     */
    public TransportException(String message, IOException cause, boolean sent) {
        super(message + (sent ? "; the request may have arrived: " : "; nothing was sent: ") + cause, cause);
        this.sent = sent;
    }

    /** Whether the request may have arrived. */
    @Override
    public boolean outcomeUnknown() {
        return sent;
    }
}
