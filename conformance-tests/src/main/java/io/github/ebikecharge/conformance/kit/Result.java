package io.github.ebikecharge.conformance.kit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of one check.
 *
 * @param outcome whether the rule is kept
 * @param findings what deviates, first things first; why, where the check does not apply or the kit broke
 * @param exchanges all that the check has looked at
 * @param time how long it took; nothing where a client decides on that
 */
record Result(Check check, Outcome outcome, List<Finding> findings, List<Exchange> exchanges, Duration time) {
    private static final int SHOWN = 3;

    Result(Check check, Outcome outcome, List<Finding> findings, List<Exchange> exchanges) {
        this(check, outcome, findings, exchanges, Duration.ZERO);
    }

    /** Whose exchanges are those of its first finding. */
    Result(Check check, Outcome outcome, List<Finding> findings) {
        this(
                check,
                outcome,
                findings,
                findings.isEmpty() ? List.of() : findings.get(0).exchanges());
    }

    /** What a report shows: where the first finding was seen, and the first of the others. */
    List<Exchange> shown() {
        Stream<Exchange> first = findings.stream().limit(1).flatMap(finding -> finding.exchanges().stream());
        return Stream.concat(first, exchanges.stream()).distinct().limit(SHOWN).toList();
    }

    /** Of how many more the report does not tell, in words; empty if of none. */
    String more() {
        int more = exchanges.size() - SHOWN;
        return more > 0 ? "Looked at as well: %d more".formatted(more) : "";
    }

    /** Whether there is an answer to the question of the check. */
    boolean isLookedAt() {
        return outcome != Outcome.NOT_APPLICABLE && outcome != Outcome.BROKEN;
    }

    /** The ways a check may end, each with its sign on a terminal. */
    enum Outcome {
        KEPT('✓'),
        DEVIATION('✗'),
        WARNING('!'),
        NOT_APPLICABLE('-'),
        /** The kit itself failed at it. */
        BROKEN('?');

        final char sign;

        Outcome(char sign) {
            this.sign = sign;
        }
    }

    /**
     * One deviation.
     *
     * @param deviation what was expected and what came, in one line
     * @param mark text of the answer that is wrong, to be marked in it; empty if it is the lack of something
     * @param exchanges where it was seen, one or two; none if it was seen in no exchange in particular
     */
    record Finding(String deviation, String mark, List<Exchange> exchanges) {}
}
