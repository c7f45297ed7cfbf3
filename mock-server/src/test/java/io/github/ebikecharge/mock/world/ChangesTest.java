package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.store.FileStore;
import io.github.ebikecharge.mock.store.RedisProcess;
import io.github.ebikecharge.mock.store.RedisStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Snapshots take the place of old changes, and nobody who has the world notices. */
@Timeout(60)
class ChangesTest {
    private static final int MOST = 150;

    @TempDir
    private Path directory;

    /** Counts what it hears. */
    private static final class Heard implements Changes.Listener {
        private int happened;
        private int restored;

        @Override
        public void happened(Event event, boolean here) {
            happened++;
        }

        @Override
        public void restored() {
            restored++;
        }
    }

    private static Changes begin(Store store, Heard heard) {
        Changes changes = new Changes(new StoreAccess(store), new EventLog(100, 1_000_000, Clock.systemUTC()), MOST);
        changes.listen(heard);
        changes.begin(change -> put(change, "first"));
        return changes;
    }

    private static boolean put(Change change, String contractId) {
        Contract contract = new Contract(contractId, "1230000109", ContractState.OPENED, null, null);
        change.add(EventType.CONTRACT_CHANGED, Event.builder().contract(contract));
        return true;
    }

    @Test
    void tellsAMockThatIsBehindOfEveryChangeAllTheSame() throws Exception {
        Heard heard = new Heard();
        try (RedisProcess redis = new RedisProcess(directory);
                Changes one = begin(new RedisStore(redis.url()), new Heard());
                Changes behind = begin(new RedisStore(redis.url()), heard)) {
            for (int i = 0; i < 3 * MOST; i++) {
                String contractId = "contract" + i;
                one.make(change -> put(change, contractId));
                one.compact();
            }

            behind.refresh();

            assertThat(behind.state().contracts())
                    .isEqualTo(one.state().contracts())
                    .hasSize(1 + 3 * MOST);
            assertThat(heard.restored).isEqualTo(1);
            assertThat(heard.happened).isEqualTo(3 * MOST);
            try (Changes late = begin(new RedisStore(redis.url()), new Heard())) {
                assertThat(late.state().contracts()).isEqualTo(one.state().contracts());
            }
        }
    }

    @Test
    void findsTheSameWorldInAFileOfSnapshots() {
        for (int i = 0; i < 10; i++) {
            String contractId = "contract" + i;
            try (Changes changes = new Changes(
                    new StoreAccess(new FileStore(directory)), new EventLog(100, 1_000_000, Clock.systemUTC()), 2)) {
                changes.begin(change -> put(change, "first"));
                changes.make(change -> put(change, contractId));
                changes.compact();
                assertThat(changes.state().contracts()).hasSize(2 + i);
            }
        }
    }
}
