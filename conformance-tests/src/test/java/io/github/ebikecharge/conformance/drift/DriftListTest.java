package io.github.ebikecharge.conformance.drift;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The drifts fit the sources as they are; {@code mvn -Pdrift package} tries them. */
class DriftListTest {
    @ParameterizedTest
    @MethodSource("io.github.ebikecharge.conformance.drift.Drift#all")
    void isAMistakeInTheSourceOfToday(Drift drift) throws IOException {
        assertThat(drift.apply()).isNotEqualTo(Files.readString(drift.source()));
        assertThat(drift.caughtBy()).isNotBlank();
    }

    @Test
    void isSixtyMistakesOrMoreEachNamedOnce() {
        assertThat(Drift.all().stream().map(Drift::name)).hasSizeGreaterThanOrEqualTo(60);
        assertThat(Drift.all().stream().map(Drift::name)).doesNotHaveDuplicates();
    }
}
