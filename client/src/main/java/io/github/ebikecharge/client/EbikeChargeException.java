package io.github.ebikecharge.client;

import org.jspecify.annotations.Nullable;

/** Every way a call can fail. Each subtype tells what the caller may assume about the charge. */
public abstract sealed class EbikeChargeException extends RuntimeException
        permits RequestValidationException, ServiceException, TransportException, ResponseValidationException {
    private static final long serialVersionUID = 1;

    EbikeChargeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether WeChat Pay may have acted on the request all the same: issued a token, and notified the user. */
    public abstract boolean outcomeUnknown();
}
