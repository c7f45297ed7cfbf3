package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.UserNotice;
import org.jspecify.annotations.Nullable;

/** How many characters something has that callers may make as long as they like. */
final class Weights {
    private Weights() {}

    static long of(ChargingToken token) {
        ChargeInfo session = token.chargeInfo();
        return token.contractId().length()
                + token.mchid().length()
                + (long) length(token.subMchid())
                + length(token.appid())
                + length(token.subAppid())
                + session.chargingStationName().length()
                + session.chargingGunNumber().length()
                + session.deviceId().length();
    }

    static long of(UserNotice notice) {
        return notice.contractId().length() + (long) notice.text().length();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
