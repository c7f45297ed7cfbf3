package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.gateway.Faults;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.world.EventLog;

/** The configuration in force, and the faults that wait. */
public final class Settings {
    private final Faults faults = new Faults(this::tell);
    private final EventLog events;
    private final MockConfiguration atTheStart;
    private volatile MockConfiguration configuration;

    /** Starts with this configuration. */
    public Settings(MockConfiguration configuration, EventLog events) {
        this.configuration = configuration;
        this.atTheStart = configuration;
        this.events = events;
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
        tell();
    }

    /** Takes back every change since the start. */
    void reset() {
        replace(atTheStart);
    }

    /** Adds a fault. */
    public synchronized void add(Fault fault) {
        faults.add(fault);
        tell();
    }

    /** Removes all faults. */
    synchronized void removeFaults() {
        faults.clear();
        tell();
    }

    private synchronized void tell() {
        events.publish(Event.builder().type(EventType.CONFIGURATION_CHANGED).settings(current()));
    }

    /** The faults that wait. */
    public Faults faults() {
        return faults;
    }
}
