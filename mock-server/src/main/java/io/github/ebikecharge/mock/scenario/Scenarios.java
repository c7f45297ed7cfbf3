package io.github.ebikecharge.mock.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.mock.gateway.GatewayRequest;
import io.github.ebikecharge.mock.gateway.Intervention;
import io.github.ebikecharge.mock.gateway.Script;
import io.github.ebikecharge.mock.generated.control.ScenariosApi;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioError;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.model.ScenarioStatus;
import io.javalin.http.BadRequestResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The scenarios in force. Each call is offered to them in turn; one acts at most. Thread-safe. */
public final class Scenarios implements Script, ScenariosApi {
    private final Clock clock;
    private final BiConsumer<String, ContractState> contracts;
    private final Consumer<ScenarioStatus> listener;
    private volatile List<RunningScenario> running = List.of();
    private volatile @Nullable String source;
    private volatile @Nullable ScenarioError error;

    /**
     * None are in force yet.
     *
     * @param clock what time windows are held against
     * @param contracts sets the state of a contract, by its number
     * @param listener is told whenever they are replaced, or a scenario file is found to be broken
     */
    public Scenarios(Clock clock, BiConsumer<String, ContractState> contracts, Consumer<ScenarioStatus> listener) {
        this.clock = clock;
        this.contracts = contracts;
        this.listener = listener;
    }

    @Override
    public Optional<Intervention> next(GatewayRequest request, JsonNode body) {
        for (RunningScenario scenario : running) {
            Optional<Intervention> intervention = scenario.next(request, body, clock.instant(), contracts);
            if (intervention.isPresent()) {
                return intervention;
            }
        }
        return Optional.empty();
    }

    /**
     * Replaces the scenarios, from the next call on; each begins with its first step.
     *
     * @throws IllegalArgumentException if a scenario has no steps
     */
    public void replace(ScenarioList replacement) {
        replace(source, replacement);
    }

    private synchronized void replace(@Nullable String from, ScenarioList replacement) {
        List<Scenario> scenarios = replacement.scenarios();
        for (int i = 0; i < scenarios.size(); i++) {
            requireSteps("scenarios[" + i + "]", scenarios.get(i));
        }
        running = scenarios.stream().map(RunningScenario::new).toList();
        source = from;
        error = null;
        listener.accept(getScenarios());
    }

    private static void requireSteps(String path, @Nullable Scenario scenario) {
        if (scenario == null) {
            throw new IllegalArgumentException(path + " must not be null");
        }
        if (scenario.steps().isEmpty() || scenario.steps().stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(path + ".steps must hold one step at least, and no null");
        }
    }

    void read(String from, ScenarioList scenarios) {
        replace(from, scenarios);
    }

    /** Those in force stay so. */
    synchronized void failed(String from, ScenarioError why) {
        source = from;
        error = why;
        listener.accept(getScenarios());
    }

    @Override
    public ScenarioStatus getScenarios() {
        List<RunningScenario> shown = running;
        return ScenarioStatus.builder()
                .scenarios(shown.stream().map(RunningScenario::scenario).toList())
                .progress(shown.stream().map(RunningScenario::progress).toList())
                .source(source)
                .error(error)
                .build();
    }

    @Override
    public ScenarioStatus setScenarios(ScenarioList scenarios) {
        try {
            replace(scenarios);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        }
        return getScenarios();
    }

    @Override
    public void removeScenarios() {
        replace(new ScenarioList(List.of()));
    }
}
