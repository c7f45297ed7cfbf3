package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.PrintWriter;
import java.util.List;

/** One line a check while they run, and the sum of it. */
final class Terminal {
    private final PrintWriter out;

    Terminal(PrintWriter out) {
        this.out = out;
    }

    void begin(Subject subject, Profile profile) {
        line("%s is held to WeChat Pay API v3, profile %s".formatted(subject.name(), profile));
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

    void end(List<Result> results) {
        line(summary(results));
    }

    /** How many of each. */
    static String summary(List<Result> results) {
        return "%d rules: %d kept, %d deviating, %d with a warning, %d not applicable"
                .formatted(
                        results.size(),
                        count(results, Outcome.KEPT),
                        count(results, Outcome.DEVIATION),
                        count(results, Outcome.WARNING),
                        count(results, Outcome.NOT_APPLICABLE));
    }

    static long count(List<Result> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    void line(String line) {
        out.println(line);
        out.flush();
    }
}
