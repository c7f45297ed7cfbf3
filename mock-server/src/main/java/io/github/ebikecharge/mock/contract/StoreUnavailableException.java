package io.github.ebikecharge.mock.contract;

/** What the mock has to remember cannot be kept, or asked for, at this moment: nothing was changed for certain. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message which store, and what is wrong with it; without its password */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
