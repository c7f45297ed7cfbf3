package io.github.ebikecharge.conformance.kit;

import java.util.List;

/**
 * What became of one check.
 *
 * @param outcome whether the rule is kept
 * @param findings what deviates, first things first; why, where the check does not apply
 */
record Result(Check check, Outcome outcome, List<Finding> findings) {
    /** The four ways a check may end, each with its sign on a terminal. */
    enum Outcome {
        KEPT('✓'),
        DEVIATION('✗'),
        WARNING('!'),
        NOT_APPLICABLE('-');

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
