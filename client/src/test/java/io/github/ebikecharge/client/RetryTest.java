package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.signed;
import static io.github.ebikecharge.client.Platform.unsigned;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is repeated, how, and what the caller learns of the attempts before the last. */
class RetryTest {
    private static final RetryPolicy CAUTIOUS = quick(RetryPolicy.cautious());
    private static final RetryPolicy DOCUMENTED = quick(RetryPolicy.documented());

    private final Platform platform = new Platform();
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        platform.close();
    }

    private static RetryPolicy quick(RetryPolicy policy) {
        return policy.delays(Duration.ofMillis(4), Duration.ofMillis(40));
    }

    private EbikeChargeClient client(RetryPolicy policy) {
        return platform.settings().retryPolicy(policy).listener(heard).build();
    }

    private static MockResponse.Builder probe() {
        return signed(200, GOOD).setHeader("Wechatpay-Signature", "WECHATPAY/SIGNTEST/2sWfO+6tVVsZonOX");
    }

    @Test
    void repeatsTheSameBytesUnderANewSignature() throws Exception {
        platform.server.enqueue(probe().build());
        platform.server.enqueue(signed(200, GOOD).build());
        try (var client = client(CAUTIOUS)) {
            client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example());
        }

        var first = platform.takeRequest();
        var second = platform.takeRequest();
        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(second.getTarget()).isEqualTo(first.getTarget());
        assertThat(nonce(second.getHeaders().get("Authorization")))
                .isNotEqualTo(nonce(first.getHeaders().get("Authorization")));
    }

    private static String nonce(@Nullable String authorization) throws SignatureVerificationException {
        return AuthorizationHeader.parse(authorization).nonceStr();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatsAnUntrustedAnswerOnceAndTellsOfBoth(boolean async) {
        platform.server.enqueue(probe().build());
        platform.server.enqueue(signed(200, GOOD, Platform.NOW - 300).build());
        platform.server.enqueue(signed(200, GOOD).build());

        var thrown = failure(ResponseValidationException.class, DOCUMENTED, async);

        assertThat(thrown.signatureFault()).contains(Reason.TIMESTAMP_OUT_OF_RANGE);
        assertThat(thrown.clockSkew()).contains(Duration.ofMinutes(-5));
        assertThat(thrown.earlier()).singleElement().isInstanceOf(ResponseValidationException.class);
        assertThat(platform.server.getRequestCount()).isEqualTo(2);
    }

    static Stream<MockResponse.Builder> mayHaveActed() {
        return Stream.of(
                signed(202, "{}"),
                unsigned(500, "{\"code\":\"SYSTEM_ERROR\"}"),
                unsigned(502, "<html>"),
                signed(200, GOOD).onResponseStart(new SocketEffect.CloseSocket()));
    }

    @ParameterizedTest
    @MethodSource("mayHaveActed")
    void repeatsWhatMayHaveActedOnlyWhereTheCallerSaysSo(MockResponse.Builder answer) throws Exception {
        platform.server.enqueue(answer.build());
        assertThat(failure(EbikeChargeException.class, CAUTIOUS, false).outcomeUnknown())
                .isTrue();
        assertThat(platform.server.getRequestCount()).isEqualTo(1);

        platform.server.enqueue(answer.build());
        platform.server.enqueue(signed(200, GOOD).build());
        try (var client = client(DOCUMENTED)) {
            assertThat(client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example())
                            .get(30, TimeUnit.SECONDS)
                            .chargingToken())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409})
    void neverRepeatsAnotherRefusal(int status) {
        platform.server.enqueue(unsigned(status, "{}").build());

        var thrown = failure(ServiceException.class, DOCUMENTED, false);

        assertThat(thrown.httpStatus()).isEqualTo(status);
        assertThat(thrown.outcomeUnknown()).isFalse();
        assertThat(platform.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void neverRepeatsAnAnswerThatVerifiesButBreaksTheContract() {
        platform.server.enqueue(signed(200, "{}").build());

        failure(ResponseValidationException.class, DOCUMENTED, false);

        assertThat(platform.server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsLongerEachTimeAndLongestWhenLimited(boolean async) {
        platform.server.enqueue(unsigned(500, "").build());
        platform.server.enqueue(unsigned(500, "").build());
        platform.server.enqueue(unsigned(429, "").build());
        platform.server.enqueue(unsigned(500, "").build());

        var thrown = failure(ServiceException.class, DOCUMENTED.maxAttempts(4), async);

        assertThat(thrown.earlier())
                .extracting(e -> ((ServiceException) e).httpStatus())
                .containsExactly(500, 500, 429);
        assertThat(heard.delays).hasSize(3);
        assertThat(heard.delays.get(0)).isBetween(Duration.ofMillis(3), Duration.ofMillis(5));
        assertThat(heard.delays.get(1)).isBetween(Duration.ofMillis(6), Duration.ofMillis(10));
        assertThat(heard.delays.get(2)).isBetween(Duration.ofMillis(120), Duration.ofMillis(200));
    }

    @Test
    void doesNotForgetThatAnEarlierAttemptMayHaveActed() {
        platform.server.enqueue(unsigned(500, "").build());
        platform.server.enqueue(unsigned(403, "").build());

        var thrown = failure(ServiceException.class, DOCUMENTED, false);

        assertThat(thrown.httpStatus()).isEqualTo(403);
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302})
    void neverRepeatsAnAnswerThatNobodyExpects(int status) {
        platform.server.enqueue(signed(status, status == 204 ? "" : "{}").build());

        assertThat(failure(ServiceException.class, DOCUMENTED, false).httpStatus())
                .isEqualTo(status);
        assertThat(platform.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void repeatsNothingIfToldSo() {
        platform.server.enqueue(unsigned(429, "").build());

        failure(ServiceException.class, RetryPolicy.none(), false);

        assertThat(platform.server.getRequestCount()).isEqualTo(1);
        assertThat(heard.delays).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void turnsToTheBackupHostWhenAHostFails(boolean async) throws Exception {
        platform.server.enqueue(signed(200, GOOD).build());
        try (var client = platform.settings()
                .baseUrl(refusing())
                .backupBaseUrl(platform.server.url("/").uri())
                .retryPolicy(CAUTIOUS)
                .build()) {
            var response = async
                    ? client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example())
                            .get(30, TimeUnit.SECONDS)
                    : client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example());

            assertThat(response.chargingToken()).isNotEmpty();
        }
    }

    private static URI refusing() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
    }

    @Test
    void tellsAListenerOfTheCallFromStartToEnd() {
        platform.server.enqueue(unsigned(500, "").build());
        platform.server.enqueue(unsigned(404, "").build());

        failure(ServiceException.class, DOCUMENTED, false);

        assertThat(heard.told)
                .containsExactly(
                        "started confirmCharge (POST /v3/ebike/charge/contracts/{contract_id}/confirm)",
                        "exchanged 500",
                        "repeating",
                        "exchanged 404",
                        "ended ServiceException");
    }

    @Test
    void refusesAPolicyThatMakesNoSense() {
        assertThatThrownBy(() -> RetryPolicy.cautious().maxAttempts(0)).hasMessageContaining("1 to 30 attempts, not 0");
        assertThatThrownBy(() -> RetryPolicy.cautious().delays(Duration.ofMillis(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private <E extends EbikeChargeException> E failure(Class<E> type, RetryPolicy policy, boolean async) {
        return failure(type, platform.settings().retryPolicy(policy).listener(heard), async);
    }

    static <E extends EbikeChargeException> E failure(
            Class<E> type, EbikeChargeClient.Builder settings, boolean async) {
        try (var client = settings.build()) {
            if (!async) {
                return catchThrowableOfType(
                        type, () -> client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example()));
            }
            var future = client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example());
            var failed = catchThrowableOfType(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
            return requireNonNull(type.cast(failed.getCause()));
        }
    }
}
