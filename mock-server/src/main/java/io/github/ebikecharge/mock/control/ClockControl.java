package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.generated.control.ClockApi;
import io.github.ebikecharge.mock.model.ClockAdvance;
import io.github.ebikecharge.mock.model.ClockSetting;
import io.github.ebikecharge.mock.model.ClockState;
import io.github.ebikecharge.mock.world.MockClock;
import java.time.Duration;

/** What the control API does to the clock. */
final class ClockControl implements ClockApi {
    private final MockClock clock;

    ClockControl(MockClock clock) {
        this.clock = clock;
    }

    @Override
    public ClockState getClock() {
        return clock.state();
    }

    @Override
    public ClockState setClock(ClockSetting setting) {
        if (setting.fixedAt() != null && setting.skewMs() == null) {
            clock.fix(setting.fixedAt().toInstant());
        } else if (setting.fixedAt() == null && setting.skewMs() != null) {
            clock.skew(Duration.ofMillis(setting.skewMs()));
        } else {
            throw new IllegalArgumentException("Give either fixed_at or skew_ms; DELETE takes back what was set");
        }
        return clock.state();
    }

    @Override
    public ClockState resetClock() {
        clock.reset();
        return clock.state();
    }

    @Override
    public ClockState advanceClock(ClockAdvance advance) {
        clock.advance(Duration.ofMillis(advance.byMs()));
        return clock.state();
    }
}
