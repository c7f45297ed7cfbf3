package io.github.ebikecharge.mock.scenario;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.model.ScenarioError;
import io.github.ebikecharge.mock.model.ScenarioList;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenarios as YAML, and says what is wrong in which line. Texts need no quotes, whatever they look like: a
 * {@code device_id} of 0012 keeps its zeros.
 */
final class ScenarioYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    /** The name of a type, and where it lives. */
    private static final Pattern JAVA_TYPE = Pattern.compile("`[a-z0-9.]+\\.(\\w+)`");

    private ScenarioYaml() {}

    /** A file that holds no scenarios. */
    static final class InvalidScenariosException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient ScenarioError error;

        InvalidScenariosException(@Nullable Integer line, String message) {
            super(line == null ? message : "line " + line + ": " + message);
            this.error = ScenarioError.builder().line(line).message(message).build();
        }

        ScenarioError error() {
            return error;
        }
    }

    static ScenarioList read(byte[] yaml) throws InvalidScenariosException {
        try {
            JsonNode tree = YAML.readTree(yaml);
            if (!tree.isObject()) {
                throw new InvalidScenariosException(
                        1,
                        (tree.isMissingNode() ? "the file is empty; " : "")
                                + "it begins with scenarios: and a list of them, or scenarios: [] for none");
            }
            return Configurations.validated(YAML.readValue(yaml, ScenarioList.class));
        } catch (IllegalArgumentException e) {
            throw invalid(yaml, String.valueOf(e.getMessage()));
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidScenariosException(
                    line(e), "there is no %s; known here: %s".formatted(e.getPropertyName(), e.getKnownPropertyIds()));
        } catch (JacksonException e) {
            throw new InvalidScenariosException(line(e), reason(e));
        } catch (IOException e) {
            throw new InvalidScenariosException(1, "no text in UTF-8: " + e.getMessage());
        }
    }

    private static String reason(JacksonException e) {
        String field =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? mapping.getPath().get(mapping.getPath().size() - 1).getFieldName()
                        : null;
        String reason = e instanceof MismatchedInputException wrong
                        && wrong.getTargetType() != null
                        && wrong.getTargetType().isEnum()
                ? "takes one of " + names(wrong.getTargetType())
                : JAVA_TYPE
                        .matcher(String.valueOf(e.getOriginalMessage())
                                .lines()
                                .findFirst()
                                .orElse("no YAML"))
                        .replaceAll("$1");
        return field == null ? reason : field + ": " + reason;
    }

    private static String names(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants())
                .map(constant -> WireJson.toTree(constant).textValue())
                .collect(Collectors.joining(", "));
    }

    private static @Nullable Integer line(JacksonException e) {
        JsonLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1 ? null : location.getLineNr();
    }

    /** @param message begins with the path of a field, as in {@code scenarios[0].steps[1].times} */
    static InvalidScenariosException invalid(byte[] yaml, String message) {
        int end = message.indexOf(' ');
        String pointer = "/"
                + message.substring(0, end < 0 ? message.length() : end)
                        .replaceAll("\\[(\\d+)]", ".$1")
                        .replace('.', '/');
        Map<String, Integer> lines = lines(yaml);
        while (!lines.containsKey(pointer) && pointer.lastIndexOf('/') > 0) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        return new InvalidScenariosException(lines.getOrDefault(pointer, 1), message);
    }

    /** The line of each value, by its JSON pointer. */
    private static Map<String, Integer> lines(byte[] yaml) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = YAML.createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        } catch (IOException e) {
            return lines; // up to where it could be read
        }
        return lines;
    }
}
