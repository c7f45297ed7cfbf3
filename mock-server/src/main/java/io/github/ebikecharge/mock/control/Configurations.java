package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.github.ebikecharge.api.wire.WireJson;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Reads what steers the mock, and says what is wrong with it: unknown names, wrong types, values out of range. */
public final class Configurations {
    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

    private static final Pattern OF_JAVA =
            Pattern.compile("(?<=[`<])(?:[a-z]+\\.)+(?=[A-Z])|^Unexpected IOException \\(of type [^)]*\\): ");

    private Configurations() {}

    /**
     * Reads a value of the control API's document, as from a configuration file.
     *
     * @throws IllegalArgumentException saying what is wrong, where, and what would do
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return validated(WireJson.readStrictly(json, type));
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "There is no %s; known here: %s".formatted(path(e), e.getKnownPropertyIds()), e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(path(e) + ": " + withoutJava(e.getOriginalMessage()), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not JSON%s: %s".formatted(place(e), e.getOriginalMessage()), e);
        }
    }

    /**
     * Returns the value if it keeps the document.
     *
     * @throws IllegalArgumentException naming each field that does not
     */
    public static <T> T validated(T value) {
        Set<ConstraintViolation<T>> violations = Validators.VALIDATOR.validate(value);
        if (violations.isEmpty()) {
            return value;
        }
        throw new IllegalArgumentException(violations.stream()
                .map(violation -> wireName(violation.getPropertyPath().toString()) + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; ")));
    }

    private static String wireName(String javaName) {
        return CAPITAL.matcher(javaName)
                .replaceAll(capital -> "_" + capital.group().toLowerCase(Locale.ROOT));
    }

    /** Callers of the control API know the document's types, and nothing of Java's. */
    private static String withoutJava(String message) {
        return OF_JAVA.matcher(message).replaceAll("");
    }

    /** Where a limit of the parser is passed, it does not say where. */
    private static String place(JacksonException e) {
        JsonLocation location = e.getLocation();
        return location == null
                ? ""
                : ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "the value" : path.replaceFirst("^\\.", "");
    }

    /** Made when the first value is checked: a mock without configuration starts without it. */
    private static final class Validators {
        static final Validator VALIDATOR = Validation.byProvider(HibernateValidator.class)
                .configure()
                .defaultLocale(Locale.ENGLISH)
                .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
                .buildValidatorFactory()
                .getValidator();
    }
}
