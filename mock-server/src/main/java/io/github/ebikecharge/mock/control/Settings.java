package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.gateway.Faults;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.world.EventLog;
import org.jspecify.annotations.Nullable;

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
        faults.remove(fault -> true);
        configuration = replacement;
        replacement.faults().forEach(faults::add);
        tell();
    }

    /**
     * Changes what a JSON Merge Patch names, from the next request on; the rest stays as it is, the faults that wait
     * included.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document then
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
     */
    synchronized void change(JsonNode patch) {
        byte[] patched = WireJson.write(patched(WireJson.toTree(current()), patch));
        MockConfiguration changed = Configurations.read(patched, MockConfiguration.class);
        if (patch.has("faults")) {
            replace(changed);
        } else {
            configuration = changed.toBuilder().faults(configuration.faults()).build();
            tell();
        }
    }

    private static JsonNode patched(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode object = target instanceof ObjectNode fields ? fields : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                object.remove(field.getKey());
            } else {
                object.set(field.getKey(), patched(object.path(field.getKey()), field.getValue()));
            }
        });
        return object;
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

    /** Removes the faults of a kind; of all kinds, if none is given. */
    synchronized void removeFaults(@Nullable FaultKind kind) {
        faults.remove(fault -> kind == null || fault.kind() == kind);
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
