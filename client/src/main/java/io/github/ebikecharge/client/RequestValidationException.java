package io.github.ebikecharge.client;

import org.jspecify.annotations.Nullable;

/** The request does not keep the contract, and was not sent. The message names each field and what is wrong with it. */
public final class RequestValidationException extends EbikeChargeException {
    private static final long serialVersionUID = 1;

    RequestValidationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    boolean attemptOutcomeUnknown() {
        return false;
    }
}
