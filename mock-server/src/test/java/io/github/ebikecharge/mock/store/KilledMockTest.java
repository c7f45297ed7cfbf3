package io.github.ebikecharge.mock.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.mock.hostile.MockProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mock that keeps its state loses nothing that it acknowledged, whenever it is killed. More often by
 * {@code -Dkills=50}.
 */
@Timeout(600)
class KilledMockTest {
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int CALLERS = 4;
    private static final int MOST_BEFORE_THE_KILL = 120;

    @TempDir
    private Path directory;

    private final Caller caller = new Caller();
    private final SplittableRandom random = new SplittableRandom(KILLS);
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void keepsEveryTokenAndNoticeThatItAcknowledged() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            try (MockProcess mock = start()) {
                confirmUntilKilled(mock, "kill " + kill);
            }
            try (MockProcess mock = start()) {
                assertThat(texts(mock.baseUrl(), "tokens", "charging_token"))
                        .as("tokens after kill %d", kill)
                        .containsAll(acknowledged);
                assertThat(texts(mock.baseUrl(), "notices", "charging_token"))
                        .as("notices after kill %d", kill)
                        .containsAll(acknowledged);
            }
        }
        System.out.printf("%d kills, %d tokens acknowledged and kept%n", KILLS, acknowledged.size());
    }

    private MockProcess start() throws IOException {
        return new MockProcess(
                directory.resolve("log"),
                List.of("--state", directory.resolve("state").toString()));
    }

    private void confirmUntilKilled(MockProcess mock, String name) throws Exception {
        CountDownLatch calls = new CountDownLatch(1 + random.nextInt(MOST_BEFORE_THE_KILL));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            String prefix = name + ", " + i + ", ";
            callers.execute(() -> {
                try {
                    for (int call = 0; ; call++) {
                        acknowledged.add(caller.confirm(mock.baseUrl(), prefix + call));
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
