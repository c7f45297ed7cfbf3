package io.github.ebikecharge.conformance;

import com.google.gson.JsonSyntaxException;
import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.MalformedMessageException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.TransportException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.conformance.OfficialSdk.CONTRACT_ID;
import static io.github.ebikecharge.mock.model.FaultKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What the official SDK (wire reference §2.7, §2.8) and the client make of each fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultReactionTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private MockWechatPayServer wechatPay;
    private OfficialSdk sdk;
    private EbikeChargeClient client;

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
        sdk = new OfficialSdk(wechatPay);
        client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
                .timeout(PATIENCE)
                .build();
    }

    @AfterAll
    void stop() {
        client.close();
        wechatPay.close();
    }

    @AfterEach
    void noFaultIsLeft() {
        assertThat(wechatPay.configuration().faults()).isEmpty();
    }

    private void next(FaultKind kind) {
        wechatPay.inject(Fault.builder().kind(kind).count(1).delayMs(5_000).build());
    }

    static Stream<Arguments> officialSdk() {
        return Stream.of(
                // not decodable as a whole, so not even a ValidationException
                arguments(SIGNATURE_PROBE, IllegalArgumentException.class),
                arguments(WRONG_BODY_BYTE, ValidationException.class),
                arguments(WRONG_SERIAL, ValidationException.class),
                arguments(UNKNOWN_SERIAL, ValidationException.class),
                arguments(STALE_TIMESTAMP, IllegalArgumentException.class),
                arguments(FUTURE_TIMESTAMP, IllegalArgumentException.class),
                arguments(MISSING_SIGNATURE, NullPointerException.class),
                arguments(MISSING_TIMESTAMP, IllegalArgumentException.class),
                arguments(MISSING_NONCE, ValidationException.class),
                arguments(MISSING_SERIAL, NullPointerException.class),
                arguments(MISSING_CONTENT_TYPE, NullPointerException.class),
                arguments(FREQUENCY_LIMITED, ServiceException.class),
                arguments(RATELIMIT_EXCEEDED, ServiceException.class),
                arguments(RATE_LIMITED, ServiceException.class),
                arguments(SYSTEM_ERROR, ServiceException.class),
                arguments(EMPTY_ERROR, ServiceException.class),
                arguments(BAD_GATEWAY, JsonSyntaxException.class),
                arguments(SERVICE_UNAVAILABLE, JsonSyntaxException.class),
                arguments(ARRAY_ERROR, JsonSyntaxException.class),
                arguments(NULL_CODE_ERROR, UnsupportedOperationException.class),
                arguments(SLOW, HttpException.class),
                arguments(RESET_BEFORE_PROCESSING, HttpException.class),
                arguments(RESET_AFTER_PROCESSING, HttpException.class),
                arguments(TRUNCATED_BODY, MalformedMessageException.class));
    }

    @ParameterizedTest
    @MethodSource("officialSdk")
    void theOfficialSdkFailsAsItDoesInProduction(FaultKind kind, Class<? extends Throwable> expected) {
        OkHttpClient transport = sdk.ledToTheMock()
                .newBuilder()
                .readTimeout(PATIENCE)
                .retryOnConnectionFailure(false)
                .build();
        next(kind);

        Throwable thrown = catchThrowable(() -> OfficialSdk.confirm(sdk.publicKeyMode(), transport, CONTRACT_ID));

        assertThat(thrown).isInstanceOf(expected);
    }

    static Stream<Arguments> untrusted() {
        return Stream.of(
                arguments(SIGNATURE_PROBE, Reason.SIGNATURE_MISMATCH),
                arguments(WRONG_BODY_BYTE, Reason.SIGNATURE_MISMATCH),
                arguments(WRONG_SERIAL, Reason.UNKNOWN_SERIAL),
                arguments(UNKNOWN_SERIAL, Reason.UNKNOWN_SERIAL),
                arguments(STALE_TIMESTAMP, Reason.TIMESTAMP_OUT_OF_RANGE),
                arguments(FUTURE_TIMESTAMP, Reason.TIMESTAMP_OUT_OF_RANGE),
                arguments(MISSING_SIGNATURE, Reason.MISSING_HEADER),
                arguments(MISSING_TIMESTAMP, Reason.MISSING_HEADER),
                arguments(MISSING_NONCE, Reason.MISSING_HEADER),
                arguments(MISSING_SERIAL, Reason.MISSING_HEADER));
    }

    @ParameterizedTest
    @MethodSource("untrusted")
    void theClientTrustsNoneOfTheseAndSaysWhy(FaultKind kind, Reason reason) {
        next(kind);

        ResponseValidationException thrown = catchThrowableOfType(ResponseValidationException.class, this::confirm);

        assertThat(thrown.signatureFault()).hasValue(reason);
        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(ACCEPTED, 202, true),
                arguments(FREQUENCY_LIMITED, 429, false),
                arguments(RATELIMIT_EXCEEDED, 429, false),
                arguments(RATE_LIMITED, 429, false),
                arguments(NO_AUTH, 403, false),
                arguments(RULE_LIMIT, 403, false),
                arguments(APPID_MCHID_NOT_MATCH, 400, false),
                arguments(MCHID_MISMATCH, 400, false),
                arguments(SUB_MCHID_MISSING, 400, false),
                arguments(INVALID_REQUEST, 400, false),
                arguments(RESOURCE_NOT_EXISTS, 404, false),
                arguments(CERTIFICATE_EXPIRED, 401, false),
                arguments(CERTIFICATE_REVOKED, 401, false),
                arguments(CERTIFICATE_REPLACED, 401, false),
                arguments(SYSTEM_ERROR, 500, true),
                arguments(BAD_GATEWAY, 502, true),
                arguments(SERVICE_UNAVAILABLE, 503, true),
                arguments(EMPTY_ERROR, 500, true),
                arguments(ARRAY_ERROR, 500, true),
                arguments(NULL_CODE_ERROR, 500, true));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theClientTellsTheStatusAndWhetherWechatPayMayHaveActed(FaultKind kind, int status, boolean outcomeUnknown) {
        next(kind);

        var thrown = catchThrowableOfType(io.github.ebikecharge.client.ServiceException.class, this::confirm);

        assertThat(thrown.httpStatus()).isEqualTo(status);
        assertThat(thrown.outcomeUnknown()).isEqualTo(outcomeUnknown);
    }

    static Set<FaultKind> broken() {
        return EnumSet.of(SLOW, RESET_BEFORE_PROCESSING, RESET_AFTER_PROCESSING, TRUNCATED_BODY);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theClientHasNoAnswerAndSaysThatTheOutcomeIsUnknown(FaultKind kind) {
        next(kind);

        TransportException thrown = catchThrowableOfType(TransportException.class, this::confirm);

        assertThat(thrown.outcomeUnknown()).isTrue();
    }

    static Set<FaultKind> harmless() {
        return EnumSet.of(MISSING_SIGNATURE_TYPE, MISSING_REQUEST_ID, MISSING_CONTENT_TYPE);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void theClientReturnsTheTokenAllTheSame(FaultKind kind) {
        next(kind);

        assertThat(confirm()).isNotEmpty();
    }

    @Test
    void noFaultIsLeftOut() {
        Set<FaultKind> tried = EnumSet.noneOf(FaultKind.class);
        Stream.of(untrusted(), refusals())
                .flatMap(rows -> rows)
                .map(row -> (FaultKind) row.get()[0])
                .forEach(tried::add);
        tried.addAll(broken());
        tried.addAll(harmless());

        assertThat(tried).containsAll(Arrays.asList(FaultKind.values()));
    }

    private String confirm() {
        return client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example()).chargingToken();
    }
}
