package io.github.ebikecharge.client;

import java.time.Duration;

/**
 * Which failed attempts are repeated, how often and after how long. A repeat sends the same bytes under a new signature,
 * and, where there is a backup host, changes hosts after each attempt that a host failed. Immutable.
 *
 * <p>The confirm call has no number of the caller's, so whether WeChat Pay takes a repeat for the same call is not
 * documented: after a repeat the user may have been notified twice. That is what the three policies differ in.
 *
 * <table>
 * <caption>What is repeated</caption>
 * <tr><th>An attempt failed with</th><th>{@link #none()}</th><th>{@link #cautious()}</th><th>{@link #documented()}</th></tr>
 * <tr><td>nothing sent (no such name, no connection)</td><td>no</td><td>yes</td><td>yes</td></tr>
 * <tr><td>429</td><td>no</td><td>yes, slower</td><td>yes, slower</td></tr>
 * <tr><td>2xx whose signature does not verify (签名探测流量)</td><td>no</td><td>once</td><td>once</td></tr>
 * <tr><td>no answer although sent, 202, 5xx</td><td>no</td><td>no</td><td>yes</td></tr>
 * <tr><td>any other answer; no platform certificate to be had</td><td>no</td><td>no</td><td>no</td></tr>
 * </table>
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012081717">HTTP status codes (HTTP状态码)</a>
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4013053249">Probes of the signature (签名探测流量)</a>
 */
public final class RetryPolicy {
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private static final int MAX_ATTEMPTS = 30;

    private final Scope scope;
    private final int maxAttempts;
    private final Duration firstDelay;
    private final Duration firstDelayWhenLimited;

    private enum Scope {
        NOTHING,
        WHAT_CANNOT_HAVE_ACTED,
        WHAT_MAY_HAVE_ACTED
    }

    private RetryPolicy(Scope scope, int maxAttempts, Duration firstDelay, Duration firstDelayWhenLimited) {
        this.scope = scope;
        this.maxAttempts = maxAttempts;
        this.firstDelay = firstDelay;
        this.firstDelayWhenLimited = firstDelayWhenLimited;
    }

    private static RetryPolicy of(Scope scope) {
        return new RetryPolicy(scope, 3, Duration.ofMillis(200), Duration.ofSeconds(1));
    }

    /** Repeats nothing. */
    public static RetryPolicy none() {
        return of(Scope.NOTHING);
    }

    /**
     * Repeats what cannot have acted, and once an answer whose signature does not verify: WeChat Pay sends such on
     * purpose, rarely, and says that a repeat is signed rightly. At most three attempts, 200 ms apart, then 400 ms; for
     * 429, 1 s and 2 s.
     */
    public static RetryPolicy cautious() {
        return of(Scope.WHAT_CANNOT_HAVE_ACTED);
    }

    /** Repeats all that WeChat Pay's documents tell callers to repeat, with the same values. Otherwise as {@link #cautious()}. */
    public static RetryPolicy documented() {
        return of(Scope.WHAT_MAY_HAVE_ACTED);
    }

    /**
     * The same, with another number of attempts in all.
     *
     * @throws IllegalArgumentException unless there are 1 to 30
     */
    public RetryPolicy maxAttempts(int attempts) {
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("A call has 1 to %d attempts, not %d".formatted(MAX_ATTEMPTS, attempts));
        }
        return new RetryPolicy(scope, attempts, firstDelay, firstDelayWhenLimited);
    }

    /**
     * The same, with other delays before the first repeat. Each further one is doubled, and all vary by a quarter either
     * way, lest many callers return at once.
     *
     * @param whenLimited after 429
     * @throws IllegalArgumentException if one is negative
     */
    public RetryPolicy delays(Duration usual, Duration whenLimited) {
        if (usual.isNegative() || whenLimited.isNegative()) {
            throw new IllegalArgumentException("A delay is not negative: " + usual + ", " + whenLimited);
        }
        return new RetryPolicy(scope, maxAttempts, usual, whenLimited);
    }

    /** Whether another attempt follows one that failed so; the ones before are in the failure. */
    public boolean repeats(EbikeChargeException failure) {
        if (scope == Scope.NOTHING || failure.earlier().size() + 1 >= maxAttempts) {
            return false;
        }
        if (failure instanceof ResponseValidationException) {
            return isUntrusted(failure) && failure.earlier().stream().noneMatch(RetryPolicy::isUntrusted);
        }
        if (failure instanceof ServiceException) {
            return isLimited(failure) || (scope == Scope.WHAT_MAY_HAVE_ACTED && isUnfinished(failure));
        }
        return failure instanceof TransportException
                && !(failure.getCause() instanceof EbikeChargeException) // a download, which had repeats of its own
                && (scope == Scope.WHAT_MAY_HAVE_ACTED || !failure.attemptOutcomeUnknown());
    }

    /** How long to wait after a failure, on the average. */
    public Duration delay(EbikeChargeException failure) {
        Duration first = isLimited(failure) ? firstDelayWhenLimited : firstDelay;
        return first.multipliedBy(1L << failure.earlier().size());
    }

    private static boolean isUntrusted(EbikeChargeException failure) {
        return failure instanceof ResponseValidationException e
                && e.signatureFault().isPresent();
    }

    private static boolean isUnfinished(EbikeChargeException failure) {
        return failure instanceof ServiceException e && (e.httpStatus() == ACCEPTED || e.httpStatus() >= SERVER_ERRORS);
    }

    private static boolean isLimited(EbikeChargeException failure) {
        return failure instanceof ServiceException e && e.httpStatus() == TOO_MANY_REQUESTS;
    }
}
