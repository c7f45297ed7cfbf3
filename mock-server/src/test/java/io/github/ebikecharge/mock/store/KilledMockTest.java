package io.github.ebikecharge.mock.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.mock.hostile.MockProcess;
import io.github.ebikecharge.mock.world.Store;
import io.github.ebikecharge.mock.world.Store.Place;
import io.github.ebikecharge.mock.world.Store.Since;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mock that keeps its state loses nothing that it acknowledged, whenever it is killed. It is killed until a snapshot has
 * been met, and twice at least; more often by {@code -Dkills=50}.
 */
@Timeout(1_200)
class KilledMockTest {
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int CALLERS = 4;
    private static final int MOST_BEFORE_THE_KILL = 500;
    /** Batches that are kept before the calls: some calls later, a snapshot takes their place. */
    private static final int BATCHES_BEFORE_THE_CALLS = 9_950;
    /** Tokens and notices that are asked for after a kill; older ones leave where there are more than 10,000. */
    private static final int NEWEST = 9_000;
    /** Calls that are repeated after a kill. */
    private static final int REPEATED = 50;

    @TempDir
    private Path directory;

    private final Caller caller = new Caller();
    private final SplittableRandom random = new SplittableRandom(KILLS);
    private final Deque<Acknowledged> acknowledged = new ConcurrentLinkedDeque<>();

    private boolean hasSnapshot;

    private record Acknowledged(Caller.Call call, String token) {}

    @Test
    void keepsWhatItAcknowledged() throws Exception {
        int batches = 0;
        int kill = 0;
        while (kill < KILLS || !hasSnapshot) {
            kill++;
            assertThat(kill).as("kills, and no snapshot").isLessThan(KILLS + 50);
            try (MockProcess mock = start()) {
                changeContracts(mock, BATCHES_BEFORE_THE_CALLS - batches);
                confirmUntilKilled(mock, "kill " + kill);
            }
            batches = look();
            try (MockProcess mock = start()) {
                Set<String> expected = new HashSet<>();
                acknowledged.descendingIterator().forEachRemaining(newest -> {
                    if (expected.size() < NEWEST) {
                        expected.add(newest.token);
                    }
                });
                assertThat(texts(mock.baseUrl(), "tokens", "charging_token"))
                        .as("tokens after kill %d", kill)
                        .containsAll(expected);
                assertThat(texts(mock.baseUrl(), "notices", "charging_token"))
                        .as("notices after kill %d", kill)
                        .containsAll(expected);
                assertRefusesTheNoncesAgain(mock);
            }
        }
        System.out.printf("%d kills, %d tokens acknowledged and kept%n", kill, acknowledged.size());
    }

    private MockProcess start() throws IOException {
        return new MockProcess(
                directory.resolve("log"),
                List.of(
                        "--state",
                        directory.resolve("state").toString(),
                        "--set",
                        "assumptions.repeated_nonces_refused=true"));
    }

    /** How many batches are kept, one by one. */
    private int look() {
        try (Store store = new FileStore(directory.resolve("state"))) {
            Since kept = store.since(Place.UNKNOWN);
            hasSnapshot |= !kept.snapshot().isEmpty();
            return kept.batches().size();
        }
    }

    private void changeContracts(MockProcess mock, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(caller.ask(mock.baseUrl(), "PUT", "contracts/another", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void assertRefusesTheNoncesAgain(MockProcess mock) throws Exception {
        Iterator<Acknowledged> newest = acknowledged.descendingIterator();
        for (int i = 0; i < REPEATED && newest.hasNext(); i++) {
            assertThat(caller.send(mock.baseUrl(), newest.next().call).statusCode())
                    .isEqualTo(401);
        }
        assertThat(caller.confirm(mock.baseUrl(), "the first time")).hasSize(20);
    }

    private void confirmUntilKilled(MockProcess mock, String name) throws Exception {
        CountDownLatch calls = new CountDownLatch(1 + random.nextInt(MOST_BEFORE_THE_KILL));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            String prefix = name + ", " + i + ", ";
            callers.execute(() -> {
                try {
                    for (int call = 0; ; call++) {
                        Caller.Call confirm = Caller.confirm(prefix + call);
                        String token = Caller.outcome(caller.send(mock.baseUrl(), confirm));
                        acknowledged.add(new Acknowledged(confirm, token));
                        calls.countDown();
                    }
                } catch (IOException e) {
                    calls.countDown(); // it is killed
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        calls.await();
        mock.kill();
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private Set<String> texts(URI mock, String list, String field) throws Exception {
        Set<String> texts = new HashSet<>();
        for (JsonNode entry : caller.look(mock, list).path(list)) {
            texts.add(entry.path(field).textValue());
        }
        return texts;
    }
}
