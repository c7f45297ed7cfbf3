package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.PrintWriter;
import java.util.List;

/** One line a check while they run, and the sum of it. */
final class Terminal {
    private static final String API = "WeChat Pay API v3";

    private final PrintWriter out;

    Terminal(PrintWriter out) {
        this.out = out;
    }

    void begin(Subject subject, Profile profile) {
        line("%s is held to %s, profile %s".formatted(subject.name(), API, profile));
    }

    void progress(Result result) {
        line(result.outcome().sign + " " + result.check().id() + ": "
                + result.check().rule());
        for (Finding finding : result.findings()) {
            line("      " + finding.deviation());
        }
        if (result.outcome() == Outcome.DEVIATION || result.outcome() == Outcome.WARNING) {
            line("      source: " + result.check().source());
        }
    }

    void end(List<Result> results, String verdict) {
        line(summary(results));
        line(verdict);
    }

    /**
     * What comes of it in the end, as the rest of a sentence.
     *
     * @param leftOut how many rules were not even tried
     */
    static String verdict(List<Result> results, long leftOut) {
        long looked = results.stream().filter(Result::isLookedAt).count();
        if (count(results, Outcome.DEVIATION) > 0) {
            return "does not keep " + API;
        }
        if (looked == 0) {
            return "was not held to " + API;
        }
        long kept = count(results, Outcome.KEPT);
        long all = results.size() + leftOut;
        return kept == all
                ? "keeps " + API
                : "keeps %d of the %d rules of %s, and breaks none".formatted(kept, all, API);
    }

    /** How many of each. */
    static String summary(List<Result> results) {
        long broken = count(results, Outcome.BROKEN);
        return "%d rules: %d kept, %d deviating, %d with a warning, %d not applicable%s"
                .formatted(
                        results.size(),
                        count(results, Outcome.KEPT),
                        count(results, Outcome.DEVIATION),
                        count(results, Outcome.WARNING),
                        count(results, Outcome.NOT_APPLICABLE),
                        broken == 0 ? "" : ", %d at which the kit failed".formatted(broken));
    }

    static long count(List<Result> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    void line(String line) {
        out.println(line);
        out.flush();
    }
}
