package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers that a caller chooses itself: by a contract made for it, as {@code TRIGGER_RULE_LIMIT}, or by a header that
 * nobody signs, as {@code Mock-Prefer: code=RULE_LIMIT, delay=500}. The header wins over the contract.
 */
public final class Triggers {
    /** Begins the number of a contract that chooses an answer; the name of a {@link FaultKind} follows. */
    public static final String CONTRACT_PREFIX = "TRIGGER_";

    /** Chooses an answer: {@code code=}NAME, {@code delay=}MILLISECONDS, or both. */
    public static final String HEADER = "Mock-Prefer";

    private static final int MAX_DELAY_MILLIS = 600_000;
    private static final Pattern DELAY = Pattern.compile("[0-9]{1,9}");
    private static final Map<String, FaultKind> KINDS = new LinkedHashMap<>();

    static {
        for (FaultKind kind : FaultKind.values()) {
            KINDS.put(code(kind), kind);
        }
    }

    private Triggers() {}

    /** A trigger that chooses nothing there is. */
    static final class UnknownTriggerException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownTriggerException(String message) {
            super(message);
        }
    }

    /** What follows {@code code=} to choose this kind. */
    public static String code(FaultKind kind) {
        return Faults.name(kind).toUpperCase(Locale.ROOT);
    }

    /** Number of the contract that chooses this kind (充电授权扣费协议号). */
    public static String contractId(FaultKind kind) {
        return CONTRACT_PREFIX + code(kind);
    }

    /** Whether a contract is one that chooses an answer; such are opened, and need not be known. */
    public static boolean owns(String contractId) {
        return contractId.startsWith(CONTRACT_PREFIX);
    }

    static Optional<Intervention> read(@Nullable String header, Collection<String> pathParameters)
            throws UnknownTriggerException {
        FaultKind kind = null;
        for (String parameter : pathParameters) {
            if (owns(parameter)) {
                kind = kind(parameter.substring(CONTRACT_PREFIX.length()), "The contract " + parameter);
            }
        }
        Integer delay = null;
        for (String preference : header == null ? new String[0] : header.split(",", -1)) {
            String[] pair = preference.strip().split("\\s*=\\s*", 2);
            if (pair.length == 2 && pair[0].equals("code")) {
                kind = kind(pair[1].toUpperCase(Locale.ROOT), HEADER + ": code=" + pair[1]);
            } else if (pair.length == 2 && pair[0].equals("delay")) {
                delay = delay(pair[1]);
            } else {
                throw new UnknownTriggerException(
                        HEADER + " takes code=NAME, delay=MILLISECONDS, or both with a comma between; not "
                                + preference.strip());
            }
        }
        return kind == null && delay == null ? Optional.empty() : Optional.of(intervention(kind, delay));
    }

    private static Intervention intervention(@Nullable FaultKind kind, @Nullable Integer delay) {
        Duration longer = Duration.ofMillis(delay == null ? 0 : delay);
        Fault fault =
                kind == null ? null : Fault.builder().kind(kind).delayMs(delay).build();
        return new Intervention("trigger", fault, longer, () -> {});
    }

    private static FaultKind kind(String code, String chosenBy) throws UnknownTriggerException {
        FaultKind kind = KINDS.get(code);
        if (kind == null) {
            throw new UnknownTriggerException(
                    chosenBy + " chooses no answer; there are " + String.join(", ", KINDS.keySet()));
        }
        return kind;
    }

    private static int delay(String millis) throws UnknownTriggerException {
        int value = DELAY.matcher(millis).matches() ? Integer.parseInt(millis) : Integer.MAX_VALUE;
        if (value > MAX_DELAY_MILLIS) {
            throw new UnknownTriggerException(
                    HEADER + ": delay takes 0 to " + MAX_DELAY_MILLIS + " milliseconds, not " + millis);
        }
        return value;
    }
}
