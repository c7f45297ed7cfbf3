package io.github.ebikecharge.client;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every way a call can fail. Each subtype tells what the caller may assume about the charge; where a call was repeated,
 * the last attempt is thrown, and the ones before it are {@linkplain #earlier() at hand}.
 */
public abstract sealed class EbikeChargeException extends RuntimeException
        permits RequestValidationException, ServiceException, TransportException, ResponseValidationException {
    private static final long serialVersionUID = 1;
    /** What may end a line where it is shown, or hide one: an answer that is not signed may come from anybody. */
    private static final Pattern BREAK = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}&&[^\t]]");

    EbikeChargeException(String message, @Nullable Throwable cause) {
        super(BREAK.matcher(message).replaceAll(" "), cause);
    }

    /**
     * Whether WeChat Pay may have acted on the request all the same: issued a token, and notified the user. True if that
     * is so of any attempt. Then ask again with the same values, or ask the user; do not count the charge as refused.
     */
    public final boolean outcomeUnknown() {
        return attemptOutcomeUnknown() || earlier().stream().anyMatch(EbikeChargeException::attemptOutcomeUnknown);
    }

    /** Whether WeChat Pay may have acted on the attempt that this one is about. */
    abstract boolean attemptOutcomeUnknown();

    /** Why the attempts before this one failed, the first one first; empty if there was only one. */
    public final List<EbikeChargeException> earlier() {
        return Stream.of(getSuppressed())
                .filter(EbikeChargeException.class::isInstance)
                .map(EbikeChargeException.class::cast)
                .flatMap(before -> Stream.concat(before.earlier().stream(), Stream.of(before)))
                .toList();
    }
}
