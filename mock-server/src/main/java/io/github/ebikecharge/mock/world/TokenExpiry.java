package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.TokenState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets tokens expire when their time has come, one alarm ahead. What has expired stays so if the clock goes back. */
final class TokenExpiry {
    private final Changes changes;
    private final WorldState state;
    private final Alarms alarms;
    private final Clock clock;
    /** When the earliest alarm goes off; null if there is none. */
    private @Nullable Instant next;

    TokenExpiry(Changes changes, Alarms alarms, Clock clock) {
        this.changes = changes;
        this.state = changes.state();
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Lets this one expire, too. */
    void watch(ChargingToken token) {
        synchronized (state) {
            Instant due = token.expiresAt().toInstant();
            if (next == null || due.isBefore(next)) {
                next = due;
                alarms.at(due, this::expireDue);
            }
        }
    }

    private void expireDue() {
        synchronized (state) {
            next = null;
            List<ChargingToken> newestFirst = changes.make(change ->
                    state.tokens().stream().map(token -> settle(change, token)).toList());
            newestFirst.stream()
                    .filter(token -> token.state() == TokenState.VALID)
                    .forEach(this::watch);
        }
    }

    /** The token as it is by now; one whose time has come expires at the latest when somebody looks. */
    ChargingToken settle(Change change, ChargingToken token) {
        if (token.state() != TokenState.VALID
                || clock.instant().isBefore(token.expiresAt().toInstant())) {
            return token;
        }
        ChargingToken expired = token.toBuilder().state(TokenState.EXPIRED).build();
        change.add(EventType.TOKEN_EXPIRED, Event.builder().token(expired));
        return expired;
    }

    /** No token is left to expire. */
    void clear() {
        synchronized (state) {
            next = null;
        }
    }
}
