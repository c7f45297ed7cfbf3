package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs the checks against one server. */
final class ConformanceKit {
    private final ServerUnderTest server;
    private final Profile profile;
    private final Predicate<Check> chosen;

    /** @param chosen which of the checks are run */
    ConformanceKit(ServerUnderTest server, Profile profile, Predicate<Check> chosen) {
        this.server = server;
        this.profile = profile;
        this.chosen = chosen;
    }

    /** Runs them one after the other, and tells {@code progress} of each. */
    List<Result> run(Consumer<Result> progress) {
        List<Result> results = new ArrayList<>();
        for (Check check : Rules.all()) {
            if (chosen.test(check) && profile.looksAt(check.basis())) {
                Result result = run(check);
                progress.accept(result);
                results.add(result);
            }
        }
        return results;
    }

    private Result run(Check check) {
        Trial trial = new Trial(server);
        try {
            check.probe().run(trial);
        } catch (Check.NotApplicable e) {
            if (trial.findings().isEmpty()) {
                return new Result(
                        check,
                        Outcome.NOT_APPLICABLE,
                        List.of(new Finding(String.valueOf(e.getMessage()), "", List.of())));
            }
        }
        Outcome outcome = trial.findings().isEmpty()
                ? Outcome.KEPT
                : profile.onlyWarns(check.basis()) ? Outcome.WARNING : Outcome.DEVIATION;
        return new Result(check, outcome, List.copyOf(trial.findings()));
    }
}
