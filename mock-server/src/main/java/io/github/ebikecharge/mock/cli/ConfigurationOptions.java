package io.github.ebikecharge.mock.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.model.MockConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How the mock behaves: a file, single values on top of it, and faults behind those of the file. */
final class ConfigurationOptions {
    private static final Option CONFIG = Command.option(
            "config",
            "FILE",
            "Configuration: JSON, as GET /_mock/configuration shows it. What is left out has its default.");
    private static final Option SET = Command.option(
            "set",
            "NAME=VALUE",
            "One value of the configuration, as in assumptions.older_gateway=true. May be repeated.");
    private static final Option FAULT = Command.option(
            "fault",
            "KIND[,NAME=VALUE]...",
            "One fault, as in signature_probe,count=1 or slow,rate=0.1,delay_ms=3000. May be repeated.");
    private static final Option UNSIGNED = Command.option(
            "unsigned",
            "refuse|allow",
            "What becomes of requests without any Authorization: allow takes them for the demo merchant's, and says so in"
                    + " the answer (default: refuse).");
    static final List<Option> OPTIONS = List.of(CONFIG, SET, FAULT, UNSIGNED);

    private ConfigurationOptions() {}

    /**
     * Empty if none of them was given.
     *
     * @throws UsageException saying what is wrong with which option
     */
    static Optional<MockConfiguration> read(Arguments arguments) {
        if (OPTIONS.stream().noneMatch(arguments::has)) {
            return Optional.empty();
        }
        try {
            ObjectNode configuration = arguments
                    .path(CONFIG)
                    .map(ConfigurationOptions::readFile)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            arguments.get(UNSIGNED).ifPresent(value -> configuration.put("unsigned", value));
            arguments.all(SET).forEach(value -> set(configuration, value));
            arguments
                    .all(FAULT)
                    .forEach(fault -> configuration.withArray("/faults").add(fault(fault)));
            return Optional.of(Configurations.read(WireJson.write(configuration), MockConfiguration.class));
        } catch (IllegalArgumentException e) {
            throw new UsageException("The configuration does not fit. " + e.getMessage(), e);
        }
    }

    private static ObjectNode readFile(Path file) {
        try {
            if (WireJson.read(Files.readAllBytes(file), JsonNode.class) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("--config: " + file + " does not hold a JSON object");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("--config: " + file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--config: cannot read " + file, e);
        }
    }

    private static void set(ObjectNode object, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("--set takes NAME=VALUE; there is no = in " + text);
        }
        String name = text.substring(0, equals);
        JsonNode value = json(text.substring(equals + 1));
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            object.set(name, value);
        } else {
            object.withObject("/" + name.substring(0, dot).replace('.', '/')).set(name.substring(dot + 1), value);
        }
    }

    private static ObjectNode fault(String text) {
        String[] parts = text.split(",", -1);
        ObjectNode fault = JsonNodeFactory.instance.objectNode();
        fault.put("kind", parts[0]);
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--fault takes KIND,NAME=VALUE,…; there is no = in " + parts[i]);
            }
            fault.set(parts[i].substring(0, equals), json(parts[i].substring(equals + 1)));
        }
        return fault;
    }

    /** A number or a truth value where it is one, else text. */
    private static JsonNode json(String value) {
        try {
            JsonNode node = WireJson.read(value.getBytes(UTF_8), JsonNode.class);
            return node.isNumber() || node.isBoolean() ? node : JsonNodeFactory.instance.textNode(value);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.textNode(value);
        }
    }
}
