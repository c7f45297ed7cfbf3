package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ebikecharge.mock.contract.Field;
import io.github.ebikecharge.mock.jsoncpp.JsonCppSyntax;
import io.github.ebikecharge.mock.model.Assumptions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Maps path, query and body onto the fields of the document, one by one in its order, and refuses the first that does
 * not fit. Parameters that the document does not know are refused together, last.
 */
final class ParameterCheck {
    /** What the gateway's parser takes, beyond the letter of JSON. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** A character may hide behind this. */
    private static final String ESCAPED = "\\u";

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final GatewayRequest request;
    private final Assumptions assumptions;
    private final List<String> unknown = new ArrayList<>();

    private ParameterCheck(GatewayRequest request, Assumptions assumptions) {
        this.request = request;
        this.assumptions = assumptions;
    }

    /** Returns the body; a missing node if the operation has none. */
    static JsonNode check(GatewayRequest request, Assumptions assumptions) throws Refusal {
        return new ParameterCheck(request, assumptions).check();
    }

    private JsonNode check() throws Refusal {
        for (Field field : request.operation().pathParameters()) {
            checkText(field, request.pathParameters().getOrDefault(field.name(), ""), "uri_template", "/uri_template/");
        }
        checkQuery();
        List<Field> fields = request.operation().body();
        JsonNode body = MissingNode.getInstance();
        if (fields != null) {
            body = parse(fields);
            checkFields(fields, body, "/body/");
            refuseRepeated("/body/", body::has);
        }
        if (!unknown.isEmpty() && assumptions.unknownParametersRefused()) {
            throw Refusal.unknownParameters(unknown);
        }
        return body;
    }

    private void refuseRepeated(String prefix, Predicate<String> repeats) throws Refusal {
        if (!assumptions.repeatedPathParametersNamed()) {
            return;
        }
        for (Field field : request.operation().pathParameters()) {
            if (repeats.test(field.name())) {
                throw Refusal.repeatedParameter(prefix + field.name(), field.title(), "/uri_template/" + field.name());
            }
        }
    }

    private void checkQuery() throws Refusal {
        List<Field> fields = request.operation().queryParameters();
        refuseRepeated("/query/", request.queryParameters()::containsKey);
        for (Map.Entry<String, String> parameter : request.queryParameters().entrySet()) {
            Optional<Field> field = fields.stream()
                    .filter(candidate -> candidate.name().equals(parameter.getKey()))
                    .findFirst();
            if (field.isPresent()) {
                checkText(field.get(), parameter.getValue(), "query", "/query/");
            } else {
                unknown.add("/query/" + parameter.getKey());
            }
        }
    }

    private JsonNode parse(List<Field> fields) throws Refusal {
        byte[] bytes = request.body();
        if (bytes.length == 0 || !isJson(request.header("Content-Type"))) {
            for (Field field : fields) {
                if (field.required()) {
                    throw Refusal.required('/' + field.name(), field.title(), null);
                }
            }
        }
        String text = decode(bytes);
        Optional<String> syntaxError = JsonCppSyntax.firstError(bytes);
        if (syntaxError.isPresent()) {
            throw Refusal.malformedJson(syntaxError.get(), text);
        }
        try {
            JsonNode body = JSON.readTree(text);
            if (body.isObject()) {
                if (text.indexOf(ESCAPED) >= 0) {
                    withoutFourByteCharacters(body.toString());
                }
                return body;
            }
        } catch (JsonProcessingException e) {
            // accepted by the gateway's parser, beyond what Jackson reads: falls through
        }
        throw Refusal.invalidParameter();
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.strip().regionMatches(true, 0, "application/json", 0, 16);
    }

    /** API v3 takes UTF-8 with characters of one to three bytes; how it refuses others is assumed. */
    private String decode(byte[] bytes) throws Refusal {
        try {
            return withoutFourByteCharacters(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw Refusal.invalidParameter();
        }
    }

    private String withoutFourByteCharacters(String text) throws Refusal {
        if (assumptions.fourByteCharactersRefused() && hasSurrogates(text)) {
            throw Refusal.invalidParameter();
        }
        return text;
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void checkFields(List<Field> fields, JsonNode object, String prefix) throws Refusal {
        for (Field field : fields) {
            JsonNode value = object.path(field.name());
            if (!value.isMissingNode()) {
                checkValue(field, value, prefix);
            } else if (field.required()) {
                throw Refusal.required(prefix + field.name(), field.title(), "body");
            }
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!isAmong(fields, name)) {
                unknown.add(prefix + name);
            }
        });
    }

    private static boolean isAmong(List<Field> fields, String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void checkValue(Field field, JsonNode value, String prefix) throws Refusal {
        String source = prefix + field.name();
        switch (field.kind()) {
            case OBJECT -> {
                if (!value.isObject()) {
                    throw Refusal.notAnObject(source, field.title(), value);
                }
                checkFields(field.fields(), value, source + '/');
            }
            case INTEGER -> {
                if (!value.canConvertToLong() || !value.isIntegralNumber()) {
                    throw Refusal.notAnInteger(source, field.title(), value);
                }
            }
            case STRING, DATE_TIME -> {
                if (!value.isTextual()) {
                    throw Refusal.notAString(source, field.title(), value);
                }
                checkText(field, value.textValue(), "body", prefix);
            }
        }
    }

    private void checkText(Field field, String text, String location, String prefix) throws Refusal {
        String source = prefix + field.name();
        int length = length(field, text);
        if (length < field.minLength()) {
            throw Refusal.tooShort(source, field.title(), location, unit(field), length, field.minLength());
        }
        if (assumptions.assumedLimitsEnforced()) {
            checkLimits(field, text, length, location, source);
        }
        if (field.kind() == Field.Kind.DATE_TIME && !DateTimes.isDateTime(text)) {
            throw Refusal.patternMismatch(source, field.title(), location, DateTimes.PATTERN, text);
        }
        if (!field.values().isEmpty() && !field.values().contains(text)) {
            throw Refusal.patternMismatch(
                    source, field.title(), location, "^(" + String.join("|", field.values()) + ")$", text);
        }
    }

    private static void checkLimits(Field field, String text, int length, String location, String source)
            throws Refusal {
        Integer max = field.assumedMaxLength();
        if (max != null && length > max) {
            throw Refusal.tooLong(source, field.title(), location, unit(field), length, max);
        }
        String pattern = field.assumedPattern();
        if (pattern != null
                && !PATTERNS.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(text)
                        .matches()) {
            throw Refusal.patternMismatch(source, field.title(), location, pattern, text);
        }
    }

    private static int length(Field field, String text) {
        return field.countsCharacters() ? text.length() : text.getBytes(UTF_8).length;
    }

    private static String unit(Field field) {
        return field.countsCharacters() ? "字符数" : "字节数";
    }
}
