package io.github.ebikecharge.client.spring;

import io.github.ebikecharge.client.ClientCall;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.RequestValidationException;
import io.github.ebikecharge.client.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How the last confirm went: up if WeChat Pay answered it and the answer could be believed, be it a refusal; unknown before
 * the first, and again five minutes after the last. It calls nothing by itself: there is no call without consequences. So it
 * tells people; it is not for probes that stop or start traffic.
 */
final class ClientHealth implements ClientListener {
    private static final int SERVER_ERRORS = 500;
    private static final Duration TELLING = Duration.ofMinutes(5);

    private final Clock clock;
    private volatile @Nullable Ended last;

    ClientHealth(Clock clock) {
        this.clock = clock;
    }

    private record Ended(
            ClientCall call, Instant at, @Nullable Throwable failure) {
        boolean well() {
            return failure == null
                    || (failure instanceof ServiceException refusal && refusal.httpStatus() < SERVER_ERRORS);
        }
    }

    @Override
    public void ended(ClientCall call, @Nullable Throwable failure) {
        boolean tells = call.operation().equals("confirmCharge")
                && !(failure instanceof RequestValidationException || failure instanceof CancellationException);
        if (tells) {
            last = new Ended(call, clock.instant(), failure);
        }
    }

    /** A status of Spring Boot's. */
    String status() {
        Ended ended = last;
        if (ended == null || clock.instant().isAfter(ended.at().plus(TELLING))) {
            return "UNKNOWN";
        }
        return ended.well() ? "UP" : "DOWN";
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        Ended ended = last;
        if (ended != null) {
            details.put("operation", ended.call().operation());
            details.put("at", ended.at().toString());
            if (ended.failure() != null) {
                details.put("failure", String.valueOf(ended.failure().getMessage()));
            }
        }
        return details;
    }
}
