package io.github.ebikecharge.mock.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.mock.gateway.GatewayRequest;
import io.github.ebikecharge.mock.gateway.Intervention;
import io.github.ebikecharge.mock.gateway.Script;
import io.github.ebikecharge.mock.generated.EbikeChargeApiRoutes;
import io.github.ebikecharge.mock.generated.control.ScenariosApi;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioError;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.model.ScenarioStatus;
import io.github.ebikecharge.mock.model.ScenarioStep;
import io.javalin.http.BadRequestResponse;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scenarios in force. Each call is offered to them in turn; one acts at most. Thread-safe. */
public final class Scenarios implements Script, ScenariosApi {
    private final Clock clock;
    private final BiConsumer<String, ContractState> contracts;
    private final Consumer<ScenarioStatus> listener;
    /** Steps for the next confirm calls, whatever these are like; before any scenario. */
    private final Queue<ScenarioStep> queue = new ConcurrentLinkedQueue<>();

    private volatile ScenarioList atTheStart = new ScenarioList(List.of());
    private volatile List<RunningScenario> running = List.of();
    private volatile @Nullable String source;
    private volatile @Nullable ScenarioError error;

    /**
     * None are in force yet.
     *
     * @param clock what time windows are held against
     * @param contracts sets the state of a contract, by its number
     * @param listener hears of each replacement, and of what could not be read
     */
    public Scenarios(Clock clock, BiConsumer<String, ContractState> contracts, Consumer<ScenarioStatus> listener) {
        this.listener = listener;
        this.clock = clock;
        this.contracts = contracts;
    }

    @Override
    public Optional<Intervention> next(GatewayRequest request, JsonNode body) {
        boolean confirm = request.operation().id().equals(EbikeChargeApiRoutes.CONFIRM_CHARGE.id());
        ScenarioStep queued = confirm ? queue.poll() : null;
        if (queued != null) {
            return Optional.of(RunningScenario.intervention("enqueued", queued, request, contracts));
        }
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
        begin(replacement);
        listener.accept(getScenarios());
    }

    private synchronized void begin(ScenarioList replacement) {
        List<Scenario> scenarios = replacement.scenarios();
        for (int i = 0; i < scenarios.size(); i++) {
            requireSteps("scenarios[" + i + "]", scenarios.get(i));
        }
        running = scenarios.stream().map(RunningScenario::new).toList();
    }

    /**
     * Adds a scenario before the others, from the next call on.
     *
     * @throws IllegalArgumentException if it has no steps
     */
    public void addFirst(Scenario scenario) {
        requireSteps("the scenario", scenario);
        synchronized (this) {
            running = Stream.concat(Stream.of(new RunningScenario(scenario)), running.stream())
                    .toList();
        }
        listener.accept(getScenarios());
    }

    /** The next confirm calls that nothing is queued for take this step, as many as it says; before any scenario. */
    public void enqueue(ScenarioStep step) {
        Integer times = step.times();
        queue.addAll(Collections.nCopies(times == null ? 1 : times, step));
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
        begin(scenarios);
        atTheStart = scenarios;
        source = from;
        error = null;
        listener.accept(getScenarios());
    }

    /** Begins anew with the scenarios that were read last; with none, if none were. Nothing is queued. */
    public void reset() {
        queue.clear();
        replace(atTheStart);
    }

    /** Those in force stay so. */
    void failed(String from, ScenarioError why) {
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
