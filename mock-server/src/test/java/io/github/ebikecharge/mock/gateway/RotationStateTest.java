package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A rotation moves with the clock, step by step. */
class RotationStateTest {
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-24T12:00:00+08:00");

    @ParameterizedTest
    @CsvSource({
        "-1, NOT_STARTED, 0",
        "0, HANDED_OUT, 0",
        "59, HANDED_OUT, 0",
        "60, SHIFTING, 0.001",
        "120, SHIFTING, 0.01",
        "180, SHIFTING, 0.05",
        "240, SHIFTING, 0.1",
        "300, SHIFTING, 0.2",
        "360, SHIFTING, 0.5",
        "420, SHIFTING, 1",
        "479, SHIFTING, 1",
        "480, RETIRED, 1",
        "86400, RETIRED, 1",
    })
    void followsTheClock(long secondsAfterStart, RotationStage stage, double newShare) {
        Rotation rotation = Rotation.builder().startsAt(START).stepSeconds(60).build();

        assertThat(RotationState.of(rotation, START.toInstant().plusSeconds(secondsAfterStart)))
                .isEqualTo(new RotationState(stage, newShare));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_STARTED, 0.5, 0",
        "HANDED_OUT, 0.5, 0",
        "SHIFTING, 0.5, 0.5",
        "RETIRED, 0.5, 1",
    })
    void standsWhereItIsPut(RotationStage stage, double given, double newShare) {
        Rotation rotation = Rotation.builder().stage(stage).newShare(given).build();

        assertThat(RotationState.of(rotation, START.toInstant())).isEqualTo(new RotationState(stage, newShare));
    }
}
