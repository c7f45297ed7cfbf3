package io.github.ebikecharge.mock.store;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeSettings;
import io.github.ebikecharge.mock.world.Batch;
import io.github.ebikecharge.mock.world.MemoryStore;
import io.github.ebikecharge.mock.world.Snapshot;
import io.github.ebikecharge.mock.world.Store;
import io.github.ebikecharge.mock.world.Store.Place;
import io.github.ebikecharge.mock.world.Store.Since;
import io.github.ebikecharge.mock.world.World;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A mock is the same whatever its store is; what a store keeps is there for the next mock. */
@Timeout(60)
class StoreTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_507_200);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final List<Snapshot> SNAPSHOT = List.of(
            new Snapshot(List.of(), List.of(), List.of(), 7, null),
            new Snapshot(List.of(), List.of(), List.of(), 0, null));

    @TempDir
    private Path directory;

    private final Caller caller = new Caller();

    @SuppressWarnings("NullAway.Init")
    private RedisProcess redis;

    @SuppressWarnings("NullAway.Init")
    private MockWechatPayServer mock;

    enum Kind {
        MEMORY,
        FILE,
        REDIS
    }

    @AfterEach
    void stop() throws Exception {
        if (mock != null) {
            mock.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private String redis() throws Exception {
        if (redis == null) {
            redis = new RedisProcess(directory);
        }
        return redis.url();
    }

    /** Starts a mock; one that was started before is closed first. */
    private URI start(Kind kind) throws Exception {
        if (mock != null) {
            mock.close();
        }
        var builder = MockWechatPayServer.builder();
        switch (kind) {
            case MEMORY -> {}
            case FILE -> builder.state(directory.resolve("state"));
            case REDIS -> builder.store(redis());
        }
        mock = builder.start();
        return mock.baseUrl();
    }

    private Store open(Kind kind) throws Exception {
        return switch (kind) {
            case MEMORY -> new MemoryStore();
            case FILE -> new FileStore(directory.resolve("state"));
            case REDIS -> new RedisStore(redis());
        };
    }

    @ParameterizedTest
    @EnumSource
    void issuesTokensAndSendsNotices(Kind kind) throws Exception {
        URI url = start(kind);

        String first = caller.confirm(url, "1");

        assertThat(first).hasSize(20).isNotEqualTo(caller.confirm(url, "2")).isEqualTo(caller.confirm(url, "1"));
        assertThat(mock.world().tokens()).hasSize(2);
        assertThat(mock.world().outbox().notices()).extracting("id").containsExactly("2", "1");
        assertThat(mock.world().useToken(first).usedAt()).isNotNull();
        assertThatThrownBy(() -> mock.world().useToken(first)).hasMessageContaining("The token was used at");
    }

    @ParameterizedTest
    @EnumSource
    void refusesARepeatedNonceUntilItIsReset(Kind kind) throws Exception {
        URI url = start(kind);
        mock.configure(MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatedNoncesRefused(true).build())
                .build());
        Caller.Call call = Caller.confirm("1");

        assertThat(caller.send(url, call).statusCode()).isEqualTo(200);
        assertThat(caller.send(url, call).statusCode()).isEqualTo(401);

        mock.reset();
        mock.configure(MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatedNoncesRefused(true).build())
                .build());
        assertThat(caller.send(url, call).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void letsAFaultStrikeAsOftenAsItSays(Kind kind) throws Exception {
        URI url = start(kind);
        mock.inject(Fault.builder().kind(FaultKind.RULE_LIMIT).count(2).build());

        assertThat(caller.confirm(url, "1")).isEqualTo("RULE_LIMIT");
        assertThat(mock.configuration().faults()).extracting(Fault::count).containsExactly(1);
        assertThat(caller.confirm(url, "1")).isEqualTo("RULE_LIMIT");
        assertThat(mock.configuration().faults()).isEmpty();
        assertThat(caller.confirm(url, "1")).hasSize(20);
        assertThat(caller.look(url, "requests").path("received").asLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void takesBackEveryChangeWhenItIsReset(Kind kind) throws Exception {
        start(kind);
        var contracts = mock.world().contracts();
        mock.world().setContractState(World.DEMO_CONTRACT_ID, ContractState.PAUSE);
        mock.world().setContractState("another", ContractState.OPENED);
        mock.world().removeContract("demoContractBound");
        mock.inject(Fault.builder().kind(FaultKind.SLOW).build());

        mock.reset();

        assertThat(mock.world().contracts()).isEqualTo(contracts);
        assertThat(mock.configuration()).isEqualTo(MockConfiguration.builder().build());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void goesOnWhereTheLastMockEnded(Kind kind) throws Exception {
        URI url = start(kind);
        MockConfiguration everyCallANewToken = MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatReturnsSameToken(false).build())
                .build();
        mock.configure(everyCallANewToken);
        mock.world().setContractState("another", ContractState.PAUSE);
        caller.confirm(url, "1");
        mock.world().useToken(caller.confirm(url, "1"));
        var contracts = mock.world().contracts();
        var tokens = mock.world().tokens();
        var notices = mock.world().outbox().notices();

        url = start(kind);
        mock.configure(everyCallANewToken);

        assertThat(mock.world().contracts()).isEqualTo(contracts);
        assertThat(mock.world().tokens()).isEqualTo(tokens);
        assertThat(mock.world().outbox().notices()).isEqualTo(notices);
        assertThat(caller.confirm(url, "1"))
                .isNotIn(tokens.stream().map(token -> token.chargingToken()).toList());
        assertThat(mock.world().outbox().notices()).extracting("id").containsExactly("3", "2", "1");
    }

    @Test
    void answersANoticeThatWasDueWhenTheMockWasNotThere() throws Exception {
        URI url = start(Kind.FILE);
        caller.confirm(url, "1");
        mock.close();
        mock = MockWechatPayServer.builder()
                .state(directory.resolve("state"))
                .configuration(MockConfiguration.builder()
                        .notices(NoticeSettings.builder()
                                .answer(NoticeAnswer.DECLINED)
                                .build())
                        .build())
                .start();

        while (mock.world().outbox().notices().get(0).answer() == NoticeAnswer.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(mock.world().outbox().notices().get(0).answer()).isEqualTo(NoticeAnswer.DECLINED);
    }

    @Test
    void saysThatAnotherMockHasTheDirectory() throws Exception {
        start(Kind.FILE);

        assertThatThrownBy(() -> open(Kind.FILE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Another mock may use it; each needs a directory of its own");
    }

    @Test
    void givesTheDirectoryBackWhenItCannotStart() throws Exception {
        URI taken = start(Kind.MEMORY);
        var builder =
                MockWechatPayServer.builder().state(directory.resolve("state")).port(taken.getPort());

        assertThatThrownBy(builder::start).isInstanceOf(JavalinBindException.class);

        start(Kind.FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:s3cret%@host:6379", "redis://:s3cret#x@host", "redis://", "http://:s3cret@host"})
    void doesNotRepeatThePasswordOfAUrlThatIsNone(String url) {
        assertThatThrownBy(() -> new RedisStore(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The URL of the store cannot be read")
                .hasNoCause()
                .hasMessageNotContaining("s3cret");
    }

    private static Batch batch(String by) {
        return new Batch(by, List.of(Event.builder().type(EventType.RESET)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void keepsABatchOnlyBehindAllOthers(Kind kind) throws Exception {
        try (Store store = open(kind)) {
            Place start = store.since(Place.UNKNOWN).end();

            assertThat(store.append(start, batch("a"))).isTrue();
            assertThat(store.append(start, batch("b"))).isFalse();
            assertThat(store.append(start.next(), batch("c"))).isTrue();

            Since since = store.since(start);
            assertThat(since.anew()).isFalse();
            assertThat(since.batches()).extracting(Batch::by).containsExactly("a", "c");
            assertThat(since.end()).isEqualTo(start.next().next());
            assertThat(store.since(since.end())).isEqualTo(Since.nothing(since.end()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void putsASnapshotInPlaceOfOldBatches(Kind kind) throws Exception {
        try (Store store = open(kind)) {
            Place start = store.since(Place.UNKNOWN).end();
            store.append(start, batch("a"));
            store.append(start.next(), batch("b"));
            store.append(start.next().next(), batch("c"));

            store.compact(start.next().next(), SNAPSHOT);

            Since known = store.since(start.next().next());
            assertThat(known.anew()).isFalse();
            assertThat(known.batches()).extracting(Batch::by).containsExactly("c");
            Since unknown = store.since(Place.UNKNOWN);
            assertThat(unknown.anew()).isTrue();
            assertThat(unknown.snapshot()).isEqualTo(SNAPSHOT);
            assertThat(unknown.batches()).extracting(Batch::by).containsExactly("c");
            assertThat(unknown.end()).isEqualTo(known.end());
            assertThat(store.append(known.end(), batch("d"))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsANonceAgainForAWhile(Kind kind) throws Exception {
        try (Store store = open(kind)) {
            assertThat(store.useNonce("a", NOW, TEN_MINUTES)).isTrue();
            assertThat(store.useNonce("a", NOW.plusSeconds(1), TEN_MINUTES)).isFalse();
            assertThat(store.useNonce("b", NOW, TEN_MINUTES)).isTrue();

            store.forgetNonces();

            assertThat(store.useNonce("a", NOW, TEN_MINUTES)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void knowsANonceAgainWhenItIsOpenedAgain(Kind kind) throws Exception {
        try (Store store = open(kind)) {
            store.useNonce("a", NOW, TEN_MINUTES);
        }
        try (Store store = open(kind)) {
            assertThat(store.useNonce("a", NOW, TEN_MINUTES)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void counts(Kind kind) throws Exception {
        try (Store store = open(kind)) {
            assertThat(store.count(2)).isEqualTo(2);
            assertThat(store.count(0)).isEqualTo(2);
            assertThat(store.count(1)).isEqualTo(3);
        }
    }
}
