package io.github.ebikecharge.mock.cli;

import org.jspecify.annotations.Nullable;

/** The command line is not one that a command takes; the message says what is wrong, and where. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        this(message, null);
    }

    UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
