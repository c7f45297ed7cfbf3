package io.github.ebikecharge.conformance;

import com.google.gson.JsonSyntaxException;
import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.MalformedMessageException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.time.Duration;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.conformance.OfficialSdk.CONTRACT_ID;
import static io.github.ebikecharge.mock.model.FaultKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What the official SDK makes of each fault (wire reference §2.7, §2.8). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialSdkFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private MockWechatPayServer wechatPay;
    private OfficialSdk sdk;

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
        sdk = new OfficialSdk(wechatPay);
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    @AfterEach
    void noFaultIsLeft() {
        assertThat(wechatPay.configuration().faults()).isEmpty();
    }

    private void next(FaultKind kind) {
        wechatPay.inject(Fault.builder().kind(kind).count(1).delayMs(10_000).build());
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
}
