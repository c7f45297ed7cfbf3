package io.github.ebikecharge.mock.explain;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.WireJson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Whatever a caller signs wrongly. */
class SignatureExplainerFuzzTest {
    /** Messages that are tried for most requests: all of them would leave time for a hundredth of the requests. */
    private static final int FEW = 200;
    /** One request in so many has all of them tried. */
    private static final int ALL_FOR_ONE_IN = 128;

    static Stream<Arguments> requests() {
        return Stream.concat(
                Stream.of(
                                List.of(new Mistake("none", new Attempt().signing())),
                                MistakesInHeader.mistakes(),
                                MistakesInLines.mistakes(),
                                MistakesInTarget.mistakes(),
                                MistakesInBody.mistakes(),
                                MistakesInSignature.mistakes())
                        .flatMap(List::stream)
                        .map(Mistake::attempt)
                        .map(attempt ->
                                Arguments.of(attempt.method, attempt.target, attempt.authorization(), attempt.body)),
                Stream.of(Arguments.of("", "", null, new byte[0])));
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "")
    void namesACauseWhateverTheRequest(
            @NotNull String method, @NotNull String target, @Nullable String authorization, byte @NotNull [] body) {
        Attempt attempt = new Attempt();
        attempt.method = asInAHead(method);
        attempt.target = asInAHead(target);
        attempt.body = body;
        String header = authorization == null ? null : asInAHead(authorization);
        Explanation explanation =
                attempt.explain(header, Arrays.hashCode(body) % ALL_FOR_ONE_IN == 0 ? Search.MAX_MESSAGES : FEW);

        assertThat(explanation.text().en()).isNotBlank();
        assertThat(explanation.text().zh()).isNotBlank();
        assertThatNoException().isThrownBy(() -> WireJson.write(explanation));
        assertThat(explanation.cause() == Cause.NONE)
                .as("%s %s, %s", method, target, header)
                .isEqualTo(verifies(attempt, header));
    }

    /** The bytes of a request's head are read as characters, one by one. */
    private static String asInAHead(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static boolean verifies(Attempt attempt, @Nullable String authorization) {
        try {
            AuthorizationHeader header = AuthorizationHeader.parse(authorization);
            if (!header.mchid().equals(Attempt.MCHID) || Math.abs(header.timestamp() - Attempt.NOW) > 300) {
                return false;
            }
            var key = switch (header.serialNo()) {
                case Attempt.SERIAL -> Attempt.KEYS.getPublic();
                case Attempt.SECOND_SERIAL -> Attempt.SECOND_KEYS.getPublic();
                default -> null;
            };
            // the gateway takes a signature without its padding; the explanation names it all the same
            if (key == null || header.signature().length() % 4 != 0) {
                return false;
            }
            header.scheme()
                    .verify(
                            key,
                            SignedMessage.ofRequest(
                                    attempt.method,
                                    attempt.target,
                                    header.timestamp(),
                                    header.nonceStr(),
                                    attempt.body),
                            header.signature());
            return true;
        } catch (SignatureVerificationException e) {
            return false;
        }
    }
}
