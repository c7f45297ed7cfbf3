package io.github.ebikecharge.conformance.kit;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One answer of the hostile gateway, and what a client has to make of it.
 *
 * @param id group and name, as {@code signature.none}
 * @param answer what is said, in one sentence
 * @param source where it stands
 * @param basis how it is known what a client has to make of it
 * @param expectation what that is
 * @param mark the header or the text of the answer that is wrong; empty if it is the lack of something
 * @param change makes it out of a right answer
 */
record ClientCase(
        String id,
        String answer,
        String source,
        Basis basis,
        Expectation expectation,
        String mark,
        Consumer<AnswerDraft> change) {

    private static final Pattern SEPARATED = Pattern.compile("[.-]([a-z0-9])");

    /** What a client has to make of an answer. */
    enum Expectation {
        /** No token may come of it. */
        REJECT,
        /** No token may come of it; a repeat is answered rightly, and its token is good. */
        REJECT_FIRST,
        /** Nothing is wrong with it. */
        ACCEPT,
        /** Clients differ, and may; but it must not break them. */
        EITHER;

        /** As told in JSON. */
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The contract for which the gateway answers so: the id in the characters of a contract's ID. */
    String contractId() {
        return SEPARATED
                .matcher(id)
                .replaceAll((MatchResult letter) -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /** As the rule of a report. */
    Check check() {
        String rule = switch (expectation) {
            case REJECT -> "No token comes of this: ";
            case REJECT_FIRST -> "No token comes of this without a repeat: ";
            case ACCEPT -> "This is accepted: ";
            case EITHER -> "This breaks nothing: ";
        };
        return new Check(id, rule + answer, source, basis, trial -> {});
    }
}
