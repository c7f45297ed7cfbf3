package io.github.ebikecharge.mock.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is sent to the mock, it answers with success or a refusal, or closes the connection: no failure, nobody waits, and
 * nothing of it is left behind. {@code -Dhostile.requests=100000} sends more than the build does, {@code -Dhostile.seed=}
 * others, or the one that failed.
 */
class HostileRequestTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 2_000);
    private static final long SEED = Long.getLong("hostile.seed", 1);
    /** Goes with the one who listens, within seconds. */
    private static final String LISTENED_TO = "mock-events";

    private static final long QUIET_NANOS = 12_000_000_000L;
    private static final long POLL_NANOS = 10_000_000;
    private static final int AT_ONCE = 8;

    private static final int WARM_UP = 500;
    /** So that the clock is right again, and the contract there. */
    private static final int RESET_EVERY = 250;

    private static final int FAULTS_TOLD = 20;
    /** Letters by which one kind of fault is told from another. */
    private static final int KIND = 60;

    private static final Pattern HEADER = Pattern.compile("[A-Za-z-]+: [^\\p{Cntrl}]*");
    private static final Pattern INSIDES = Pattern.compile(
            "\tat |\\\\tat |Exception|\\bjava\\.|javax?\\.|io\\.github|org\\.eclipse|io\\.javalin|com\\.fasterxml|<html");
    private static final Pattern LOG_LINE =
            Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} (?:INFO|WARN) [A-Za-z]+ - [^\\p{Cc}\u2028\u2029]*");
    private static final Pattern LINE_OF_THE_START = Pattern.compile("(listening on|control API|page) .*");

    /** One of each kind. */
    private final Map<String, String> faults = new ConcurrentSkipListMap<>();

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicReference<Took> slowest = new AtomicReference<>(new Took(0, ""));

    /** How long a request took that was answered, or closed. */
    private record Took(long nanos, String request) {}

    @Test
    @EnabledOnOs(OS.LINUX)
    void answersThemAllAndKeepsNothingOfThem(@TempDir Path directory) throws Exception {
        try (MockProcess mock =
                new MockProcess(directory.resolve("log"), List.of("--set", "explanation_header=true"))) {
            sendAll(mock, SEED, Math.min(WARM_UP, REQUESTS));
            Held before = await(mock, held -> !held.threads.containsKey(LISTENED_TO));

            try (EventLines events = new EventLines(mock.baseUrl())) {
                events.watch(line -> fault("event", line));
                sendAll(mock, SEED + WARM_UP, REQUESTS);
            }

            Held after = await(mock, held -> held.isNoMoreThan(before));
            if (!after.isNoMoreThan(before)) {
                fault("left behind", after + " instead of " + before);
            }
            mock.log().stream()
                    .filter(line -> !LOG_LINE.matcher(line).matches()
                            && !LINE_OF_THE_START.matcher(line).matches())
                    .forEach(line -> fault("log", line));
            Took longest = Objects.requireNonNull(slowest.get());
            System.out.printf(
                    "Hostile requests: %d, %s; %d ms for %s; before %s, after %s%n",
                    REQUESTS, new TreeMap<>(counts), longest.nanos / 1_000_000, longest.request, before, after);
        }
        assertThat(faults.values().stream().limit(FAULTS_TOLD)).isEmpty();
    }

    private void sendAll(MockProcess mock, long from, int count) throws Exception {
        AtomicLong next = new AtomicLong(from);
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                ends.add(callers.submit(() -> {
                    for (long seed = next.getAndIncrement(); seed < from + count; seed = next.getAndIncrement()) {
                        send(mock, HostileRequests.make(seed));
                        between(mock, seed);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            callers.shutdownNow();
        }
        explainAll(mock);
        reset(mock);
        Draft good = Draft.confirm();
        good.sign();
        assertThat(Answers.of(mock.baseUrl(), good.toBytes()).statuses()).containsExactly(200);
    }

    private void between(MockProcess mock, long seed) throws IOException {
        if (seed % RESET_EVERY == 0) {
            explainAll(mock);
            reset(mock);
        }
    }

    private void send(MockProcess mock, HostileRequest request) throws IOException {
        long begun = System.nanoTime();
        try {
            judge(request, Answers.of(mock.baseUrl(), request.bytes()));
        } catch (SocketTimeoutException e) {
            fault("hangs", request);
        }
        Took took = new Took(System.nanoTime() - begun, request.toString());
        slowest.accumulateAndGet(took, (one, other) -> one.nanos > other.nanos ? one : other);
    }

    private void judge(HostileRequest request, Answers answers) {
        count(
                answers.statuses().isEmpty()
                        ? "closed"
                        : String.valueOf(answers.statuses().get(0)));
        if (!answers.garbage().isEmpty()) {
            fault(
                    "no HTTP: %s after %s".formatted(HostileHeads.printable(answers.garbage()), answers.heads()),
                    request);
        }
        if (answers.statuses().size() > request.mostAnswers()) {
            fault("smuggled: " + answers.statuses(), request);
        }
        for (int i = 0; i < answers.statuses().size(); i++) {
            int status = answers.statuses().get(i);
            String body = answers.bodies().get(i);
            if (status >= 500 || (request.refused() && status < 400)) {
                fault(status + " " + HostileHeads.printable(body), request);
            }
            if (status >= 400 && INSIDES.matcher(body).find()) {
                fault("tells of its insides: " + body, request);
            }
            if (!request.signed() && body.startsWith("{\"charging_token\":\"")) {
                fault("a token without a signature", request);
            }
            answers.heads()
                    .get(i)
                    .lines()
                    .skip(1)
                    .filter(line -> !HEADER.matcher(line).matches())
                    .forEach(line -> fault("a header forged: " + HostileHeads.printable(line), request));
        }
    }

    /** Who looks at the journal sees what was wrong with each. */
    private void explainAll(MockProcess mock) throws IOException {
        Optional<JsonNode> journal = ask(mock, "GET", "/_mock/requests", "200");
        for (JsonNode entry : journal.map(list -> list.path("requests")).orElseThrow()) {
            String path = "/_mock/requests/" + entry.path("id").textValue();
            ask(mock, "GET", path, "200|404"); // another caller may reset meanwhile
            ask(mock, "GET", path + "/explanation", "200|404");
            count("explained");
        }
    }

    private void reset(MockProcess mock) throws IOException {
        ask(mock, "POST", "/_mock/reset", "204");
    }

    private Optional<JsonNode> ask(MockProcess mock, String method, String target, String expected) throws IOException {
        Answers answers = Answers.of(
                mock.baseUrl(), (method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(ISO_8859_1));
        if (answers.statuses().isEmpty()
                || !String.valueOf(answers.statuses().get(0)).matches(expected)) {
            fault("answers " + answers, method + ' ' + target);
            return Optional.empty();
        }
        byte[] body = answers.bodies().get(0).getBytes(ISO_8859_1);
        return body.length == 0 ? Optional.empty() : Optional.of(new JsonMapper().readTree(body));
    }

    /** What the mock's process has open. */
    private record Held(long descriptors, Map<String, Long> threads) {
        static Held by(MockProcess mock) throws IOException {
            return new Held(mock.descriptors(), mock.threads());
        }

        boolean isNoMoreThan(Held other) {
            return descriptors <= other.descriptors && threads.equals(other.threads);
        }
    }

    /** Waits for it, at most a little longer than the mock waits for a caller. */
    private static Held await(MockProcess mock, Predicate<Held> expected) throws IOException {
        long end = System.nanoTime() + QUIET_NANOS;
        Held held = Held.by(mock);
        while (!expected.test(held) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
            held = Held.by(mock);
        }
        return held;
    }

    private void count(String what) {
        counts.computeIfAbsent(what, new_ -> new LongAdder()).increment();
    }

    private void fault(String what, Object of) {
        faults.putIfAbsent(what.substring(0, Math.min(what.length(), KIND)), what + " <- " + of);
    }
}
