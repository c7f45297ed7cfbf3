package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.ClockState;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The mock's clock: another clock, which a person or a test may move or stop, between the years 1970 and 9998.
 * Thread-safe.
 */
public final class MockClock extends Clock {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    /** Timestamps are not negative; years have four digits, those of tokens that expire a year later, too. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9998-12-31T00:00:00Z");

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

    /**
     * Stands still at this moment.
     *
     * @throws IllegalArgumentException if it is before 1970 or after 9998
     */
    public void fix(Instant instant) {
        change(new Setting(instant, Duration.ZERO));
    }

    /**
     * Runs ahead of the clock underneath; behind if negative.
     *
     * @throws IllegalArgumentException if that leads before 1970 or after 9998
     */
    public void skew(Duration skew) {
        change(new Setting(null, skew));
    }

    /**
     * Moves forward, or backward if negative; goes on or stands still as before.
     *
     * @throws IllegalArgumentException if that leads before 1970 or after 9998
     */
    public synchronized void advance(Duration duration) {
        Instant fixedAt = setting.fixedAt;
        if (fixedAt == null) {
            skew(setting.skew.plus(duration));
        } else {
            fix(later(fixedAt, duration));
        }
    }

    /** Goes as the clock underneath does. */
    public void reset() {
        change(Setting.START);
    }

    private synchronized void change(Setting replacement) {
        Instant now = replacement.fixedAt == null ? later(base.instant(), replacement.skew) : replacement.fixedAt;
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            throw outOfRange();
        }
        setting = replacement;
        listeners.forEach(Runnable::run);
    }

    private static Instant later(Instant instant, Duration duration) {
        try {
            return instant.plus(duration);
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange();
        }
    }

    private static IllegalArgumentException outOfRange() {
        return new IllegalArgumentException(
                "The mock's clock goes from %s to %s; this would set it beyond".formatted(EARLIEST, LATEST));
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
