package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Requests that do not keep the contract: never sent, and told by the names of the wire. */
class RequestValidationTest {
    private static final String HALF_A_CHARACTER = "\uD83D";

    private final Platform platform = new Platform();

    @AfterEach
    void close() {
        assertThat(platform.server.getRequestCount()).isZero();
        platform.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFieldAtFault(ConfirmChargeRequest request, String message) {
        assertThat(refuses(CONTRACT_ID, request)).hasMessage(message);
    }

    static Stream<Arguments> faults() {
        var size = " size must be between 1 and 2147483647";
        return Stream.of(
                arguments(request(r -> r.appid(null)), "appid must not be null"),
                arguments(request(r -> r.appid("")), "appid" + size),
                arguments(request(r -> r.subMchid("")), "sub_mchid" + size),
                arguments(request(r -> r.subAppid("")), "sub_appid" + size),
                arguments(request(r -> r.chargeInfo(null)), "charge_info must not be null"),
                arguments(info(i -> i.startTime(null)), "charge_info.start_time must not be null"),
                arguments(info(i -> i.chargingStationName(null)), "charge_info.charging_station_name must not be null"),
                arguments(info(i -> i.chargingStationName("")), "charge_info.charging_station_name" + size),
                arguments(info(i -> i.chargingGunNumber(null)), "charge_info.charging_gun_number must not be null"),
                arguments(info(i -> i.chargingGunNumber("")), "charge_info.charging_gun_number" + size),
                arguments(info(i -> i.deviceId(null)), "charge_info.device_id must not be null"),
                arguments(info(i -> i.deviceId("")), "charge_info.device_id" + size),
                arguments(
                        ConfirmChargeRequest.builder().build(), "appid must not be null; charge_info must not be null"),
                arguments(null, "The request must not be null"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "\u3000", ".", "..", HALF_A_CHARACTER, "a" + HALF_A_CHARACTER + "b"})
    void refusesWhatIsNoSegmentOfAPath(String contractId) {
        assertThat(refuses(contractId, ConfirmChargeRequest.example())).hasMessageContaining("contract_id must not");
    }

    @Test
    void speaksEnglishWhateverTheLanguageOfTheMachine() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.CHINA);
        try (var client = platform.settings().build()) {
            assertThat(failure(RequestValidationException.class, client, CONTRACT_ID, request(r -> r.appid(null))))
                    .hasMessage("appid must not be null");
        } finally {
            Locale.setDefault(before);
        }
    }

    private RequestValidationException refuses(String contractId, ConfirmChargeRequest request) {
        var thrown = failure(RequestValidationException.class, platform.client, contractId, request);
        assertThat(thrown.outcomeUnknown()).isFalse();
        return thrown;
    }

    private static ConfirmChargeRequest request(UnaryOperator<ConfirmChargeRequest.Builder> change) {
        return change.apply(ConfirmChargeRequest.example().toBuilder()).build();
    }

    private static ConfirmChargeRequest info(UnaryOperator<ChargeInfo.Builder> change) {
        return request(
                r -> r.chargeInfo(change.apply(ChargeInfo.example().toBuilder()).build()));
    }
}
