package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.world.EventLog;
import io.github.ebikecharge.mock.world.EventLog.Listener;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Tells everybody who listens what happens, as Server-Sent Events; a thread a listener, so that nobody waits for one
 * that is slow.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class EventStream implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    /** Well below the time after which an idle connection is closed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /** Each has a thread. */
    private static final int MOST_LISTENERS = 100;

    private static final byte[] STILL_HERE = ":\n\n".getBytes(UTF_8);
    /** A browser that lost the stream comes back after so many milliseconds. */
    private static final byte[] BEGINNING = "retry: 1000\n\n".getBytes(UTF_8);

    /** The run, which may be left out, and the number. */
    private static final Pattern EVENT_ID = Pattern.compile("(?:([0-9a-f]{8})-)?([0-9]{1,18})");
    /** No event has this number: whoever asks for those after it is told that events were lost. */
    private static final long NO_EVENT = Long.MAX_VALUE;

    private final EventLog events;
    private final AtomicInteger listening = new AtomicInteger();
    /** Numbers begin anew with the mock; this tells those of one start from those of another. */
    private final String run = HexFormat.of().toHexDigits(new SecureRandom().nextInt());

    EventStream(EventLog events) {
        this.events = events;
    }

    @Override
    public void handle(Context context) {
        String after =
                Optional.ofNullable(context.header("Last-Event-ID")).orElseGet(() -> context.queryParam("after"));
        Listener listener = listen(after);
        context.contentType("text/event-stream").header("Cache-Control", "no-store");
        if (context.method().equals(HandlerType.HEAD)) {
            listener.close();
            return;
        }
        if (listening.incrementAndGet() > MOST_LISTENERS) {
            listening.decrementAndGet();
            listener.close();
            throw new HttpResponseException(
                    429, MOST_LISTENERS + " listen already, and no more may; close one, then come back");
        }
        context.future(() -> {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> stream(listener, context.res(), ended), "mock-events");
            thread.setDaemon(true);
            thread.start();
            return ended;
        });
    }

    private Listener listen(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return events.listen();
        }
        Matcher id = EVENT_ID.matcher(after);
        if (!id.matches()) {
            throw new BadRequestResponse("Last-Event-ID and after take the id of an event, as in " + run
                    + "-41, or its number alone; not " + after);
        }
        boolean ofThisRun = id.group(1) == null || id.group(1).equals(run);
        return events.listenAfter(ofThisRun ? Long.parseLong(id.group(2)) : NO_EVENT);
    }

    private void stream(Listener listener, ServletResponse response, CompletableFuture<Void> ended) {
        try {
            ServletOutputStream out = response.getOutputStream();
            out.write(BEGINNING);
            out.flush();
            while (!listener.isOver()) {
                out.write(listener.next(HEARTBEAT).map(this::frame).orElse(STILL_HERE));
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("A listener went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listening.decrementAndGet();
            ended.complete(null);
            listener.close();
        }
    }

    /** JSON has no line feeds outside of texts, where they are escaped. */
    private byte[] frame(Event event) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(512);
        String type = WireJson.toTree(event.type()).textValue();
        frame.writeBytes(
                "id: %s-%d\nevent: %s\ndata: ".formatted(run, event.id(), type).getBytes(UTF_8));
        frame.writeBytes(WireJson.write(event));
        frame.writeBytes("\n\n".getBytes(UTF_8));
        return frame.toByteArray();
    }
}
