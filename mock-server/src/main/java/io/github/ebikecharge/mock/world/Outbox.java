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

    /** How much later than the mock that sent a notice another one sees to it, if that has not. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Changes changes;
    private final WorldState state;
    private final Alarms alarms;
    private final CallbackSender callbacks;
    private final Supplier<NoticeSettings> settings;
    private final Clock clock;

    Outbox(Changes changes, Alarms alarms, CallbackSender callbacks, Supplier<NoticeSettings> settings, Clock clock) {
        this.changes = changes;
        this.state = changes.state();
        this.alarms = alarms;
        this.callbacks = callbacks;
        this.settings = settings;
        this.clock = clock;
    }

    /** What was sent, newest first. */
    public List<UserNotice> notices() {
        return state.notices();
    }

    /** The notice with this number. */
    public Optional<UserNotice> notice(String id) {
        return state.notice(id);
    }

    void send(Change change, ChargingToken token) {
        UserNotice notice = UserNotice.builder()
                .id(state.nextNoticeId())
                .contractId(token.contractId())
                .chargingToken(token.chargingToken())
                .title("充电确认")
                .text(text(token.chargeInfo()))
                .sentAt(change.at())
                .delivery(NoticeDelivery.SENT)
                .answer(NoticeAnswer.WAITING)
                .build();
        change.add(EventType.NOTICE_SENT, Event.builder().notice(notice));
        NoticeSettings rule = settings.get();
        if (rule.delivered()) {
            UserNotice delivered = deliver(change, notice);
            if (rule.answer() != NoticeAnswer.WAITING && rule.answerAfterMs() == 0) {
                answer(change, delivered, rule.answer());
            }
        }
    }

    private static String text(ChargeInfo session) {
        return "充电站：" + session.chargingStationName()
                + "\n充电枪：" + session.chargingGunNumber()
                + "\n充电位设备号：" + session.deviceId()
                + "\n开始时间：" + session.startTime().format(TIME)
                + "\n请确认本次充电。充电结束后，费用将通过微信支付自动扣除。";
    }

    private UserNotice deliver(Change change, UserNotice notice) {
        UserNotice delivered = notice.toBuilder()
                .delivery(NoticeDelivery.DELIVERED)
                .deliveredAt(change.at())
                .build();
        change.add(EventType.NOTICE_DELIVERED, Event.builder().notice(delivered));
        return delivered;
    }

    /**
     * Sees to what is due on a notice as it is now: the answer by the rule, or the next report of the answer.
     *
     * @param here whether this mock has made it what it is; else it leaves that one some time
     */
    void arm(UserNotice notice, boolean here) {
        if (state.notice(notice.id()).filter(notice::equals).isEmpty()) {
            return; // the same change has gone on with it
        }
        Duration grace = here ? Duration.ZERO : GRACE;
        NoticeSettings rule = settings.get();
        OffsetDateTime deliveredAt = notice.deliveredAt();
        CallbackReport callback = notice.callback();
        if (notice.answer() == NoticeAnswer.WAITING) {
            if (deliveredAt != null && rule.answer() != NoticeAnswer.WAITING) {
                alarms.at(
                        deliveredAt.toInstant().plusMillis(rule.answerAfterMs()).plus(grace),
                        () -> answerByRule(notice.id(), rule.answer()));
            }
        } else if (callback != null && callback.state() == CallbackState.PENDING) {
            OffsetDateTime due = callback.nextAttemptAt();
            alarms.at(
                    (due == null ? clock.instant() : due.toInstant()).plus(grace),
                    () -> report(notice.id(), callback.attempts()));
        }
    }

    private void answerByRule(String id, NoticeAnswer answer) {
        changes.make(change -> notice(id)
                .filter(present -> present.answer() == NoticeAnswer.WAITING)
                .map(waiting -> answer(change, waiting, answer)));
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
        return changes.make(change -> {
            UserNotice notice = notice(id).orElseThrow(() -> new NoSuchElementException("There is no notice " + id));
            if (notice.answer() != NoticeAnswer.WAITING) {
                throw new IllegalStateException(
                        "Notice %s was answered at %s: %s".formatted(id, notice.answeredAt(), notice.answer()));
            }
            return answer(change, notice.delivery() == NoticeDelivery.SENT ? deliver(change, notice) : notice, answer);
        });
    }

    private UserNotice answer(Change change, UserNotice notice, NoticeAnswer answer) {
        String url = settings.get().webhookUrl();
        UserNotice answered = notice.toBuilder()
                .answer(answer)
                .answeredAt(change.at())
                .callback(url == null ? null : new CallbackReport(url, CallbackState.PENDING, 0, null, null, null))
                .build();
        change.add(EventType.NOTICE_ANSWERED, Event.builder().notice(answered));
        return answered;
    }

    /** Reports an answer, unless somebody has since. */
    private void report(String id, int attempts) {
        notice(id)
                .filter(notice -> isPending(notice, attempts))
                .ifPresent(notice -> state.token(notice.chargingToken())
                        .ifPresent(token -> callbacks.send(
                                notice,
                                token,
                                // kept by the thread that tries again where the store is away
                                outcome -> alarms.at(clock.instant(), () -> reported(id, attempts, outcome)))));
    }

    private static boolean isPending(UserNotice notice, int attempts) {
        CallbackReport callback = notice.callback();
        return callback != null && callback.state() == CallbackState.PENDING && callback.attempts() == attempts;
    }

    private void reported(String id, int attempts, CallbackSender.Outcome outcome) {
        changes.make(change -> notice(id)
                .filter(notice -> isPending(notice, attempts))
                .map(notice -> reported(change, notice, outcome)));
    }

    private UserNotice reported(Change change, UserNotice notice, CallbackSender.Outcome outcome) {
        CallbackReport before = Objects.requireNonNull(notice.callback());
        boolean again = !outcome.taken() && before.attempts() < PAUSES.size();
        CallbackReport report = before.toBuilder()
                .attempts(before.attempts() + 1)
                .state(outcome.taken() ? CallbackState.TAKEN : again ? CallbackState.PENDING : CallbackState.GIVEN_UP)
                .nextAttemptAt(again ? change.at().plus(PAUSES.get(before.attempts())) : null)
                .lastStatus(outcome.status())
                .lastError(outcome.error())
                .build();
        UserNotice reported = notice.toBuilder().callback(report).build();
        change.add(EventType.NOTICE_REPORTED, Event.builder().notice(reported));
        return reported;
    }
}
