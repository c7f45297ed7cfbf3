package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Printable;
import io.github.ebikecharge.mock.control.KeptExchanges.Kept;
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
import io.github.ebikecharge.mock.world.StoreAccess;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final KeptExchanges exchanges = new KeptExchanges();
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
        long number = record(exchange);
        if (exchange.verdict() == SignatureVerdict.REFUSED) {
            var waiting = new SoftReference<>(exchange); // holds on to no long body where the memory is needed
            explanations.execute(() -> log(number, waiting.get()));
        }
    }

    private void log(long number, @Nullable GatewayExchange refused) {
        find(number)
                .map(this::explain)
                .or(() -> Optional.ofNullable(refused).map(exchange -> explainer.explain(received(exchange.request()))))
                .ifPresent(explanation -> LOG.info(
                        "Request {}: {}",
                        number,
                        Printable.ascii(explanation.text().en())));
    }

    private synchronized long record(GatewayExchange exchange) {
        long number = ++count;
        MockConfiguration bounds = configuration.get();
        dropped += exchanges.add(number, exchange, bounds.journalSize(), bounds.journalBytes());
        store.countRequest();
        notifyAll();
        events.publish(Event.builder().type(EventType.REQUEST_ANSWERED).request(summary(number, exchange)));
        return number;
    }

    @Override
    public String explain(GatewayRequest request) {
        Explanation explanation = explainer.explain(received(request));
        return Printable.ascii(
                explanation.cause().wireName() + ": " + explanation.text().en());
    }

    private static ReceivedRequest received(GatewayRequest request) {
        return new ReceivedRequest(
                request.method(),
                request.target(),
                request.header(WechatPayHeaders.AUTHORIZATION),
                request.body(),
                request.origin());
    }

    /** What is remembered, newest first; what is forgotten meanwhile is left out. */
    Stream<Entry> entries() {
        List<Kept> newestFirst;
        synchronized (this) {
            newestFirst = exchanges.newestFirst();
        }
        return newestFirst.stream().map(this::entry).flatMap(Optional::stream);
    }

    private Optional<Entry> entry(Kept kept) {
        Optional<byte[]> packed;
        synchronized (this) {
            packed = exchanges.packed(kept);
        }
        return packed.map(bytes -> new Entry(kept, PackedExchange.unpack(bytes)));
    }

    /** What is remembered, and how much more there was. */
    RequestList list() {
        long requests = store.requests();
        Stream<Entry> entries;
        long received;
        long left;
        synchronized (this) {
            entries = entries();
            received = Math.max(requests, count);
            left = dropped;
        }
        return new RequestList(entries.map(Entry::summary).toList(), received, left);
    }

    /**
     * Takes the oldest request that nobody has taken yet, and waits for one if there is none; it stays in the journal.
     *
     * @return empty if none came in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public synchronized Optional<RequestDetail> take(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Optional<Kept> next = notTaken();
        while (next.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            next = notTaken();
        }
        taken = next.get().number();
        return next.flatMap(this::entry).map(Entry::detail);
    }

    private Optional<Kept> notTaken() {
        return exchanges.first(kept -> kept.number() > taken);
    }

    Optional<Entry> find(String id) {
        return id.matches("[1-9]\\d{0,17}") ? find(Long.parseLong(id)) : Optional.empty();
    }

    private Optional<Entry> find(long number) {
        Optional<Kept> found;
        synchronized (this) {
            found = exchanges.first(kept -> kept.number() == number);
        }
        return found.flatMap(this::entry);
    }

    synchronized void clear() {
        exchanges.clear();
        taken = count;
        events.publish(Event.builder().type(EventType.REQUESTS_FORGOTTEN));
    }

    Explanation explain(Entry entry) {
        Kept kept = entry.kept;
        synchronized (kept) {
            Explanation known = kept.explanation();
            if (known == null) {
                known = explainer.explain(received(entry.exchange.request()));
                kept.explain(known);
            }
            return known;
        }
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

    private static RequestSummary summary(long number, GatewayExchange exchange) {
        JsonNode error = exchange.status() >= 400 ? json(exchange.responseBody()) : MissingNode.getInstance();
        return RequestSummary.builder()
                .id(String.valueOf(number))
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
        for (HeaderEntry header : exchange.responseHeaders()) {
            if (header.name().equals(WechatPayHeaders.REQUEST_ID)) {
                return header.value();
            }
        }
        return null;
    }

    /** One request, its answer, and what is told of it. */
    static final class Entry {
        private final Kept kept;
        private final GatewayExchange exchange;

        private Entry(Kept kept, GatewayExchange exchange) {
            this.kept = kept;
            this.exchange = exchange;
        }

        RequestSummary summary() {
            return Journal.summary(kept.number(), exchange);
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
