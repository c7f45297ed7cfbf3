package io.github.ebikecharge.mock;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The same request as different serializers write it: signed over its own bytes, and the same session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyOfEverySdkTest {
    private static final String PLAIN = SignedRequest.DOCUMENTED_BODY.replace("xxx充电站", "充电站<A>/1&2");

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("Java: compact, raw UTF-8", "application/json; charset=utf-8", PLAIN),
                arguments(
                        "Go: < > & escaped, a line feed at the end",
                        "application/json",
                        PLAIN.replace("<A>/1&2", "\\u003cA\\u003e/1\\u00262") + "\n"),
                arguments(
                        "PHP: other than ASCII and slashes escaped",
                        "application/json",
                        PLAIN.replace("充电站<A>/1&2", "\\u5145\\u7535\\u7ad9<A>\\/1&2")),
                arguments("JavaScript: compact, raw UTF-8", "application/json; charset=utf-8", PLAIN),
                arguments(
                        "Python: spaces behind commas and colons",
                        "application/json",
                        PLAIN.replace("\",\"", "\", \"")
                                .replace("\":\"", "\": \"")
                                .replace("\":{", "\": {")
                                .replace("充电站", "\\u5145\\u7535\\u7ad9")),
                arguments("Apache: the caller's charset", "application/json; charset=UTF-8", PLAIN),
                arguments(
                        "pretty-printed, Windows lines",
                        "application/json",
                        PLAIN.replace(",\"", ",\r\n  \"").replace("{\"", "{\r\n  \"")),
                arguments(
                        "other order of keys",
                        "application/json",
                        PLAIN.replace("\"sub_mchid\":\"1900000109\",", "")
                                .replace("\"appid\"", "\"sub_mchid\":\"1900000109\",\"appid\"")
                                .replace(",\"device_id\":\"12343232\"", "")
                                .replace("\"start_time\"", "\"device_id\":\"12343232\",\"start_time\"")),
                arguments("media type in capitals", "Application/JSON", PLAIN),
                arguments("a comment, as the gateway's parser takes it", "application/json", "/* */" + PLAIN),
                arguments(
                        "a key given twice, the last one counting",
                        "application/json",
                        PLAIN.replace("{\"sub_mchid\"", "{\"sub_mchid\":\"1\",\"sub_mchid\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void verifiesOverTheBytesThatCame(String serializer, String contentType, String body) throws Exception {
        RawHttp.Answer answer = mock.send(
                SignedRequest.confirm().header("Content-Type", contentType).body(body));

        mock.assertSigned(answer);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo(mock.send(SignedRequest.confirm().body(PLAIN)).text());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void refusesASignatureOverAnythingElse(String serializer, String contentType, String body) throws Exception {
        SignedRequest other = SignedRequest.confirm().body(body + " ");
        String request = new String(other.toBytes(), ISO_8859_1);

        RawHttp.Answer answer = RawHttp.exchange(
                mock.baseUrl(),
                request.substring(0, request.length() - 1).concat("\n").getBytes(ISO_8859_1));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("sign not match");
        FixedMock.assertUnsigned(answer);
    }
}
