package io.github.ebikecharge.client;

import java.io.IOException;

/** There was no answer: the connection failed, or time ran out. */
public final class TransportException extends EbikeChargeException {
    private static final long serialVersionUID = 1;

    private final boolean connected;

    /**
     * @param message what was called
     * @param cause how it failed
     * @param connected whether there was a connection, so that the request may have arrived
     */
    public TransportException(String message, IOException cause, boolean connected) {
        super(message + ": " + cause, cause);
        this.connected = connected;
    }

    /** Whether the request may have arrived. */
    @Override
    public boolean outcomeUnknown() {
        return connected;
    }
}
