package io.github.ebikecharge.mock.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.gateway.GatewayRequest;
import io.github.ebikecharge.mock.gateway.Intervention;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioMatch;
import io.github.ebikecharge.mock.model.ScenarioProgress;
import io.github.ebikecharge.mock.model.ScenarioStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A scenario, and how far it is. */
final class RunningScenario {
    private static final String CONTRACT_ID = "contract_id";

    private final Scenario scenario;
    private int calls;
    /** Index of the step that the next call takes; behind the last one if the scenario is over. */
    private int step;
    /** How many calls have taken this step. */
    private int taken;

    RunningScenario(Scenario scenario) {
        this.scenario = scenario;
    }

    Scenario scenario() {
        return scenario;
    }

    synchronized ScenarioProgress progress() {
        return ScenarioProgress.builder()
                .name(scenario.name())
                .calls(calls)
                .nextStep(step < scenario.steps().size() ? step + 1 : null)
                .build();
    }

    /** What is done to this call, if the scenario is about it and not over. */
    Optional<Intervention> next(
            GatewayRequest request, JsonNode body, Instant now, BiConsumer<String, ContractState> contracts) {
        if (!fits(request, body, now)) {
            return Optional.empty();
        }
        return advance().map(current -> intervention("scenario " + scenario.name(), current, request, contracts));
    }

    private boolean fits(GatewayRequest request, JsonNode body, Instant now) {
        ScenarioMatch when = scenario.when();
        JsonNode session = body.path("charge_info");
        return WireJson.toTree(when.operation())
                        .textValue()
                        .equals(request.operation().id())
                && fits(when.contractId(), request.pathParameters().get(CONTRACT_ID))
                && fits(when.subMchid(), body.path("sub_mchid").textValue())
                && fits(when.appid(), body.path("appid").textValue())
                && fits(
                        when.chargingStationName(),
                        session.path("charging_station_name").textValue())
                && fits(
                        when.chargingGunNumber(),
                        session.path("charging_gun_number").textValue())
                && fits(when.deviceId(), session.path("device_id").textValue())
                && when.headers().stream().allMatch(header -> header.value().equals(request.header(header.name())))
                && (when.from() == null || !now.isBefore(when.from().toInstant()))
                && (when.until() == null || now.isBefore(when.until().toInstant()));
    }

    private static boolean fits(@Nullable String wanted, @Nullable String given) {
        return wanted == null || wanted.equals(given);
    }

    private synchronized Optional<ScenarioStep> advance() {
        List<ScenarioStep> steps = scenario.steps();
        if (step == steps.size()) {
            return Optional.empty();
        }
        ScenarioStep current = steps.get(step);
        calls++;
        taken++;
        boolean endless = current.times() == null && step == steps.size() - 1 && !scenario.repeat();
        if (!endless && taken >= (current.times() == null ? 1 : current.times())) {
            taken = 0;
            step = scenario.repeat() ? (step + 1) % steps.size() : step + 1;
        }
        return Optional.of(current);
    }

    static Intervention intervention(
            String chosenBy, ScenarioStep step, GatewayRequest request, BiConsumer<String, ContractState> contracts) {
        String contractId = request.pathParameters().get(CONTRACT_ID);
        int delayMs = step.delayMs();
        Fault fault = step.answer() == null
                ? null
                : Fault.builder()
                        .kind(step.answer())
                        .delayMs(delayMs == 0 ? null : delayMs)
                        .build();
        ContractState state = step.contractState();
        return new Intervention(chosenBy, fault, Duration.ofMillis(delayMs), () -> {
            if (state != null && contractId != null) {
                contracts.accept(contractId, state);
            }
        });
    }
}
