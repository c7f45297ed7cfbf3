package io.github.ebikecharge.mock.jsoncpp;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The texts of JsonCpp's errors and the places that they name. */
class JsonCppSyntaxTest {
    private static final String VALUE = "Syntax error: value, object or array expected.";
    private static final String NAME = "Missing '}' or object member name";
    private static final String OBJECT = "Missing ',' or '}' in object declaration";
    private static final String ARRAY = "Missing ',' or ']' in array declaration";

    static Stream<Arguments> errors() {
        return Stream.of(
                // the one that was seen in production
                arguments(
                        "{\"sp_appid\":\"wxdd95ac6f94e0535f\",\"amount\":{\"total\"",
                        1,
                        51,
                        "Missing ':' after object member name"),
                arguments("{\"a\" 1}", 1, 6, "Missing ':' after object member name"),
                arguments("", 1, 1, VALUE),
                arguments(" \n ", 2, 2, VALUE),
                arguments("\r", 2, 1, VALUE),
                arguments("[1\r\r\n2]", 3, 1, ARRAY),
                arguments("[1\r2]", 2, 1, ARRAY),
                arguments("[1e+5 2]", 1, 7, ARRAY),
                arguments("[/**/1 2]", 1, 8, ARRAY),
                arguments("[1/*a*/ //b\r2]", 2, 1, ARRAY),
                arguments("[1 //b", 1, 7, ARRAY),
                arguments("appid", 1, 1, VALUE),
                arguments("truth", 1, 1, VALUE),
                arguments("nul", 1, 1, VALUE),
                arguments("True", 1, 1, VALUE),
                arguments("NaN", 1, 1, VALUE),
                arguments("+1", 1, 1, VALUE),
                arguments(".5", 1, 1, VALUE),
                arguments("'a'", 1, 1, VALUE),
                arguments("\"a", 1, 1, VALUE),
                arguments("\"a\\\"", 1, 1, VALUE),
                arguments("{\"a\":}", 1, 6, VALUE),
                arguments("{\"a\":,", 1, 6, VALUE),
                arguments("[,1]", 1, 2, VALUE),
                arguments("[1,]", 1, 4, VALUE),
                arguments("]", 1, 1, VALUE),
                arguments("/", 1, 1, VALUE),
                arguments("/* never closed", 1, 1, VALUE),
                arguments("/*/", 1, 1, VALUE),
                arguments("{", 1, 2, NAME),
                arguments("{,", 1, 2, NAME),
                arguments("{a:1}", 1, 2, NAME),
                arguments("{1:1}", 1, 2, NAME),
                arguments("{\"a\":1,}", 1, 8, NAME),
                arguments("{\"a\":1 \"b\":2}", 1, 8, OBJECT),
                arguments("{\"a\":1", 1, 7, OBJECT),
                arguments("{\"a\":1]", 1, 7, OBJECT),
                arguments("{\"a\":12a}", 1, 8, OBJECT),
                arguments("[1 2]", 1, 4, ARRAY),
                arguments("[1", 1, 3, ARRAY),
                arguments("[1}", 1, 3, ARRAY),
                arguments("{} {}", 1, 4, "Extra non-whitespace after JSON value."),
                arguments("1 //\n x", 2, 2, "Extra non-whitespace after JSON value."),
                arguments("[1e]", 1, 2, "'1e' is not a number."),
                arguments("[-1.5E+]", 1, 2, "'-1.5E+' is not a number."),
                // a line ends with LF, CR, or both; columns count bytes
                arguments("{\n\n  x", 3, 3, NAME),
                arguments("{\r\n\r\n  x", 3, 3, NAME),
                arguments("{\r\r  x", 3, 3, NAME),
                arguments("{\"充电\" x", 1, 11, "Missing ':' after object member name"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void namesTheFirstErrorAndItsPlace(String json, int line, int column, String message) {
        assertThat(JsonCppSyntax.firstError(json.getBytes(UTF_8)))
                .hasValue("* Line " + line + ", Column " + column + "\n  " + message + "\n");
    }

    static Stream<Arguments> escapeErrors() {
        return Stream.of(
                arguments("[\"a\\q\"]", 6, "Bad escape sequence in string"),
                arguments("[\"\\x41\"]", 5, "Bad escape sequence in string"),
                arguments("[\"\\'\"]", 5, "Bad escape sequence in string"),
                arguments("[\"\\u\"]", 5, "Bad unicode escape sequence in string: four digits expected."),
                arguments("[\"\\u004\"]", 5, "Bad unicode escape sequence in string: four digits expected."),
                arguments("[\"\\u00g0\"]", 8, "Bad unicode escape sequence in string: hexadecimal digit expected."),
                arguments("[\"\\u-123\"]", 6, "Bad unicode escape sequence in string: hexadecimal digit expected."),
                arguments("[\"\\ud83d\"]", 9, "additional six characters expected to parse unicode surrogate pair."),
                arguments(
                        "[\"\\ud83d......\"]",
                        10,
                        "expecting another \\u token to begin the second half of a unicode surrogate pair"),
                arguments(
                        "[\"\\ud83d\\n....\"]",
                        11,
                        "expecting another \\u token to begin the second half of a unicode surrogate pair"),
                arguments(
                        "[\"\\ud83d\\uzzzz\"]",
                        12,
                        "Bad unicode escape sequence in string: hexadecimal digit expected."));
    }

    @ParameterizedTest
    @MethodSource("escapeErrors")
    void namesThePlaceOfAnEscapeBesidesThatOfItsString(String json, int column, String message) {
        assertThat(JsonCppSyntax.firstError(json.getBytes(UTF_8)))
                .hasValue("* Line 1, Column 2\n  " + message + "\nSee Line 1, Column " + column + " for detail.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "{\"a\":{\"b\":[1,-2.5e+3,true,false,null,\"c\"]}}",
                "// first\n{/**/\"a\"/* * */:1}// last",
                "007",
                "1.",
                "\"\\u5145\\/\\\"\\\\\\b\\f\\n\\r\\t\"",
                "\"\\ud83d\\udd0b\"",
                "\"\\udd0b\"",
                "\"tab\there, line\nthere\"",
                "{\"\":\"\",\"\":\"\"}",
                "123456789012345678901234567890123456789012345678901234567890"
            })
    void takesWhatJsonCppTakes(String json) {
        assertThat(JsonCppSyntax.firstError(json.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void goesAThousandLevelsDeepAndNoFurther() {
        assertThat(JsonCppSyntax.firstError(nested(1000))).isEmpty();
        assertThat(JsonCppSyntax.firstError(nested(1001)))
                .hasValue("* Line 1, Column 1001\n  Exceeded stackLimit in readValue().\n");
        assertThat(JsonCppSyntax.firstError("[".repeat(100_000).getBytes(UTF_8)))
                .hasValue("* Line 1, Column 1001\n  Exceeded stackLimit in readValue().\n");
        assertThat(JsonCppSyntax.firstError("{\"a\":".repeat(100_000).getBytes(UTF_8)))
                .hasValue("* Line 1, Column 5001\n  Exceeded stackLimit in readValue().\n");
    }

    private static byte[] nested(int levels) {
        return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
    }
}
