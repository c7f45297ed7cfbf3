package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.model.Expectation;
import io.github.ebikecharge.mock.model.ScenarioMatch;
import org.jspecify.annotations.Nullable;

/**
 * A confirm call as a test describes it, to {@linkplain MockWechatPayServer#given answer it} or to
 * {@linkplain MockWechatPayServer#verify(ConfirmCall) ask for it}; what is left out may be anything. Immutable.
 */
public final class ConfirmCall {
    private final ScenarioMatch match;

    private ConfirmCall(ScenarioMatch match) {
        this.match = match;
    }

    /** Any confirm call. */
    public static ConfirmCall confirm() {
        return new ConfirmCall(ScenarioMatch.builder().build());
    }

    /** Of this contract (充电授权扣费协议号). */
    public ConfirmCall withContract(String contractId) {
        return new ConfirmCall(match.toBuilder().contractId(contractId).build());
    }

    /** For this sub-merchant (特约商户号). */
    public ConfirmCall withSubMchid(String subMchid) {
        return new ConfirmCall(match.toBuilder().subMchid(subMchid).build());
    }

    /** With this app ID of the service provider (服务商公众号ID). */
    public ConfirmCall withAppid(String appid) {
        return new ConfirmCall(match.toBuilder().appid(appid).build());
    }

    /** At the charging station of this name (充电站名称). */
    public ConfirmCall withStation(String name) {
        return new ConfirmCall(match.toBuilder().chargingStationName(name).build());
    }

    /** With the charging gun of this number (充电枪编号). */
    public ConfirmCall withGun(String number) {
        return new ConfirmCall(match.toBuilder().chargingGunNumber(number).build());
    }

    /** From the device of this number (充电位设备号). */
    public ConfirmCall withDeviceId(String deviceId) {
        return new ConfirmCall(match.toBuilder().deviceId(deviceId).build());
    }

    ScenarioMatch match() {
        return match;
    }

    /** @param times how often; null for at least once */
    Expectation expected(@Nullable Integer times) {
        return Expectation.builder()
                .contractId(match.contractId())
                .subMchid(match.subMchid())
                .appid(match.appid())
                .chargingStationName(match.chargingStationName())
                .chargingGunNumber(match.chargingGunNumber())
                .deviceId(match.deviceId())
                .times(times)
                .build();
    }
}
