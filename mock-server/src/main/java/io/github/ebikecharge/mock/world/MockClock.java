package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.ClockState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The mock's clock: another clock, which a person or a test may move or stop. Thread-safe. */
public final class MockClock extends Clock {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final Clock base;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Setting setting = Setting.START;

    /** Stands still at a moment, or is ahead by a skew. */
    private record Setting(@Nullable Instant fixedAt, Duration skew) {
        static final Setting START = new Setting(null, Duration.ZERO);
    }

    /** Goes as {@code base} does until it is told otherwise. */
    public MockClock(Clock base) {
        this.base = base;
    }

    /** Calls back after each change, in the thread that made it. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Stands still at this moment. */
    public void fix(Instant instant) {
        change(new Setting(instant, Duration.ZERO));
    }

    /** Runs ahead of the clock underneath; behind if negative. */
    public void skew(Duration skew) {
        change(new Setting(null, skew));
    }

    /** Moves forward, or backward if negative; goes on or stands still as before. */
    public synchronized void advance(Duration duration) {
        Instant fixedAt = setting.fixedAt;
        change(
                fixedAt == null
                        ? new Setting(null, setting.skew.plus(duration))
                        : new Setting(fixedAt.plus(duration), Duration.ZERO));
    }

    /** Goes as the clock underneath does. */
    public void reset() {
        change(Setting.START);
    }

    private synchronized void change(Setting replacement) {
        setting = replacement;
        listeners.forEach(Runnable::run);
    }

    /** How it goes, and what time it is. */
    public ClockState state() {
        Setting now = setting;
        Instant instant = instant(now);
        Duration skew = now.fixedAt == null ? now.skew : Duration.between(base.instant(), instant);
        return new ClockState(instant.atOffset(BEIJING), now.fixedAt == null, skew.toMillis());
    }

    /** The time in Beijing to the millisecond, as WeChat Pay writes it. */
    static OffsetDateTime beijing(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(BEIJING);
    }

    @Override
    public Instant instant() {
        return instant(setting);
    }

    private Instant instant(Setting setting) {
        return setting.fixedAt == null ? base.instant().plus(setting.skew) : setting.fixedAt;
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    /** Not needed here: whoever wants a zone takes the instant. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The mock's clock has the zone of the clock underneath");
    }
}
