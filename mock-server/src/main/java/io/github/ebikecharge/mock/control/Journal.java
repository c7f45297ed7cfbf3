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
import io.github.ebikecharge.mock.gateway.PackedExchange;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.RequestList;
import io.github.ebikecharge.mock.model.RequestSummary;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import io.github.ebikecharge.mock.world.EventLog;
import io.github.ebikecharge.mock.world.Latest;
import io.github.ebikecharge.mock.world.StoreAccess;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    private final Supplier<MockConfiguration> configuration;
    private final EventLog events;
    private final StoreAccess store;
    private final Latest<Entry> entries = new Latest<>(entry -> entry.packed.size());
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
    private long dropped;
    private long taken;

    /** @param configuration says how much to remember, asked for anew at each request */
    public Journal(
            SignatureExplainer explainer,
            Supplier<MockConfiguration> configuration,
            EventLog events,
            StoreAccess store) {
        this.explainer = explainer;
        this.configuration = configuration;
        this.events = events;
        this.store = store;
    }

    @Override
    public void answered(GatewayExchange exchange) {
        Entry entry = record(exchange, PackedExchange.of(exchange));
        if (exchange.verdict() == SignatureVerdict.REFUSED) {
            var waiting = new SoftReference<>(entry); // holds on to no long body where the memory is needed
            explanations.execute(() -> log(waiting.get()));
        }
    }

    private void log(@Nullable Entry refused) {
        if (refused != null) {
            LOG.info(
                    "Request {}: {}",
                    refused.id(),
                    refused.explain(explainer).text().en());
        }
    }

    private synchronized Entry record(GatewayExchange exchange, PackedExchange packed) {
        Entry entry = new Entry(++count, packed);
        MockConfiguration bounds = configuration.get();
        dropped += entries.add(entry, bounds.journalSize(), bounds.journalBytes());
        store.countRequest();
        notifyAll();
        events.publish(Event.builder().type(EventType.REQUEST_ANSWERED).request(entry.summary(exchange)));
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
        List<Entry> newestFirst = new ArrayList<>(entries.size());
        entries.newestFirst().forEachRemaining(newestFirst::add);
        return newestFirst;
    }

    /** What is remembered, and how much more there was. */
    RequestList list() {
        long requests = store.requests();
        synchronized (this) {
            return new RequestList(entries().stream().map(Entry::summary).toList(), Math.max(requests, count), dropped);
        }
    }

    /**
     * Takes the oldest request that nobody has taken yet, and waits for one if there is none; it stays in the journal.
     *
     * @return empty if none came in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public synchronized Optional<RequestDetail> take(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Optional<Entry> next = notTaken();
        while (next.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            next = notTaken();
        }
        taken = next.get().number;
        return next.map(Entry::detail);
    }

    private Optional<Entry> notTaken() {
        return entries.stream().filter(entry -> entry.number > taken).findFirst();
    }

    Optional<Entry> find(String id) {
        return entries().stream().filter(entry -> entry.id().equals(id)).findFirst();
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
        private final PackedExchange packed;
        /** Quotes the body several times; can be found anew where the memory is needed. */
        private @Nullable SoftReference<Explanation> explanation;

        private Entry(long number, PackedExchange packed) {
            this.number = number;
            this.packed = packed;
        }

        private String id() {
            return String.valueOf(number);
        }

        private synchronized Explanation explain(SignatureExplainer explainer) {
            Explanation known = explanation == null ? null : explanation.get();
            if (known == null) {
                known = explainer.explain(received(packed.exchange().request()));
                explanation = new SoftReference<>(known);
            }
            return known;
        }

        RequestSummary summary() {
            return summary(packed.exchange());
        }

        private RequestSummary summary(GatewayExchange exchange) {
            JsonNode error = exchange.status() >= 400 ? json(exchange.responseBody()) : MissingNode.getInstance();
            return RequestSummary.builder()
                    .id(id())
                    .receivedAt(exchange.receivedAt().atOffset(BEIJING))
                    .method(exchange.request().method())
                    .target(exchange.request().target())
                    .status(exchange.status())
                    .verdict(exchange.verdict())
                    .code(error.path("code").textValue())
                    .message(error.path("message").textValue())
                    .requestId(requestId(exchange))
                    .fault(exchange.fault() == null ? null : Faults.name(exchange.fault()))
                    .chosenBy(exchange.chosenBy())
                    .durationMs(exchange.duration().toNanos() / 1e6)
                    .build();
        }

        private static @Nullable String requestId(GatewayExchange exchange) {
            return exchange.responseHeaders().stream()
                    .filter(header -> header.name().equals(WechatPayHeaders.REQUEST_ID))
                    .map(HeaderEntry::value)
                    .findFirst()
                    .orElse(null);
        }

        RequestDetail detail() {
            GatewayExchange exchange = packed.exchange();
            String requestBody = new String(exchange.request().body(), UTF_8);
            String responseBody = new String(exchange.responseBody(), UTF_8);
            return RequestDetail.builder()
                    .summary(summary(exchange))
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
