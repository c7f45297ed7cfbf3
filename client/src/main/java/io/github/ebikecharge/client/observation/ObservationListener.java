package io.github.ebikecharge.client.observation;

import io.github.ebikecharge.client.ClientCall;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.ServiceException;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call, with all its attempts, one Micrometer observation: a timer where there are metrics, a span where there
 * is tracing. No contract, device, token or signature is in it.
 *
 * <table>
 * <caption>The observation {@value #NAME}</caption>
 * <tr><th>Key</th><th>Values</th></tr>
 * <tr><td>{@code operation}</td><td>{@code confirmCharge}, {@code listCertificates}</td></tr>
 * <tr><td>{@code method}, {@code uri}</td><td>of the request; the path's parameters stay in braces</td></tr>
 * <tr><td>{@code status}</td><td>of the last answer; {@code NONE} if there was none</td></tr>
 * <tr><td>{@code outcome}</td><td>{@code SUCCESS}, or the simple name of the exception</td></tr>
 * <tr><td>{@code code}</td><td>error code (错误码) of a refusal, else {@code NONE}</td></tr>
 * </table>
 *
 * <p>Every repeat is an event of it, {@code repeat}.
 */
public final class ObservationListener implements ClientListener {
    /** What observations are called. */
    public static final String NAME = "ebikecharge.client.call";

    private static final String NONE = "NONE";

    private final ObservationRegistry registry;
    private final Map<ClientCall, Observation> running = new ConcurrentHashMap<>();

    /** Observes into {@code registry}; an observation that is current when a call begins is its parent. */
    public ObservationListener(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void started(ClientCall call) {
        Observation observation = Observation.createNotStarted(NAME, registry)
                .contextualName(call.operation())
                .lowCardinalityKeyValue("operation", call.operation())
                .lowCardinalityKeyValue("method", call.method())
                .lowCardinalityKeyValue("uri", call.uriTemplate())
                .lowCardinalityKeyValue("status", NONE)
                .lowCardinalityKeyValue("code", NONE)
                .lowCardinalityKeyValue("outcome", "UNKNOWN");
        running.put(call, observation.start());
    }

    @Override
    public void exchanged(ClientCall call, Exchange exchange) {
        Observation observation = running.get(call);
        if (observation != null) {
            observation.lowCardinalityKeyValue("status", Integer.toString(exchange.status()));
        }
    }

    @Override
    public void repeating(ClientCall call, EbikeChargeException failure, Duration delay) {
        Observation observation = running.get(call);
        if (observation != null) {
            observation.event(Observation.Event.of(
                    "repeat", "repeat after " + failure.getClass().getSimpleName()));
        }
    }

    @Override
    public void ended(ClientCall call, @Nullable Throwable failure) {
        Observation observation = running.remove(call);
        if (observation == null) {
            return;
        }
        if (failure == null) {
            observation.lowCardinalityKeyValue("outcome", "SUCCESS");
        } else {
            observation.lowCardinalityKeyValue("outcome", failure.getClass().getSimpleName());
            observation.error(failure);
        }
        if (failure instanceof ServiceException refusal) {
            observation.lowCardinalityKeyValue(
                    KeyValue.of("code", refusal.code().orElse(NONE)));
        }
        observation.stop();
    }
}
