package io.github.ebikecharge.client.transport;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.ServiceException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a server answers. */
class AnswersFuzzTest {
    private static final String BREAK = "[\\p{Cc}\u2028\u2029&&[^\t]]";
    private static final String SERIAL = "PUB_KEY_ID_0112300001092026112400000000000001";
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_714_000_000), ZoneOffset.UTC);
    private static final KeyPair KEYS = newKeys();
    private static final Signer SIGNER = new Signer(SERIAL, KEYS.getPrivate(), CLOCK);
    private static final Request REQUEST = new Request.Builder()
            .url("http://127.0.0.1/v3/ebike/charge/contracts/1/confirm?x=1")
            .post(new SignedBody("{}".getBytes(UTF_8)))
            .tag(
                    AuthorizationHeader.class,
                    new AuthorizationHeader(SignatureScheme.SHA256_RSA2048, "1", "n", 1_714_000_000, "1F", "c2ln"))
            .build();

    private final Answers answers = new Answers(new OneKey(), value -> Optional.empty(), CLOCK);

    static Stream<Arguments> received() {
        String error = "{\"code\":\"SIGN_ERROR\",\"detail\":{\"field\":1},\"message\":\"签名错误\"}";
        return Stream.of(
                Arguments.of(true, 200, "0-1", null, "{\"charging_token\":\"a\",\"other\":[{}]}".getBytes(UTF_8)),
                Arguments.of(true, 200, null, null, "{\"charging_token\":1}".getBytes(UTF_8)),
                Arguments.of(true, 204, null, null, new byte[0]),
                Arguments.of(false, 401, "08F5-268443699", "1714000000", error.getBytes(UTF_8)),
                Arguments.of(false, 502, null, "x", "<html>502 Bad Gateway</html>".getBytes(UTF_8)),
                Arguments.of(false, 400, "-", "-1", "{\"code\":null,\"detail\":[1],\"message\":{}}".getBytes(UTF_8)));
    }

    @MethodSource("received")
    @FuzzTest(maxDuration = "")
    void readsWhatIsSignedAndTellsTheRest(
            boolean signed,
            @InRange(min = 200, max = 599) int status,
            @Nullable String requestId,
            @Nullable String timestamp,
            byte @NotNull [] body) {
        Received answer = new Received(REQUEST, status, headers(signed, requestId, timestamp, body), body);
        try {
            ConfirmChargeResponse value = answers.read(answer, ConfirmChargeResponse.class);

            assertThat(value).isNotNull();
            assertThat(signed).isTrue();
            assertThat(status).isEqualTo(200);
        } catch (ServiceException e) {
            assertThat(status).isNotEqualTo(200);
            assertThat(e.httpStatus()).isEqualTo(status);
            assertThat(e.signatureFault().isEmpty()).isEqualTo(signed);
            assertThat(e.requestId())
                    .isEqualTo(Optional.ofNullable(answer.headers().get(WechatPayHeaders.REQUEST_ID)));
            assertThat(e.rawBody()).isEqualTo(new String(body, UTF_8));
            assertThat(e.signedMessage().isPresent()).isEqualTo(status == 401);
            assertThat(e).hasMessageStartingWith(status + " ");
            assertThat(e.getMessage()).doesNotContainPattern(BREAK);
            e.detail().ifPresent(detail -> assertThat(detail.toString()).isNotEmpty());
            e.errorNumber().ifPresent(number -> assertThat(requestId).contains("-"));
        } catch (ResponseValidationException e) {
            assertThat(e.getMessage()).doesNotContainPattern(BREAK);
            assertThat(status / 100).isEqualTo(2);
            assertThat(e.signatureFault().isEmpty()).isEqualTo(signed);
        }
    }

    private static Headers headers(
            boolean signed, @Nullable String requestId, @Nullable String timestamp, byte[] body) {
        Headers.Builder headers = new Headers.Builder();
        if (requestId != null) {
            headers.addUnsafeNonAscii(WechatPayHeaders.REQUEST_ID, requestId);
        }
        if (signed) {
            SIGNER.signResponse(body).toHeaders().forEach(headers::add);
        } else if (timestamp != null) {
            SIGNER.signResponse(Arrays.copyOf(body, body.length + 1))
                    .toHeaders()
                    .forEach(headers::add);
            headers.removeAll(WechatPayHeaders.TIMESTAMP);
            headers.addUnsafeNonAscii(WechatPayHeaders.TIMESTAMP, timestamp);
        }
        return headers.build();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024); // else signing takes most of the time
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class OneKey implements PlatformKeys {
        @Override
        public Optional<PublicKey> find(String serial, byte[] body) {
            return serial.equals(SERIAL) ? Optional.of(KEYS.getPublic()) : Optional.empty();
        }

        @Override
        public Optional<String> preferredSerial() {
            return Optional.of(SERIAL);
        }

        @Override
        public CompletableFuture<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Optional<CompletableFuture<Void>> lookFor(String serial) {
            return Optional.empty();
        }
    }
}
