package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import static io.github.ebikecharge.api.wire.WireJson.toTree;

/** The faults that wait for calls. Each call that has passed the checks is offered to them in turn; one strikes at most. */
public final class Faults {
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
    private final Runnable counted;

    /** @param counted called when a fault has struck that does not strike for ever */
    public Faults(Runnable counted) {
        this.counted = counted;
    }

    /** Adds a fault behind the others. */
    public void add(Fault fault) {
        waiting.add(new Waiting(fault));
    }

    /** Removes those that are like this. */
    public void remove(Predicate<Fault> which) {
        waiting.removeIf(candidate -> which.test(candidate.fault));
    }

    /** Those that may still strike; their counts say how often. */
    public List<Fault> waiting() {
        return waiting.stream().map(Waiting::left).toList();
    }

    /** The fault that strikes this call, if one does. */
    Optional<Fault> strike(String operationId, Collection<String> pathParameters) {
        Optional<Waiting> struck = waiting.stream()
                .filter(candidate -> candidate.fits(operationId, pathParameters) && candidate.strikes())
                .findFirst();
        struck.filter(Waiting::isOver).ifPresent(waiting::remove);
        struck.filter(fault -> fault.fault.count() != null).ifPresent(fault -> counted.run());
        return struck.map(fault -> fault.fault);
    }

    /** The name of a kind, as the configuration has it. */
    public static String name(FaultKind kind) {
        return toTree(kind).textValue();
    }

    private static final class Waiting {
        private final Fault fault;
        private final SplittableRandom random;
        private int struck;

        Waiting(Fault fault) {
            this.fault = fault;
            this.random = new SplittableRandom(fault.seed());
        }

        boolean fits(String operationId, Collection<String> pathParameters) {
            return toTree(fault.operation()).textValue().equals(operationId)
                    && (fault.contractId() == null || pathParameters.contains(fault.contractId()));
        }

        synchronized boolean strikes() {
            if (isOver() || random.nextDouble() >= fault.rate()) {
                return false;
            }
            struck++;
            return true;
        }

        synchronized boolean isOver() {
            return fault.count() != null && struck >= fault.count();
        }

        synchronized Fault left() {
            Integer count = fault.count();
            return count == null
                    ? fault
                    : fault.toBuilder().count(count - struck).build();
        }
    }
}
