package io.github.ebikecharge.api.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.Fixtures.reasonOf;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MALFORMED_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MISSING_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class AuthorizationHeaderTest {
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";
    private static final String MCHID = "mchid=\"1230000109\"";
    private static final String NONCE = "nonce_str=\"593BEC0C930BF1AFEB40B4A08C8FB242\"";
    private static final String TIMESTAMP = "timestamp=\"1714000000\"";
    private static final String SERIAL_NO = "serial_no=\"" + SERIAL + "\"";
    private static final String SIGNATURE = "signature=\"c2lnbmF0dXJl+/==\"";
    private static final String FIELDS = String.join(",", MCHID, NONCE, TIMESTAMP, SERIAL_NO, SIGNATURE);
    private static final String HEADER = SCHEME + " " + FIELDS;
    private static final AuthorizationHeader PARSED = new AuthorizationHeader(
            SignatureScheme.SHA256_RSA2048,
            "1230000109",
            "593BEC0C930BF1AFEB40B4A08C8FB242",
            NOW,
            SERIAL,
            "c2lnbmF0dXJl+/==");

    @Test
    void acceptsFieldsInAnyOrder() {
        var orders = permutations(List.of(MCHID, NONCE, TIMESTAMP, SERIAL_NO, SIGNATURE));

        assertThat(orders)
                .hasSize(120)
                .doesNotHaveDuplicates()
                .allSatisfy(fields -> assertThat(AuthorizationHeader.parse(SCHEME + " " + String.join(",", fields)))
                        .isEqualTo(PARSED));
    }

    @Test
    void writesFieldsInTheOrderOfTheOfficialSdk() {
        assertThat(PARSED.toHeaderValue()).isEqualTo(HEADER);
    }

    @Test
    void readsWhatItWrote() throws SignatureVerificationException {
        assertThat(AuthorizationHeader.parse(PARSED.toHeaderValue())).isEqualTo(PARSED);
    }

    @Test
    void keepsSignatureOutOfToString() {
        assertThat(PARSED)
                .hasToString("AuthorizationHeader[scheme=WECHATPAY2-SHA256-RSA2048, mchid=1230000109, "
                        + "nonceStr=593BEC0C930BF1AFEB40B4A08C8FB242, timestamp=1714000000, serialNo=" + SERIAL + "]");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t \t"})
    void saysThatThereIsNoHeader(@Nullable String value) {
        assertThat(reasonOf(() -> AuthorizationHeader.parse(value))).isEqualTo(MISSING_HEADER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeaders")
    void refusesMalformedHeader(String what, String value, String message) {
        var thrown = refusal(value);

        assertThat(thrown.reason()).isEqualTo(MALFORMED_HEADER);
        assertThat(thrown).hasMessage("The Authorization header " + message);
    }

    static Stream<Arguments> malformedHeaders() {
        return Stream.of(
                arguments("scheme alone", SCHEME, "has no space after the scheme"),
                arguments("no space", HEADER.replace(" ", ""), "has no space after the scheme"),
                arguments("tab for space", HEADER.replace(" ", "\t"), "has no space after the scheme"),
                arguments("no fields", SCHEME + " ", "has no timestamp"),
                arguments("two spaces", HEADER.replace(" ", "  "), notList(0)),
                arguments("no mchid", without(MCHID), "has no mchid"),
                arguments("no nonce_str", without(NONCE), "has no nonce_str"),
                arguments("no timestamp", without(TIMESTAMP), "has no timestamp"),
                arguments("no serial_no", without(SERIAL_NO), "has no serial_no"),
                arguments("no signature", HEADER.replace("," + SIGNATURE, ""), "has no signature"),
                arguments("empty mchid", with(MCHID, "mchid=\"\""), "has no mchid"),
                arguments("empty nonce_str", with(NONCE, "nonce_str=\"\""), "has no nonce_str"),
                arguments("empty timestamp", with(TIMESTAMP, "timestamp=\"\""), "has no timestamp"),
                arguments("empty serial_no", with(SERIAL_NO, "serial_no=\"\""), "has no serial_no"),
                arguments("empty signature", with(SIGNATURE, "signature=\"\""), "has no signature"),
                arguments("repeated field", HEADER + "," + MCHID, "repeats the field mchid"),
                arguments("repeated signature", HEADER + ",signature=\"x\"", "repeats the field signature"),
                arguments("repeated empty field", HEADER + ",mchid=\"\"", "repeats the field mchid"),
                arguments("unknown field", HEADER + ",brand_id=\"1\"", "has an unknown field: brand_id"),
                arguments("unknown field to the last letter", HEADER + ",z=\"1\"", "has an unknown field: z"),
                arguments("misspelt field", with(SERIAL_NO, "serial=\"1\""), "has an unknown field: serial"),
                arguments("field in upper case", with(MCHID, "MCHID=\"1\""), notList(0)),
                arguments("space after comma", HEADER.replace(",n", ", n"), notList(FIELDS.indexOf(NONCE))),
                arguments("space before comma", HEADER.replace(",n", " ,n"), notList(0)),
                arguments("spaces around equals sign", HEADER.replace("mchid=", "mchid = "), notList(0)),
                arguments("no quotes", with(MCHID, "mchid=1230000109"), notList(0)),
                arguments("single quotes", with(MCHID, "mchid='1230000109'"), notList(0)),
                arguments("no opening quote", HEADER.replace("=\"123", "=123"), notList(0)),
                arguments("no closing quote", HEADER.replaceFirst("\"$", ""), notList(FIELDS.indexOf(SIGNATURE))),
                arguments("quote inside", HEADER.replace("c2l", "c2\"l"), notList(FIELDS.indexOf(SIGNATURE))),
                arguments("semicolon for comma", HEADER.replace(",n", ";n"), notList(0)),
                arguments("two commas", HEADER.replace(",n", ",,n"), notList(FIELDS.indexOf(NONCE))),
                arguments("no comma", HEADER.replace(",n", "n"), notList(0)),
                arguments("comma first", HEADER.replace(" ", " ,"), notList(0)),
                arguments("comma last", HEADER + ",", "ends with a comma"),
                arguments("space last", HEADER + " ", notList(FIELDS.indexOf(SIGNATURE))),
                arguments("line feed last", HEADER + "\n", notList(FIELDS.indexOf(SIGNATURE))),
                arguments("field without name", SCHEME + " =\"1\"," + FIELDS, notList(0)),
                arguments("name alone", HEADER + ",mchid", notList(FIELDS.length() + 1)),
                arguments("name and equals sign alone", HEADER + ",mchid=", notList(FIELDS.length() + 1)),
                arguments("comma alone", SCHEME + " ,", notList(0)),
                arguments("unknown field of one quote", HEADER + ",x=\"", notList(FIELDS.length() + 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1714000000",
                "-1714000000",
                "01714000000",
                "00",
                "1714000000.0",
                " 1714000000",
                "1714000000 ",
                "171400000O",
                "0x662990C0",
                "1e9",
                "１７１４００００００",
                "2024-04-24T23:06:40Z",
                "9223372036854775808"
            })
    void refusesTimestampThatIsNotNumberOfSeconds(String timestamp) {
        var thrown = refusal(with(TIMESTAMP, "timestamp=\"" + timestamp + "\""));

        assertThat(thrown.reason()).isEqualTo(MALFORMED_HEADER);
        assertThat(thrown).hasMessage("The Authorization header has a timestamp that is not a number of seconds");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, NOW, 1_714_000_000_000L, 999_999_999_999_999_999L})
    void acceptsTimestampOfAnySize(long timestamp) throws SignatureVerificationException {
        var header = AuthorizationHeader.parse(with(TIMESTAMP, "timestamp=\"" + timestamp + "\""));

        assertThat(header.timestamp()).isEqualTo(timestamp);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryScheme(SignatureScheme scheme) throws SignatureVerificationException {
        var value = HEADER.replace(SCHEME, scheme.wireName());

        assertThat(AuthorizationHeader.parse(value).scheme()).isEqualTo(scheme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "WECHATPAY2-SM2",
                "WECHATPAY-BRAND-SHA256-RSA2048",
                "wechatpay2-sha256-rsa2048",
                "WECHATPAY2-SHA256-RSA2048,",
                ""
            })
    void refusesAnotherScheme(String scheme) {
        var value = HEADER.replace(SCHEME, scheme);

        assertThat(reasonOf(() -> AuthorizationHeader.parse(value))).isEqualTo(UNKNOWN_SCHEME);
        assertThat(refusal(value)).hasMessage("The Authorization scheme is not known: " + scheme);
    }

    @Test
    void looksAtTheSchemeBeforeTheFields() {
        assertThat(reasonOf(() -> AuthorizationHeader.parse("Bearer x"))).isEqualTo(UNKNOWN_SCHEME);
    }

    @ParameterizedTest
    @MethodSource
    void acceptsUnusualValues(String field, String value) throws SignatureVerificationException {
        assertThat(AuthorizationHeader.parse(with(field, value)).toHeaderValue())
                .isEqualTo(with(field, value));
    }

    static Stream<Arguments> acceptsUnusualValues() {
        return Stream.of(
                arguments(NONCE, "nonce_str=\"cg55d1ns.c25\""),
                arguments(NONCE, "nonce_str=\"a,b=c d\""),
                arguments(SERIAL_NO, "serial_no=\"5e3a7c91\""),
                arguments(SERIAL_NO, "serial_no=\"PUB_KEY_ID_0112300001092026112400000000000001\""));
    }

    private static SignatureVerificationException refusal(String value) {
        var thrown = catchThrowableOfType(SignatureVerificationException.class, () -> AuthorizationHeader.parse(value));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static String notList(int character) {
        return "is not a list of name=\"value\" separated by commas, at character " + character + " after the scheme";
    }

    private static String without(String field) {
        return HEADER.replace(field + ",", "");
    }

    private static String with(String field, String replacement) {
        return HEADER.replace(field, replacement);
    }

    private static List<List<String>> permutations(List<String> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : items) {
            var others = items.stream().filter(item -> !item.equals(first)).toList();
            for (List<String> rest : permutations(others)) {
                all.add(Stream.concat(Stream.of(first), rest.stream()).toList());
            }
        }
        return all;
    }
}
