package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UserNotice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that the world remembers. It changes by events and by nothing else, so that the same events in the same order
 * make the same world. Its monitor keeps several steps together.
 */
final class WorldState {
    /** Tokens, and notices, that are remembered. */
    private static final int REMEMBERED = 10_000;
    /** Characters that callers chose, of all tokens, and of all notices; usually some hundred of each. */
    private static final long HEAVIEST = 4 << 20;
    /** Of them, those that are in one part of a snapshot. */
    private static final int PART = 200;

    private final Map<String, Contract> contracts = new TreeMap<>();
    private final Remembered<ChargingToken> tokens =
            new Remembered<>(ChargingToken::chargingToken, Weights::of, REMEMBERED, HEAVIEST);
    private final Map<Session, Issued> sessions = new HashMap<>();
    private final Remembered<UserNotice> notices = new Remembered<>(UserNotice::id, Weights::of, REMEMBERED, HEAVIEST);
    private long noticeCount;
    private @Nullable MockConfiguration settings;

    /** What makes two confirm calls the same: caller, contract, and every value of the body. */
    record Session(String mchid, String contractId, ConfirmChargeRequest request) {
        static Session of(ChargingToken token) {
            return new Session(
                    token.mchid(),
                    token.contractId(),
                    ConfirmChargeRequest.builder()
                            .subMchid(token.subMchid())
                            .appid(token.appid())
                            .subAppid(token.subAppid())
                            .chargeInfo(token.chargeInfo())
                            .build());
        }
    }

    /** The latest token of a session, and how many it has had. */
    record Issued(String chargingToken, int count) {}

    /** Lets an event happen. */
    synchronized void apply(Event event) {
        switch (event.type()) {
            case CONTRACT_CHANGED -> {
                Contract contract = Objects.requireNonNull(event.contract());
                contracts.put(contract.contractId(), contract);
            }
            case CONTRACT_REMOVED ->
                contracts.remove(Objects.requireNonNull(event.contract()).contractId());
            case TOKEN_ISSUED -> issue(Objects.requireNonNull(event.token()));
            case TOKEN_USED, TOKEN_EXPIRED -> tokens.put(Objects.requireNonNull(event.token()));
            case NOTICE_SENT -> {
                noticeCount++;
                notices.put(Objects.requireNonNull(event.notice()));
            }
            case NOTICE_DELIVERED, NOTICE_ANSWERED, NOTICE_REPORTED ->
                notices.put(Objects.requireNonNull(event.notice()));
            case CONFIGURATION_CHANGED -> settings = event.settings();
            case RESET -> clear();
            default -> throw new IllegalArgumentException("Not a change of the world: " + event.type());
        }
    }

    private void clear() {
        contracts.clear();
        tokens.clear();
        sessions.clear();
        notices.clear();
    }

    private void issue(ChargingToken token) {
        List<ChargingToken> left = tokens.put(token);
        sessions.merge(
                Session.of(token),
                new Issued(token.chargingToken(), 1),
                (before, now) -> new Issued(now.chargingToken, before.count + 1));
        left.forEach(this::forget);
    }

    private void forget(ChargingToken token) {
        sessions.computeIfPresent(
                Session.of(token),
                (session, issued) -> issued.chargingToken.equals(token.chargingToken()) ? null : issued);
    }

    /** Is as it was when these parts were made; new, if there are none. */
    synchronized void restore(List<Snapshot> parts) {
        clear();
        noticeCount = 0;
        settings = null;
        for (Snapshot part : parts) {
            noticeCount = Math.max(noticeCount, part.noticeCount());
            settings = part.settings() == null ? settings : part.settings();
            part.contracts().forEach(contract -> contracts.put(contract.contractId(), contract));
            part.notices().forEach(notices::put);
            part.tokens().forEach(issue -> {
                tokens.put(issue.token()).forEach(this::forget);
                sessions.put(Session.of(issue.token()), new Issued(issue.token().chargingToken(), issue.count()));
            });
        }
    }

    /** All that is remembered, in parts. */
    synchronized List<Snapshot> snapshot() {
        List<Snapshot> parts = new ArrayList<>();
        parts.add(new Snapshot(contracts(), List.of(), List.of(), noticeCount, settings));
        List<Snapshot.Issue> issues = new ArrayList<>(tokens.all().size());
        for (ChargingToken token : tokens.all()) {
            Issued latest = sessions.get(Session.of(token));
            issues.add(new Snapshot.Issue(token, latest == null ? 1 : latest.count));
        }
        inParts(issues).forEach(part -> parts.add(new Snapshot(List.of(), part, List.of(), 0, null)));
        inParts(new ArrayList<>(notices.all()))
                .forEach(part -> parts.add(new Snapshot(List.of(), List.of(), part, 0, null)));
        return parts;
    }

    private static <T> List<List<T>> inParts(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + PART)
                .mapToObj(from -> all.subList(from, Math.min(from + PART, all.size())))
                .toList();
    }

    /** The configuration that was set last. */
    synchronized Optional<MockConfiguration> settings() {
        return Optional.ofNullable(settings);
    }

    /** In the order of their numbers. */
    synchronized List<Contract> contracts() {
        return new ArrayList<>(contracts.values());
    }

    synchronized Optional<Contract> contract(String contractId) {
        return Optional.ofNullable(contracts.get(contractId));
    }

    /** Newest first. */
    synchronized List<ChargingToken> tokens() {
        return tokens.newestFirst();
    }

    synchronized Optional<ChargingToken> token(String chargingToken) {
        return tokens.get(chargingToken);
    }

    synchronized Optional<Issued> issued(Session session) {
        return Optional.ofNullable(sessions.get(session));
    }

    /** Newest first. */
    synchronized List<UserNotice> notices() {
        return notices.newestFirst();
    }

    synchronized Optional<UserNotice> notice(String id) {
        return notices.get(id);
    }

    /** The number of the next notice; numbers are not used again after a reset. */
    synchronized String nextNoticeId() {
        return String.valueOf(noticeCount + 1);
    }
}
