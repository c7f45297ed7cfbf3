package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.mock.model.CallbackReport;
import io.github.ebikecharge.mock.model.CallbackState;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeDelivery;
import io.github.ebikecharge.mock.model.NoticeSettings;
import io.github.ebikecharge.mock.model.UserNotice;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The notices that ask users to confirm that charging starts: sent, delivered, answered, and the answer reported to
 * the webhook. That a confirm call sends one is documented; all else is assumed. Thread-safe.
 */
public final class Outbox {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    /** How long after each failed attempt WeChat Pay repeats a payment callback. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(60),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(6));

    private final WorldStore store;
    private final Alarms alarms;
    private final CallbackSender callbacks;
    private final Supplier<NoticeSettings> settings;
    private final Clock clock;

    Outbox(WorldStore store, Alarms alarms, CallbackSender callbacks, Supplier<NoticeSettings> settings, Clock clock) {
        this.store = store;
        this.alarms = alarms;
        this.callbacks = callbacks;
        this.settings = settings;
        this.clock = clock;
    }

    /** What was sent, newest first. */
    public List<UserNotice> notices() {
        return store.notices();
    }

    /** The notice with this number. */
    public Optional<UserNotice> notice(String id) {
        return store.notice(id);
    }

    void send(ChargingToken token) {
        UserNotice notice = UserNotice.builder()
                .id(store.nextNoticeId())
                .contractId(token.contractId())
                .chargingToken(token.chargingToken())
                .title("充电确认")
                .text(text(token.chargeInfo()))
                .sentAt(MockClock.beijing(clock))
                .delivery(NoticeDelivery.SENT)
                .answer(NoticeAnswer.WAITING)
                .build();
        store.change(EventType.NOTICE_SENT, Event.builder().notice(notice));
        if (settings.get().delivered()) {
            answerByRule(deliver(notice));
        }
    }

    private static String text(ChargeInfo session) {
        return "充电站：" + session.chargingStationName()
                + "\n充电枪：" + session.chargingGunNumber()
                + "\n充电位设备号：" + session.deviceId()
                + "\n开始时间：" + session.startTime().format(TIME)
                + "\n请确认本次充电。充电结束后，费用将通过微信支付自动扣除。";
    }

    private UserNotice deliver(UserNotice notice) {
        UserNotice delivered = notice.toBuilder()
                .delivery(NoticeDelivery.DELIVERED)
                .deliveredAt(MockClock.beijing(clock))
                .build();
        store.change(EventType.NOTICE_DELIVERED, Event.builder().notice(delivered));
        return delivered;
    }

    private void answerByRule(UserNotice notice) {
        NoticeSettings rule = settings.get();
        if (rule.answer() == NoticeAnswer.WAITING) {
            return;
        }
        if (rule.answerAfterMs() == 0) {
            answer(notice, rule.answer());
            return;
        }
        alarms.at(clock.instant().plusMillis(rule.answerAfterMs()), () -> {
            synchronized (store) {
                notice(notice.id())
                        .filter(present -> present.answer() == NoticeAnswer.WAITING)
                        .ifPresent(waiting -> answer(waiting, rule.answer()));
            }
        });
    }

    /**
     * Answers in the user's place; a notice that was not delivered yet is delivered first.
     *
     * @return the notice, answered
     * @throws IllegalArgumentException if {@code WAITING} is given, which is no answer
     * @throws NoSuchElementException if there is no such notice
     * @throws IllegalStateException if it has been answered
     */
    public UserNotice answer(String id, NoticeAnswer answer) {
        if (answer == NoticeAnswer.WAITING) {
            throw new IllegalArgumentException("answer: WAITING is no answer; give CONFIRMED, IGNORED or DECLINED");
        }
        synchronized (store) {
            UserNotice notice = notice(id).orElseThrow(() -> new NoSuchElementException("There is no notice " + id));
            if (notice.answer() != NoticeAnswer.WAITING) {
                throw new IllegalStateException(
                        "Notice %s was answered at %s: %s".formatted(id, notice.answeredAt(), notice.answer()));
            }
            return answer(notice.delivery() == NoticeDelivery.SENT ? deliver(notice) : notice, answer);
        }
    }

    private UserNotice answer(UserNotice notice, NoticeAnswer answer) {
        String url = settings.get().webhookUrl();
        UserNotice answered = notice.toBuilder()
                .answer(answer)
                .answeredAt(MockClock.beijing(clock))
                .callback(url == null ? null : new CallbackReport(url, CallbackState.PENDING, 0, null, null, null))
                .build();
        store.change(EventType.NOTICE_ANSWERED, Event.builder().notice(answered));
        if (url != null) {
            alarms.at(clock.instant(), () -> report(notice.id()));
        }
        return answered;
    }

    private void report(String id) {
        store.notice(id)
                .ifPresent(notice -> store.token(notice.chargingToken())
                        .ifPresent(token -> callbacks.send(notice, token, outcome -> reported(id, outcome))));
    }

    private void reported(String id, CallbackSender.Outcome outcome) {
        synchronized (store) {
            notice(id).ifPresent(notice -> {
                CallbackReport before = Objects.requireNonNull(notice.callback());
                boolean again = !outcome.taken() && before.attempts() < PAUSES.size();
                OffsetDateTime next = again ? MockClock.beijing(clock).plus(PAUSES.get(before.attempts())) : null;
                CallbackReport report = before.toBuilder()
                        .attempts(before.attempts() + 1)
                        .state(
                                outcome.taken()
                                        ? CallbackState.TAKEN
                                        : again ? CallbackState.PENDING : CallbackState.GIVEN_UP)
                        .nextAttemptAt(next)
                        .lastStatus(outcome.status())
                        .lastError(outcome.error())
                        .build();
                store.change(
                        EventType.NOTICE_REPORTED,
                        Event.builder()
                                .notice(notice.toBuilder().callback(report).build()));
                if (next != null) {
                    alarms.at(next.toInstant(), () -> report(id));
                }
            });
        }
    }
}
