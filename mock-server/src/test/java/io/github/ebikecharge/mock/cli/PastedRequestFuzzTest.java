package io.github.ebikecharge.mock.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.SignatureExplainer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Whatever a person pastes. */
class PastedRequestFuzzTest {
    private static final SignatureExplainer EXPLAINER = new SignatureExplainer(
            DemoKeys.load()::knownPlatformKeys, Clock.fixed(Instant.ofEpochSecond(1_714_000_000), ZoneOffset.UTC));

    static Stream<Arguments> pastes() {
        String authorization = "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\"1\",nonce_str=\"n\","
                + "timestamp=\"1714000000\",serial_no=\"1F\",signature=\"c2ln\"";
        return Stream.of(
                        "POST /v3/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n" + authorization + "\r\n\r\n{}",
                        "\uFEFF\n POST http://a:1/v3/x?y\n" + authorization + "\n\n{}\n",
                        "* x\n> POST /v3/x HTTP/1.1\n> Host: a\n> " + authorization + "\n>\n< HTTP/1.1 200\n",
                        "GET / HTTP/1.1\nTransfer-Encoding: chunked\n\n2;a\r\n{}\r\n0\r\n\r\n",
                        "GET / HTTP/1.1\nTransfer-Encoding: chunked\n\nffffff\r\n{}",
                        "POST /\nContent-Length: 999999999\n\n",
                        "")
                .map(paste -> paste.getBytes(UTF_8))
                .flatMap(paste -> Stream.of(Arguments.of(paste, null), Arguments.of(paste, new byte[] {'\n'})));
    }

    @MethodSource("pastes")
    @FuzzTest(maxDuration = "")
    void readsARequestThatCanBeExplainedOrSaysWhatIsMissing(byte @NotNull [] paste, byte @Nullable [] separateBody) {
        PastedRequest request;
        try {
            request = new PastedRequest(paste, separateBody);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(A request begins|curl -v|Content-Length announces|A chunk) .*");
            return;
        }
        assertThatNoException().isThrownBy(() -> WireJson.write(EXPLAINER.explain(request.received())));
        request.withoutLastLineEnd()
                .ifPresent(shorter ->
                        assertThat(EXPLAINER.explain(shorter).text().en()).isNotBlank());
        assertThat(separateBody == null || request.withoutLastLineEnd().isEmpty())
                .isTrue();
    }
}
