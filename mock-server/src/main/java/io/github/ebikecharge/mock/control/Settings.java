package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.gateway.Faults;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.world.Change;
import io.github.ebikecharge.mock.world.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The configuration in force, and the faults that wait. */
public final class Settings {
    private final Changes changes;
    private final MockConfiguration atTheStart;
    private volatile MockConfiguration configuration;
    private final Faults faults = new Faults(() -> configuration().faults(), this::take);

    /** Starts with this configuration; where the world is shared, with the one that is set there. */
    public Settings(MockConfiguration configuration, Changes changes) {
        this.configuration = configuration;
        this.atTheStart = configuration;
        this.changes = changes;
        changes.listen(new Changes.Listener() {
            @Override
            public void happened(Event event, boolean here) {
                if (event.settings() != null) {
                    Settings.this.configuration = event.settings();
                }
            }

            @Override
            public void restored() {
                if (changes.shared()) {
                    Settings.this.configuration = changes.settings().orElse(configuration);
                }
            }
        });
    }

    /** Sets what a shared world begins with. */
    public void begin(Change change) {
        if (changes.shared()) {
            set(change, configuration);
        }
    }

    /** The configuration in force, with the faults that may still strike. */
    public MockConfiguration configuration() {
        return configuration;
    }

    /** Replaces the configuration, from the next request on. */
    public void replace(MockConfiguration replacement) {
        changes.make(change -> {
            faults.restart();
            return set(change, replacement);
        });
    }

    private static MockConfiguration set(Change change, MockConfiguration configuration) {
        change.add(EventType.CONFIGURATION_CHANGED, Event.builder().settings(configuration));
        return configuration;
    }

    private MockConfiguration setFaults(Change change, List<Fault> waiting) {
        return set(change, configuration.toBuilder().faults(waiting).build());
    }

    /**
     * Changes what a JSON Merge Patch names, from the next request on; the rest stays as it is, the faults that wait
     * included.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document then
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
     */
    void change(JsonNode patch) {
        changes.make(change -> {
            byte[] patched = WireJson.write(patched(WireJson.toTree(configuration), patch));
            MockConfiguration changed = Configurations.read(patched, MockConfiguration.class);
            if (patch.has("faults")) {
                faults.restart();
            }
            return set(change, changed);
        });
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

    /** Adds a fault behind those that are there. */
    public void add(Fault fault) {
        changes.make(change -> {
            List<Fault> waiting = new ArrayList<>(configuration.faults());
            waiting.add(fault);
            faults.restart(fault);
            return setFaults(change, waiting);
        });
    }

    /** Removes the faults of a kind; of all kinds, if none is given. */
    void removeFaults(@Nullable FaultKind kind) {
        changes.make(change -> setFaults(
                change,
                configuration.faults().stream()
                        .filter(fault -> kind != null && fault.kind() != kind)
                        .toList()));
    }

    /** Lets a fault strike once. */
    private boolean take(Fault fault) {
        try {
            return changes.make(change -> {
                List<Fault> waiting = new ArrayList<>(configuration.faults());
                for (int i = 0; i < waiting.size(); i++) {
                    Integer left = waiting.get(i).count();
                    if (left != null && Faults.same(waiting.get(i), fault)) {
                        waiting.set(i, fault.toBuilder().count(left - 1).build());
                        waiting.removeIf(over -> Objects.equals(over.count(), 0));
                        setFaults(change, waiting);
                        return true;
                    }
                }
                return false;
            });
        } catch (StoreUnavailableException e) {
            return false; // nobody knows whether it may; the call itself is refused
        }
    }

    /** The faults that wait. */
    public Faults faults() {
        return faults;
    }
}
