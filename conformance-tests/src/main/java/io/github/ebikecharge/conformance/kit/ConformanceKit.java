package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.time.Duration;
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
        long begun = System.nanoTime();
        Outcome outcome = Outcome.KEPT;
        List<Finding> findings = trial.findings();
        try {
            check.probe().run(trial);
        } catch (Check.NotApplicable e) {
            outcome = Outcome.NOT_APPLICABLE;
            findings = List.of(new Finding(String.valueOf(e.getMessage()), "", trial.own()));
        } catch (RuntimeException e) { // one check less, and the report of all others
            outcome = Outcome.BROKEN;
            findings = List.of(new Finding("the kit failed at this: " + e, "", trial.own()));
        }
        if (!trial.findings().isEmpty()) {
            outcome = profile.onlyWarns(check.basis()) ? Outcome.WARNING : Outcome.DEVIATION;
            findings = trial.findings();
        }
        if (outcome == Outcome.KEPT && trial.own().isEmpty()) { // nothing can be kept unseen
            outcome = Outcome.NOT_APPLICABLE;
            findings = List.of(new Finding("nothing was sent, and nothing looked at", "", List.of()));
        }
        if (outcome == Outcome.KEPT && isOfRefusals(check) && !server.serves()) {
            outcome = Outcome.NOT_APPLICABLE;
            findings = List.of(new Finding("the right request is refused as well", "", List.of()));
        }
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        return new Result(check, outcome, List.copyOf(findings), trial.own(), time);
    }

    private static boolean isOfRefusals(Check check) {
        return check.group().equals("signing") || check.group().equals("refusals");
    }
}
