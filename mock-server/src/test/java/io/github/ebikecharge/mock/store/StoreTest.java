package io.github.ebikecharge.mock.store;

import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.store.Stores.Kind;
import io.github.ebikecharge.mock.world.Batch;
import io.github.ebikecharge.mock.world.Snapshot;
import io.github.ebikecharge.mock.world.Store;
import io.github.ebikecharge.mock.world.Store.Place;
import io.github.ebikecharge.mock.world.Store.Since;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a store keeps is there for whoever comes next. */
@Timeout(60)
class StoreTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_507_200);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final List<Snapshot> SNAPSHOT = List.of(
            new Snapshot(List.of(), List.of(), List.of(), 7, null),
            new Snapshot(List.of(), List.of(), List.of(), 0, null));

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Stores stores;

    @BeforeEach
    void prepare() {
        stores = new Stores(directory);
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    @Test
    void saysThatAnotherHasTheDirectory() throws Exception {
        try (Store taken = stores.open(Kind.FILE)) {
            assertThat(taken.shared()).isFalse();

            assertThatThrownBy(() -> stores.open(Kind.FILE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Another mock may use it; each needs a directory of its own");
        }
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

    @Test
    void givesThePasswordOfTheUrlAndTellsNobody() throws Exception {
        try (RedisProcess redis = new RedisProcess(directory, "s3cret");
                Store store = new RedisStore(redis.url());
                Store stranger = new RedisStore(redis.url().replace("s3cret", "gue55ed"))) {
            assertThat(store.count(1)).isEqualTo(1);

            assertThatThrownBy(() -> stranger.count(1))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageNotContaining("gue55ed");
        }
    }

    private static Batch batch(String by) {
        return new Batch(by, List.of(Event.builder().type(EventType.RESET)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void keepsABatchOnlyBehindAllOthers(Kind kind) throws Exception {
        try (Store store = stores.open(kind)) {
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
        try (Store store = stores.open(kind)) {
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
        try (Store store = stores.open(kind)) {
            assertThat(store.useNonce("a", NOW, TEN_MINUTES)).isTrue();
            assertThat(store.useNonce("a", NOW.plusSeconds(1), TEN_MINUTES)).isFalse();
            assertThat(store.useNonce("b", NOW, TEN_MINUTES)).isTrue();

            store.forgetNonces();

            assertThat(store.useNonce("a", NOW, TEN_MINUTES)).isTrue();
        }
    }

    /** Redis goes by its own time. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REDIS")
    void forgetsANonceAfterThatWhile(Kind kind) throws Exception {
        try (Store store = stores.open(kind)) {
            store.useNonce("a", NOW, TEN_MINUTES);
            store.useNonce("b", NOW.plusSeconds(1), TEN_MINUTES);

            Instant later = NOW.plus(TEN_MINUTES).plusSeconds(1);
            assertThat(store.useNonce("b", later, TEN_MINUTES)).isFalse();
            assertThat(store.useNonce("a", later, TEN_MINUTES)).isTrue();
            assertThat(store.useNonce("a", later.plusSeconds(1), TEN_MINUTES)).isFalse();
            assertThat(store.useNonce("b", later.plusSeconds(1), TEN_MINUTES)).isTrue();
        }
    }

    @Test
    void makesRoomInTheFileForNewNonces() throws Exception {
        Instant later = NOW.plus(TEN_MINUTES).plusSeconds(1);
        try (Store store = stores.open(Kind.FILE)) {
            store.useNonce("of a clock that was set forward", later.plusSeconds(1), TEN_MINUTES);
            for (int i = 0; i < 100; i++) {
                store.useNonce("old " + i, NOW, TEN_MINUTES);
            }
            store.useNonce("old 99", later, TEN_MINUTES);
            for (int i = 0; i < 100; i++) {
                store.useNonce("new " + i, later, TEN_MINUTES);
            }
        }
        try (MVStore file =
                MVStore.open(directory.resolve("state/ebike-charge-mock.state").toString())) {
            assertThat(file.openMap("nonces").sizeAsLong()).isEqualTo(102);
            assertThat(file.openMap("uses").sizeAsLong()).isEqualTo(102);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void knowsANonceAgainWhenItIsOpenedAgain(Kind kind) throws Exception {
        try (Store store = stores.open(kind)) {
            store.useNonce("a", NOW, TEN_MINUTES);
        }
        try (Store store = stores.open(kind)) {
            assertThat(store.useNonce("a", NOW, TEN_MINUTES)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void counts(Kind kind) throws Exception {
        try (Store store = stores.open(kind)) {
            assertThat(store.count(2)).isEqualTo(2);
            assertThat(store.count(0)).isEqualTo(2);
            assertThat(store.count(1)).isEqualTo(3);
        }
    }
}
