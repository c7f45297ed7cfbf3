package io.github.ebikecharge.mock.world;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.model.Event;
import java.util.List;

/**
 * Changes that are made together, or not at all.
 *
 * @param by the mock that made them
 * @param changes events without number and time
 */
public record Batch(String by, List<Event.Builder> changes) {
    private record Json(String by, List<Event> events) {}

    /** As stores keep it. */
    public byte[] toJson() {
        return WireJson.write(
                new Json(by, changes.stream().map(Event.Builder::build).toList()));
    }

    /** Reads what {@link #toJson} wrote. */
    public static Batch ofJson(byte[] json) {
        Json read = read(json, Json.class);
        return new Batch(read.by, read.events.stream().map(Event::toBuilder).toList());
    }

    static <T> T read(byte[] json, Class<T> type) {
        try {
            return WireJson.read(json, type);
        } catch (JacksonException e) {
            throw new StoreUnavailableException(
                    "The store holds what this version of the mock cannot read: " + e.getOriginalMessage(), e);
        }
    }
}
