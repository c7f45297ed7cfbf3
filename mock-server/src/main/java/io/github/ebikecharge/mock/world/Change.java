package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Collects the events of one change while it is thought out; they happen when all are there. */
public final class Change {
    private final OffsetDateTime at;
    private final List<Event.Builder> events = new ArrayList<>(4);

    /** @param at when all of it happens */
    Change(OffsetDateTime at) {
        this.at = at;
    }

    OffsetDateTime at() {
        return at;
    }

    /** Adds what shall happen next. */
    public void add(EventType type, Event.Builder event) {
        events.add(event.type(type));
    }

    List<Event.Builder> events() {
        return events;
    }
}
