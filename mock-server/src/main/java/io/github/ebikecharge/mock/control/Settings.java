package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.gateway.Faults;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.MockConfiguration;

/** The configuration in force, and the faults that wait. */
public final class Settings {
    private final Faults faults = new Faults();
    private volatile MockConfiguration configuration;

    /** Starts with this configuration. */
    public Settings(MockConfiguration configuration) {
        this.configuration = configuration;
        configuration.faults().forEach(faults::add);
    }

    /** The configuration in force; its faults are those it came with. */
    public MockConfiguration configuration() {
        return configuration;
    }

    /** The configuration in force, with the faults that may still strike. */
    public MockConfiguration current() {
        return configuration.toBuilder().faults(faults.waiting()).build();
    }

    /** Replaces the configuration, from the next request on. */
    public synchronized void replace(MockConfiguration replacement) {
        faults.clear();
        configuration = replacement;
        replacement.faults().forEach(faults::add);
    }

    /** Adds a fault. */
    public void add(Fault fault) {
        faults.add(fault);
    }

    /** The faults that wait. */
    public Faults faults() {
        return faults;
    }
}
