package io.github.ebikecharge.conformance.kit;

/** How strictly a server is held to the protocol. Lower case, as on the command line. */
public enum Profile {
    /** Everything that is documented or was seen in production; what is assumed is a warning. */
    wechat,

    /** What is documented; what was seen in production is a warning. */
    lenient;

    /** Whether checks on this basis are run at all. */
    boolean looksAt(Basis basis) {
        return this == wechat || basis != Basis.ASSUMED;
    }

    /** Whether a deviation is no more than a warning. */
    boolean onlyWarns(Basis basis) {
        return basis == (this == wechat ? Basis.ASSUMED : Basis.SEEN);
    }
}
