package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.explain.Explanation;
import io.github.ebikecharge.mock.explain.ReceivedRequest;
import io.github.ebikecharge.mock.explain.SignatureExplainer;
import io.github.ebikecharge.mock.gateway.Faults;
import io.github.ebikecharge.mock.gateway.GatewayExchange;
import io.github.ebikecharge.mock.gateway.GatewayListener;
import io.github.ebikecharge.mock.gateway.GatewayRequest;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.RequestSummary;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import io.github.ebikecharge.mock.world.EventLog;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Remembers what was asked and answered, the newest first, and tells why signatures failed. */
public final class Journal implements GatewayListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    /** Explanations that may wait to be logged; more are left to whoever asks. */
    private static final int WAITING_EXPLANATIONS = 64;

    private final SignatureExplainer explainer;
    private final IntSupplier size;
    private final EventLog events;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final ExecutorService explanations = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_EXPLANATIONS),
            task -> {
                Thread thread = new Thread(task, "mock-explanations");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    private long count;
    private long taken;

    /** @param size how many requests to remember, asked for anew at each */
    public Journal(SignatureExplainer explainer, IntSupplier size, EventLog events) {
        this.explainer = explainer;
        this.size = size;
        this.events = events;
    }

    @Override
    public void answered(GatewayExchange exchange) {
        Entry entry = record(exchange);
        if (exchange.verdict() == SignatureVerdict.REFUSED) {
            explanations.execute(() -> LOG.info(
                    "Request {}: {}", entry.id, entry.explain(explainer).text().en()));
        }
    }

    private synchronized Entry record(GatewayExchange exchange) {
        Entry entry = new Entry(++count, exchange);
        entries.addFirst(entry);
        notifyAll();
        while (entries.size() > size.getAsInt()) {
            entries.removeLast();
        }
        events.publish(Event.builder().type(EventType.REQUEST_ANSWERED).request(entry.summary()));
        return entry;
    }

    @Override
    public String explain(GatewayRequest request) {
        Explanation explanation = explainer.explain(received(request));
        return (explanation.cause().wireName() + ": " + explanation.text().en())
                .codePoints()
                .map(character -> character < ' ' || character > '~' ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static ReceivedRequest received(GatewayRequest request) {
        return new ReceivedRequest(
                request.method(),
                request.target(),
                request.header(WechatPayHeaders.AUTHORIZATION),
                request.body(),
                request.origin());
    }

    /** What is remembered, newest first. */
    synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    /**
     * Takes the oldest request that nobody has taken yet, and waits for one if there is none; it stays in the journal.
     *
     * @return empty if none came in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public synchronized Optional<RequestDetail> take(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (entries.isEmpty() || entries.getFirst().number <= taken) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        Iterator<Entry> oldestFirst = entries.descendingIterator();
        Entry next = oldestFirst.next();
        while (next.number <= taken) {
            next = oldestFirst.next();
        }
        taken = next.number;
        return Optional.of(next.detail());
    }

    Optional<Entry> find(String id) {
        return entries().stream().filter(entry -> entry.id.equals(id)).findFirst();
    }

    synchronized void clear() {
        entries.clear();
        taken = count;
        events.publish(Event.builder().type(EventType.REQUESTS_FORGOTTEN));
    }

    Explanation explain(Entry entry) {
        return entry.explain(explainer);
    }

    @Override
    public void close() {
        explanations.shutdownNow();
    }

    /** The JSON of a body; a missing node if it holds none, as an empty body or a page does. */
    static JsonNode json(byte[] body) {
        try {
            return WireJson.read(body, JsonNode.class);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** One request, its answer, and what is told of it. */
    static final class Entry {
        private final long number;
        private final String id;
        private final GatewayExchange exchange;
        private @Nullable Explanation explanation;

        private Entry(long number, GatewayExchange exchange) {
            this.number = number;
            this.id = String.valueOf(number);
            this.exchange = exchange;
        }

        private synchronized Explanation explain(SignatureExplainer explainer) {
            if (explanation == null) {
                explanation = explainer.explain(received(exchange.request()));
            }
            return explanation;
        }

        RequestSummary summary() {
            JsonNode error = exchange.status() >= 400 ? json(exchange.responseBody()) : MissingNode.getInstance();
            return RequestSummary.builder()
                    .id(id)
                    .receivedAt(exchange.receivedAt().atOffset(BEIJING))
                    .method(exchange.request().method())
                    .target(exchange.request().target())
                    .status(exchange.status())
                    .verdict(exchange.verdict())
                    .code(error.path("code").textValue())
                    .message(error.path("message").textValue())
                    .requestId(requestId())
                    .fault(exchange.fault() == null ? null : Faults.name(exchange.fault()))
                    .chosenBy(exchange.chosenBy())
                    .durationMs(exchange.duration().toNanos() / 1e6)
                    .build();
        }

        private @Nullable String requestId() {
            return exchange.responseHeaders().stream()
                    .filter(header -> header.name().equals(WechatPayHeaders.REQUEST_ID))
                    .map(HeaderEntry::value)
                    .findFirst()
                    .orElse(null);
        }

        RequestDetail detail() {
            String requestBody = new String(exchange.request().body(), UTF_8);
            String responseBody = new String(exchange.responseBody(), UTF_8);
            return RequestDetail.builder()
                    .summary(summary())
                    .requestHeaders(exchange.request().headers())
                    .requestBody(requestBody)
                    .requestBodyBase64(
                            bytesUnlessIn(requestBody, exchange.request().body()))
                    .responseHeaders(exchange.responseHeaders())
                    .responseBody(responseBody)
                    .responseBodyBase64(bytesUnlessIn(responseBody, exchange.responseBody()))
                    .build();
        }

        private static @Nullable String bytesUnlessIn(String text, byte[] bytes) {
            return Arrays.equals(text.getBytes(UTF_8), bytes)
                    ? null
                    : Base64.getEncoder().encodeToString(bytes);
        }
    }
}
