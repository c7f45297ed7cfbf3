package io.github.ebikecharge.conformance.kit;

/**
 * One rule of the protocol, and how to find out whether a server keeps it.
 *
 * @param id group and name, as {@code signing.last-line-feed}
 * @param rule the rule in one sentence
 * @param source where the rule stands: an address, or a file of this repository and what to look for in it
 * @param basis how it is known
 * @param probe sends requests and says what it expects of the answers
 */
public record Check(String id, String rule, String source, Basis basis, Probe probe) {
    /** What a check does. */
    @FunctionalInterface
    public interface Probe {
        /**
         * Tries the server.
         *
         * @throws NotApplicable if the server or its credentials lack what the rule speaks of
         */
        void run(Trial trial) throws NotApplicable;
    }

    /** What the rule speaks of does not occur here. */
    public static final class NotApplicable extends Exception {
        private static final long serialVersionUID = 1;

        NotApplicable(String why) {
            super(why);
        }
    }

    /** The part of the id before the first dot. */
    String group() {
        return id.substring(0, id.indexOf('.'));
    }
}
