package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.Fault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done to one call. */
public final class Intervention {
    private final String chosenBy;
    private final @Nullable Fault fault;
    private final Duration delay;
    private final Runnable afterwards;

    /**
     * @param chosenBy who wants it, for the journal
     * @param fault what goes wrong; null for nothing
     * @param delay how long the answer takes; zero for as long as it would
     * @param afterwards what changes once the answer is made, before it is sent
     */
    public Intervention(String chosenBy, @Nullable Fault fault, Duration delay, Runnable afterwards) {
        this.chosenBy = chosenBy;
        this.fault = fault;
        this.delay = delay;
        this.afterwards = afterwards;
    }

    static Intervention of(Fault fault) {
        return new Intervention("fault", fault, Duration.ZERO, () -> {});
    }

    String chosenBy() {
        return chosenBy;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** The answer as it leaves; what changes afterwards has changed. */
    Answer conclude(Answer answer) {
        afterwards.run();
        return delay.isZero() ? answer : answer.delayed(delay);
    }
}
