package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioMatch;
import io.github.ebikecharge.mock.model.ScenarioStep;
import io.github.ebikecharge.mock.scenario.Scenarios;
import java.util.List;
import java.util.stream.Stream;

/** Says what happens to the calls that a test has described; from the next one on, and before what was said earlier. */
public final class GivenCall {
    private final ScenarioMatch match;
    private final Scenarios scenarios;

    GivenCall(ConfirmCall call, Scenarios scenarios) {
        this.match = call.match();
        this.scenarios = scenarios;
    }

    /** Each call takes the next of these answers; the last one stands from then on. */
    public void answers(FaultKind first, FaultKind... next) {
        follows(Stream.concat(Stream.of(first), Stream.of(next))
                .map(GivenCall::step)
                .toArray(ScenarioStep[]::new));
    }

    /**
     * Each call takes the next of these steps, as many calls as it says; the last one stands from then on if it does not
     * say. A step without an answer is answered as usual.
     *
     * @throws IllegalArgumentException if there is none, or naming each field that does not keep the document
     */
    public void follows(ScenarioStep... steps) {
        scenarios.addFirst(Configurations.validated(Scenario.builder()
                .name("given in code")
                .when(match)
                .steps(List.of(steps))
                .build()));
    }

    static ScenarioStep step(FaultKind answer) {
        return ScenarioStep.builder().answer(answer).build();
    }
}
