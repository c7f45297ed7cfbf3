package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.WireJson;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SignatureExplainerTest {
    @Test
    void findsNothingWrongWithARightSignature() {
        Attempt attempt = new Attempt().signing();
        String message = SignedMessage.ofRequest(
                        attempt.method, attempt.target, Attempt.NOW, attempt.nonce, attempt.body)
                .toString();

        Explanation explanation = attempt.explain();

        assertThat(explanation.cause()).isEqualTo(Cause.NONE);
        assertThat(explanation.also()).isEmpty();
        assertThat(explanation.expectedMessage()).isEqualTo(message);
        assertThat(explanation.signedMessage()).isEqualTo(message);
    }

    static Stream<Mistake> wrongMessages() {
        return Stream.of(
                        MistakesInLines.mistakes(),
                        MistakesInTarget.mistakes(),
                        MistakesInBody.mistakes(),
                        MistakesInSignature.mistakes())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("wrongMessages")
    void recoversWhatWasSignedAndNamesTheMistake(Mistake mistake) {
        Attempt attempt = mistake.attempt();

        Explanation explanation = attempt.explain();

        assertThat(causes(explanation)).containsExactlyInAnyOrderElementsOf(mistake.causes());
        assertThat(explanation.expectedMessage()).isEqualTo(attempt.text());
        assertThat(explanation.signedMessage()).isEqualTo(new String(attempt.signed, UTF_8));
        assertReadable(explanation);
    }

    static Stream<Mistake> unreadable() {
        return MistakesInHeader.mistakes().stream();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void namesWhatIsWrongWithTheHeader(Mistake mistake) {
        Explanation explanation = mistake.attempt().explain();

        assertThat(causes(explanation)).containsExactlyInAnyOrderElementsOf(mistake.causes());
        assertReadable(explanation);
    }

    @Test
    void namesAMissingHeader() {
        assertThat(new Attempt().explain(null).cause()).isEqualTo(Cause.AUTHORIZATION_MISSING);
        assertThat(new Attempt().explain(" ").cause()).isEqualTo(Cause.AUTHORIZATION_MISSING);
    }

    @Test
    void showsBothSidesOfAMistakeItDoesNotKnow() {
        Explanation explanation = new Attempt().signing("something else").explain();

        assertThat(explanation.cause()).isEqualTo(Cause.UNKNOWN);
        assertThat(explanation.expectedMessage()).isEqualTo(new Attempt().text());
        assertThat(explanation.signedMessage()).isNull();
        // printf 'something else' | sha256sum
        assertThat(explanation.text().en())
                .contains("SHA-256 f41f3fa625ff120ddca7ef456bf66371ecea23c129f4e4c32367101edb516cf8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1E-99999999999", "1e999999999", "0.1e999"})
    void comparesBodiesWhateverTheirNumbers(String number) {
        String body = "{\"appid\":%s}".formatted(number);

        Explanation explanation =
                new Attempt().body(body).signing("something else").explain();

        assertThat(explanation.cause()).isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void namesAWrongHashWhateverTheMessage() {
        Attempt attempt = new Attempt().signing("something else");
        attempt.hashAndPad = message -> attempt.sign("SHA1withRSA", message);

        assertThat(causes(attempt.explain())).containsExactly(Cause.HASH_NOT_SHA256, Cause.UNKNOWN);
    }

    @Test
    void tellsTheFirstDifference() {
        Explanation explanation = new Attempt().signingMethod("post").explain();

        assertThat(explanation.text().en())
                .endsWith(
                        "First difference: line 1, character 1: expected «POST␊/v3/ebike/charge/co…», signed «post␊/v3/ebike/charge/co…».");
        assertThat(explanation.text().zh()).contains("第1行第1个字符");
    }

    @Test
    void writesItselfAsJson() {
        var json = WireJson.toTree(new Attempt().signingMethod("post").explain());

        assertThat(json.path("cause").asText()).isEqualTo("method_not_upper_case");
        assertThat(json.has("also")).isFalse();
        assertThat(json.path("text").path("en").asText()).contains("post");
        assertThat(json.path("text").path("zh").asText()).contains("大写");
        assertThat(json.path("expected_message").asText()).startsWith("POST\n");
        assertThat(json.path("signed_message").asText()).startsWith("post\n");
    }

    @ParameterizedTest
    @EnumSource
    void hasATextForEveryCause(Cause cause) {
        Explanation.Text text = cause.found("1st", "2nd", "3rd", "4th").text();

        assertThat(text.en()).isNotBlank().doesNotContain("%");
        assertThat(text.zh()).isNotBlank().doesNotContain("%");
    }

    @Test
    void takesAnythingForAHeader() {
        Random random = new Random(1);
        String right = new Attempt().signing().authorization();
        for (int i = 0; i < 300; i++) {
            StringBuilder header = new StringBuilder(right);
            for (int changes = random.nextInt(1, 20); changes > 0; changes--) {
                int at = random.nextInt(header.length());
                switch (random.nextInt(3)) {
                    case 0 -> header.setCharAt(at, (char) random.nextInt(0x20, 0x100));
                    case 1 -> header.deleteCharAt(at);
                    default -> header.insert(at, " ,=\"\\%;-+".charAt(random.nextInt(9)));
                }
            }
            assertThatNoException().isThrownBy(() -> new Attempt().explain(header.toString()));
        }
    }

    @Test
    void takesAnythingForABody() {
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            Attempt attempt = new Attempt();
            attempt.body = new byte[random.nextInt(64)];
            random.nextBytes(attempt.body);

            assertThat(attempt.signingBody(attempt.body).explain().cause()).isEqualTo(Cause.NONE);
        }
    }

    @Test
    void takesJsonThatEndsTooSoon() {
        String json = "{\"a\\\"\":[\"\\u5145\",{\"b\":-1.5e3,\"c\":null}]}";
        for (int end = 1; end <= json.length(); end++) {
            Attempt attempt = new Attempt().body(json.substring(0, end));

            assertThat(attempt.signing("something else").explain().cause()).isEqualTo(Cause.UNKNOWN);
        }
    }

    @Test
    void knowsNobodyWithoutKeys() {
        var explainer = new SignatureExplainer(List::of, Clock.systemUTC());
        Attempt attempt = new Attempt().signing();

        Explanation explanation = explainer.explain(
                new ReceivedRequest(attempt.method, attempt.target, attempt.authorization(), attempt.body, null));

        assertThat(causes(explanation)).containsExactly(Cause.TIMESTAMP_OUT_OF_WINDOW, Cause.SERIAL_UNKNOWN);
    }

    @Test
    void givesUpOnALongBodyWithoutTryingAllThereIs() {
        Attempt deep =
                new Attempt().body("[".repeat(30_000) + "]".repeat(30_000)).signing("something else");
        Attempt wide = new Attempt().body("[" + "0,".repeat(30_000) + "0]").signing("something else");
        Attempt huge =
                new Attempt().body("{\"a\":\"" + "/".repeat(1 << 20) + "\"}").signing("something else");

        assertThat(Stream.of(deep, wide, huge).map(attempt -> attempt.explain().cause()))
                .containsOnly(Cause.UNKNOWN);
    }

    private static List<Cause> causes(Explanation explanation) {
        return Stream.concat(Stream.of(explanation.cause()), explanation.also().stream())
                .toList();
    }

    private static void assertReadable(Explanation explanation) {
        assertThat(explanation.text().en()).isNotBlank();
        assertThat(explanation.text().zh()).isNotBlank();
    }
}
