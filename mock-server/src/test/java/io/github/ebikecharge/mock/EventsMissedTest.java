package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.EventReader.Told;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** What a listener of the live stream is told when it comes back. */
@Timeout(60)
class EventsMissedTest {
    private FixedMock mock;

    @BeforeEach
    void start() {
        mock = new FixedMock();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    @Test
    void tellsAListenerThatComesBackWhatItMissed() throws Exception {
        mock.putContract("missed", ContractState.OPENED);
        try (EventReader events = new EventReader(mock.baseUrl(), "4")) {
            mock.putContract("live", ContractState.OPENED);

            assertThat(events.next().data().at("/contract/contract_id").textValue())
                    .isEqualTo("missed");
            assertThat(events.next().data().at("/contract/contract_id").textValue())
                    .isEqualTo("live");
        }
    }

    @Test
    void takesTheNumberInTheQueryToo() throws Exception {
        try (RawHttp connection = new RawHttp(mock.baseUrl())) {
            RawHttp.Answer head = connection
                    .send("GET /_mock/events?after=3 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII))
                    .receive();
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void letsAHundredListenAndOneMoreWhenOneHasGone() throws Exception {
        Deque<RawHttp> listeners = new ArrayDeque<>();
        try {
            for (int i = 0; i < 100; i++) {
                listeners.add(new RawHttp(mock.baseUrl()));
                listeners.getLast().send("GET /_mock/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                assertThat(listeners.getLast().receive().status()).isEqualTo(200);
            }

            RawHttp.Answer refused = mock.ask("GET", "/_mock/events");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).contains("100 listen already");
            listeners.remove().close();
            while (refused.status() == 429) { // until the mock notices, with the next comment or the one after
                Thread.onSpinWait();
                refused = mock.ask("GET", "/_mock/events");
            }
            assertThat(refused.status()).isEqualTo(200);
        } finally {
            for (RawHttp listener : listeners) {
                listener.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "12345678-", "xyz-1", "1e3", "9999999999999999999"})
    void saysWhatTheIdOfAnEventIs(String after) throws Exception {
        RawHttp.Answer refused = mock.ask("GET", "/_mock/events?after=" + after);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("the id of an event", "not " + after);
    }

    @Test
    void saysWhenAListenerWasAwayForTooLong() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            mock.putContract("busy", ContractState.OPENED);
        }
        try (EventReader events = new EventReader(mock.baseUrl(), "4")) {
            Told lost = events.next();
            assertThat(lost.type()).isEqualTo("events_lost");
            assertThat(events.next().id()).isEqualTo(lost.id() + 1);
        }
    }

    @Test
    void remembersFewerEventsWhereTheyAreLong() throws Exception {
        String big = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            mock.server().world().putContract(new Contract("big", big, ContractState.OPENED, null, null));
        }
        try (EventReader events = new EventReader(mock.baseUrl(), "4")) {
            Told lost = events.next();
            assertThat(lost.type()).isEqualTo("events_lost");
            assertThat(lost.id()).isBetween(17L, 30L);
            assertThat(events.next().id()).isEqualTo(lost.id() + 1);
        }
    }

    @Test
    void saysWhenAListenerComesFromBeforeTheStart() throws Exception {
        try (EventReader events = new EventReader(mock.baseUrl(), "1000")) {
            mock.putContract("new", ContractState.OPENED);

            assertThat(events.next().type()).isEqualTo("events_lost");
            assertThat(events.next().data().at("/contract/contract_id").textValue())
                    .isEqualTo("new");
        }
    }

    @Test
    void saysWhenTheMockWasStartedSinceHoweverMuchHappened() throws Exception {
        String last;
        try (EventReader events = mock.listen()) {
            mock.putContract("before", ContractState.OPENED);
            last = events.next().lastEventId();
        }
        mock.close();
        mock = new FixedMock();
        mock.putContract("missed", ContractState.OPENED);
        mock.putContract("missed", ContractState.PAUSE);
        try (EventReader events = new EventReader(mock.baseUrl(), last)) {
            mock.putContract("new", ContractState.OPENED);

            Told lost = events.next();
            assertThat(lost.type()).isEqualTo("events_lost");
            Told next = events.next();
            assertThat(next.data().at("/contract/contract_id").textValue()).isEqualTo("new");
            assertThat(next.id()).isEqualTo(lost.id() + 1);
            assertThat(next.lastEventId()).isNotEqualTo(last).matches("[0-9a-f]{8}-" + next.id());
            try (EventReader again = new EventReader(mock.baseUrl(), lost.lastEventId())) {
                assertThat(again.next()).isEqualTo(next);
            }
        }
    }
}
