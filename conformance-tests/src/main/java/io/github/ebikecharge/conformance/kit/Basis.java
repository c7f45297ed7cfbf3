package io.github.ebikecharge.conformance.kit;

/** How a rule is known, which decides how much it counts. */
public enum Basis {
    /** Documented by WeChat Pay, or demanded by an official SDK: counts in every profile. */
    DOCUMENTED,

    /** Seen in production, not documented: counts in profile {@code wechat}, and is a warning in {@code lenient}. */
    SEEN,

    /** Assumed from what is seen elsewhere: a warning in profile {@code wechat}, and not looked at in {@code lenient}. */
    ASSUMED
}
