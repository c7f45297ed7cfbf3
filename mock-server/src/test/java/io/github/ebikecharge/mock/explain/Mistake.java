package io.github.ebikecharge.mock.explain;

/** An attempt that goes wrong, and the causes that have to be named. */
record Mistake(String name, Attempt attempt, Cause... causes) {
    @Override
    public String toString() {
        return name;
    }
}
