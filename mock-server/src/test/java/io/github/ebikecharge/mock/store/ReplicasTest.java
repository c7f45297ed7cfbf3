package io.github.ebikecharge.mock.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.ebikecharge.mock.hostile.MockProcess;
import io.github.ebikecharge.mock.world.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two mocks with one Redis are one mock to whoever asks; more calls by {@code -Dreplicas.confirms=20000}. */
@Timeout(600)
class ReplicasTest {
    private static final int CONFIRMS = Integer.getInteger("replicas.confirms", 600);
    private static final int CALLERS = 16;

    @TempDir
    private Path directory;

    private final Caller caller = new Caller();
    private RedisProcess redis;
    private MockProcess first;
    private MockProcess second;
    private URI one;
    private URI other;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisProcess(directory);
        first = replica("first");
        second = replica("second");
        one = first.baseUrl();
        other = second.baseUrl();
    }

    private MockProcess replica(String name) throws Exception {
        return new MockProcess(
                directory.resolve(name),
                List.of("--store", redis.url(), "--set", "assumptions.repeated_nonces_refused=true"));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        redis.close();
    }

    private String state(URI mock) throws Exception {
        return caller.look(mock, "health").path("status").textValue();
    }

    private void awaitHealth(String expected) throws Exception {
        while (!state(one).equals(expected) || !state(other).equals(expected)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shareTokensNoncesContractsFaultsAndCounts() throws Exception {
        Caller.Call call = Caller.confirm("1");
        String token = Caller.outcome(caller.send(one, call));

        assertThat(caller.send(other, call).statusCode()).as("a replay").isEqualTo(401);
        assertThat(caller.confirm(other, "1")).as("a repeat").isEqualTo(token);
        assertThat(caller.ask(other, "POST", "tokens/" + token + "/use", "").statusCode())
                .isEqualTo(200);
        assertThat(caller.ask(one, "POST", "tokens/" + token + "/use", "").statusCode())
                .isEqualTo(409);
        assertThat(caller.look(one, "notices").path("notices")).hasSize(1);

        caller.ask(one, "POST", "faults", "{\"kind\":\"rule_limit\",\"count\":1}");
        assertThat(caller.confirm(other, "2")).isEqualTo("RULE_LIMIT");
        assertThat(caller.confirm(one, "2")).hasSize(20);

        caller.ask(other, "PUT", "contracts/" + World.DEMO_CONTRACT_ID, "{\"state\":\"PAUSE\"}");
        assertThat(caller.confirm(one, "3")).isEqualTo("INVALID_REQUEST");

        while (caller.look(one, "requests").path("received").asLong() < 6) {
            Thread.onSpinWait(); // the other one tells of its own a little later
        }
        assertThat(caller.look(one, "requests").path("received").asLong()).isEqualTo(6);
        caller.ask(one, "POST", "reset", "");
        assertThat(caller.look(other, "tokens").path("tokens")).isEmpty();
        assertThat(caller.confirm(other, "4")).hasSize(20);
    }

    @Test
    void reportAnAnswerInPlaceOfAMockThatEnded() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            exchange.sendResponseHeaders(reports.incrementAndGet() == 1 ? 500 : 204, -1);
            exchange.close();
        });
        webhook.start();
        try {
            caller.ask(
                    one,
                    "PATCH",
                    "configuration",
                    "{\"notices\":{\"answer\":\"CONFIRMED\",\"webhook_url\":\"http://127.0.0.1:%d/\"}}"
                            .formatted(webhook.getAddress().getPort()));
            caller.confirm(one, "1");
            awaitReport("PENDING", 1);
            first.kill();

            caller.ask(other, "POST", "clock/advance", "{\"by_ms\":60000}");
            awaitReport("TAKEN", 2);

            assertThat(reports).hasValue(2);
        } finally {
            webhook.stop(0);
        }
    }

    private void awaitReport(String state, int attempts) throws Exception {
        JsonNode report;
        do {
            report = caller.look(other, "notices/1").path("callback");
        } while (report.path("attempts").intValue() < attempts);
        assertThat(report.path("state").textValue()).isEqualTo(state);
    }

    @Test
    void refuseInTheShapeOfTheGatewayWhileRedisIsAwayAndRecover() throws Exception {
        String token = caller.confirm(one, "1");

        caller.ask(one, "PATCH", "configuration", "{\"assumptions\":{\"repeated_nonces_refused\":false}}");
        caller.ask(
                one,
                "PUT",
                "scenarios",
                "{\"scenarios\":[{\"name\":\"a\",\"steps\":[{\"contract_state\":\"PAUSE\"}]}]}");
        redis.stop();
        HttpResponse<String> refused = caller.send(one, Caller.confirm("1"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("{\"code\":\"SERVICE_UNAVAILABLE\",\"message\":\"服务不可用，请稍后重试\"}");
        assertThat(refused.headers().firstValue("Request-ID")).isPresent();
        awaitHealth("DOWN");
        HttpResponse<String> health = caller.ask(one, "GET", "health", "");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("Redis at 127.0.0.1:");
        assertThat(caller.ask(one, "POST", "tokens/" + token + "/use", "").statusCode())
                .isEqualTo(503);
        assertThat(caller.look(one, "tokens").path("tokens")).hasSize(1);

        redis.start();
        awaitHealth("UP");
        assertThat(caller.confirm(other, "1")).isEqualTo(token);
    }

    @Test
    void doNotWaitForARedisThatDoesNotAnswer() throws Exception {
        redis.freeze();
        assertThat(caller.send(one, Caller.confirm("1")).statusCode()).isEqualTo(503);
        awaitHealth("DOWN");

        redis.thaw();
        awaitHealth("UP");
        assertThat(caller.confirm(one, "1")).hasSize(20);
    }

    @Test
    void beginAnewWhereRedisHasLostEverything() throws Exception {
        caller.confirm(one, "1");
        redis.stop();
        redis.forget();
        awaitHealth("DOWN");

        redis.start();
        awaitHealth("UP");

        assertThat(caller.look(one, "tokens").path("tokens")).isEmpty();
        assertThat(caller.look(other, "contracts").path("contracts")).hasSize(4);
        assertThat(caller.confirm(other, "2")).hasSize(20);
    }

    /** One call in a hundred is sent twice, to both at the same moment. */
    @Test
    void acceptNoReplayAndShareNoTokenThoughRedisIsStartedAgain() throws Exception {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        Map<String, Integer> outcomes = new ConcurrentHashMap<>();
        CountDownLatch half = new CountDownLatch(CONFIRMS / 2);
        AtomicInteger doubled = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> sent = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(CONFIRMS);
        for (int i = 0; i < CONFIRMS; i++) {
            boolean replayed = i % 100 == 0;
            URI mock = random.nextBoolean() ? one : other;
            String device = String.valueOf(i);
            sent.add(callers.submit((Callable<Void>) () -> {
                Caller.Call call = Caller.confirm(device);
                List<CompletableFuture<HttpResponse<String>>> sending = new ArrayList<>();
                sending.add(caller.sendAsync(mock, call));
                if (replayed) {
                    sending.add(caller.sendAsync(mock.equals(one) ? other : one, call));
                    doubled.incrementAndGet();
                }
                half.countDown();
                List<HttpResponse<String>> answers =
                        sending.stream().map(CompletableFuture::join).toList();
                Set<String> issued = new HashSet<>();
                for (HttpResponse<String> answer : answers) {
                    String outcome = Caller.outcome(answer);
                    outcomes.merge(
                            answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + outcome, 1, Integer::sum);
                    if (answer.statusCode() == 200) {
                        assertThat(issued).as("a replay was accepted").isEmpty();
                        issued.add(outcome);
                        assertThat(tokens.add(outcome))
                                .as("issued for another session, too")
                                .isTrue();
                    }
                }
                return null;
            }));
        }
        half.await();
        redis.stop();
        redis.start();
        for (Future<?> call : sent) {
            call.get();
        }
        callers.shutdown();
        System.out.printf("%d confirms, %d of them sent twice: %s%n", CONFIRMS, doubled.get(), new HashMap<>(outcomes));

        assertThat(outcomes.keySet()).isSubsetOf("200", "401 SIGN_ERROR", "503 SERVICE_UNAVAILABLE");
        assertThat(outcomes)
                .containsKey("401 SIGN_ERROR")
                .hasEntrySatisfying("200", accepted -> assertThat(accepted).isGreaterThan(CONFIRMS / 2));
    }
}
