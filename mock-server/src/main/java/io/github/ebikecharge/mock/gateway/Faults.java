package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static io.github.ebikecharge.api.wire.WireJson.toTree;

/** The faults that wait for calls. Each call that has passed the checks is offered to them in turn; one strikes at most. */
public final class Faults {
    private final Supplier<List<Fault>> waiting;
    private final Predicate<Fault> take;
    /** By the fault without its count: which of the calls it strikes, where it strikes not all. */
    private final Map<Fault, SplittableRandom> chances = new ConcurrentHashMap<>();

    /**
     * @param waiting those that may still strike; their counts say how often
     * @param take lets one that does not strike for ever strike once; false if it cannot any more
     */
    public Faults(Supplier<List<Fault>> waiting, Predicate<Fault> take) {
        this.waiting = waiting;
        this.take = take;
    }

    /** Those that do not strike every call strike the same calls as at the start. */
    public void restart() {
        chances.clear();
    }

    /** As {@link #restart()}, for this one; forgets those that do not wait any more. */
    public void restart(Fault fault) {
        chances.keySet().retainAll(waiting.get().stream().map(Faults::uncounted).collect(Collectors.toSet()));
        chances.remove(uncounted(fault));
    }

    /** The fault that strikes this call, if one does. */
    Optional<Fault> strike(String operationId, Collection<String> pathParameters) {
        return waiting.get().stream()
                .filter(fault -> fits(fault, operationId, pathParameters)
                        && hits(fault)
                        && (fault.count() == null || take.test(fault)))
                .findFirst();
    }

    private static boolean fits(Fault fault, String operationId, Collection<String> pathParameters) {
        return toTree(fault.operation()).textValue().equals(operationId)
                && (fault.contractId() == null || pathParameters.contains(fault.contractId()));
    }

    private boolean hits(Fault fault) {
        if (fault.rate() >= 1) {
            return true;
        }
        SplittableRandom chance = chances.computeIfAbsent(uncounted(fault), key -> new SplittableRandom(fault.seed()));
        synchronized (chance) {
            return chance.nextDouble() < fault.rate();
        }
    }

    /** Whether they are the same but for their counts. */
    public static boolean same(Fault one, Fault other) {
        return uncounted(one).equals(uncounted(other));
    }

    private static Fault uncounted(Fault fault) {
        return fault.toBuilder().count(null).build();
    }

    /** The name of a kind, as the configuration has it. */
    public static String name(FaultKind kind) {
        return toTree(kind).textValue();
    }
}
