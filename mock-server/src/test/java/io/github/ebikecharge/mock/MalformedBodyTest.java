package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a merchant sends and signs, the answer is a token or a parameter error; never a failure of the mock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedBodyTest {
    private static final byte[] ALPHABET = "{}[]:,\"\\/*0-.eEtrufalsn +\n\u0000'#".getBytes(UTF_8);

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    static Stream<String> bodies() {
        String with = SignedRequest.DOCUMENTED_BODY.replace("{\"sub_mchid\"", "{\"foo\":%s,\"sub_mchid\"");
        return Stream.of(
                        "[".repeat(100_000),
                        "[".repeat(999) + "]".repeat(999),
                        "[".repeat(998) + "]".repeat(998),
                        "{\"a\":".repeat(900) + "1" + "}".repeat(900),
                        "9".repeat(100_000),
                        "-",
                        "{\"a\":[".repeat(400) + "]}".repeat(400),
                        "-.5",
                        "-01",
                        "1.",
                        "1e999999999",
                        "-1e-999999999",
                        "1" + "0".repeat(400) + ".0",
                        "\"" + "a".repeat(900_000) + "\"",
                        "{\"" + "a".repeat(60_000) + "\":1}",
                        "\"\u0000\u0001\u001f\u007f\"",
                        "\"\\u0000\"",
                        "\"\\udd0b\"",
                        "\"\\ufffe\\uffff\"",
                        "/* */1//\n")
                .map(value -> with.replace("%s", value));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refusesAnUnknownFieldWhateverItHolds(String body) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().body(body));

        assertThat(answer.status()).isEqualTo(400);
        assertParameterError(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "0001", "1.", "\"\\ud83d\"", "\"\\udd0b\"", "[\"\\udd0b\"]", "{\"\\udd0b\":1}"})
    void refusesAKnownFieldWhateverItHolds(String value) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().edit("\"wx47c677487ce3ac47\"", value));

        assertThat(answer.status()).isEqualTo(400);
        assertParameterError(answer);
    }

    @Test
    void echoesAValueHoweverDeepItIs() throws Exception {
        String deep = "[".repeat(900) + "]".repeat(900);

        RawHttp.Answer answer = mock.send(SignedRequest.confirm().edit("\"wx47c677487ce3ac47\"", deep));

        assertThat(answer.text()).contains("\"value\":" + deep + "}");
        assertParameterError(answer);
    }

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersEveryMutationOfTheDocumentedBody(int seed) throws Exception {
        Random random = new Random(seed);
        byte[] body = SignedRequest.DOCUMENTED_BODY.getBytes(UTF_8);
        for (int i = 0; i <= seed % 4; i++) {
            body[random.nextInt(body.length)] =
                    random.nextInt(8) == 0 ? (byte) random.nextInt(256) : ALPHABET[random.nextInt(ALPHABET.length)];
        }

        RawHttp.Answer answer = mock.send(SignedRequest.confirm().body(body));

        if (answer.status() == 200) {
            assertThat(answer.text()).matches("\\{\"charging_token\":\"[0-9A-Za-z]{20}\"}");
            mock.assertSigned(answer);
        } else {
            assertThat(answer.status()).as(new String(body, UTF_8)).isEqualTo(400);
            assertParameterError(answer);
        }
    }

    private void assertParameterError(RawHttp.Answer answer) throws Exception {
        JsonNode error = new JsonMapper().readTree(answer.body());
        assertThat(error.path("code").textValue()).isEqualTo("PARAM_ERROR");
        assertThat(error.path("message").textValue()).isNotBlank();
        mock.assertSigned(answer);
    }
}
