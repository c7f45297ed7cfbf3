package io.github.ebikecharge.mock.explain;

import java.util.List;

/** An attempt that goes wrong, and the causes that have to be named. */
record Mistake(String name, Attempt attempt, List<Cause> causes) {
    Mistake(String name, Attempt attempt, Cause... causes) {
        this(name, attempt, List.of(causes));
    }

    @Override
    public String toString() {
        return name;
    }
}
