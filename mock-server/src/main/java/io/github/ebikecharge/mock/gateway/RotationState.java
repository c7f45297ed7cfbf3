package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Where the rotation of the platform certificate stands at one moment.
 *
 * @param stage handed out, shifting, retired
 * @param newShare share of the answers that are signed with the new certificate
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012068829">Replacing a certificate (平台证书更换)</a>
 */
record RotationState(RotationStage stage, double newShare) {
    /** Signing moves over step by step (灰度). */
    private static final double[] SHARES = {0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1};

    static RotationState of(Rotation rotation, Instant now) {
        OffsetDateTime startsAt = rotation.startsAt();
        if (startsAt == null) {
            return switch (rotation.stage()) {
                case NOT_STARTED, HANDED_OUT -> new RotationState(rotation.stage(), 0);
                case SHIFTING -> new RotationState(rotation.stage(), rotation.newShare());
                case RETIRED -> new RotationState(rotation.stage(), 1);
            };
        }
        if (now.isBefore(startsAt.toInstant())) {
            return new RotationState(RotationStage.NOT_STARTED, 0);
        }
        long step = Duration.between(startsAt.toInstant(), now).toSeconds() / rotation.stepSeconds();
        if (step == 0) {
            return new RotationState(RotationStage.HANDED_OUT, 0);
        }
        if (step <= SHARES.length) {
            return new RotationState(RotationStage.SHIFTING, SHARES[(int) step - 1]);
        }
        return new RotationState(RotationStage.RETIRED, 1);
    }
}
