package io.github.ebikecharge.mock;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** Sees the bytes of requests and answers on their way, and tells each exchange once it is over. */
final class WatchingHandler extends EventsHandler {
    private static final String ATTRIBUTE = WatchingHandler.class.getName();
    /** Streams of events go on for ever. */
    private static final int MOST_BYTES = 1 << 24;

    private final Consumer<WatchedExchange> ended;

    WatchingHandler(Consumer<WatchedExchange> ended) {
        this.ended = ended;
    }

    /** What was seen of one exchange so far. */
    private static final class Seen {
        private final ByteArrayOutputStream request = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

        static void copy(@Nullable ByteBuffer from, ByteArrayOutputStream to) {
            if (from != null && to.size() < MOST_BYTES) {
                to.writeBytes(BufferUtil.toArray(from));
            }
        }
    }

    private static Seen seen(Request request) {
        Seen seen = (Seen) request.getAttribute(ATTRIBUTE);
        if (seen == null) {
            seen = new Seen();
            request.setAttribute(ATTRIBUTE, seen);
        }
        return seen;
    }

    @Override
    protected void onRequestRead(Request request, Content.@Nullable Chunk chunk) {
        if (chunk != null) {
            Seen.copy(chunk.getByteBuffer(), seen(request).request);
        }
    }

    @Override
    protected void onResponseWrite(Request request, boolean last, @Nullable ByteBuffer content) {
        Seen.copy(content, seen(request).answer);
    }

    @Override
    protected void onComplete(Request request, int status, HttpFields headers, @Nullable Throwable failure) {
        Seen seen = seen(request);
        HttpFields answerHeaders = HttpFields.build(headers).asImmutable();
        String length = answerHeaders.get(HttpHeader.CONTENT_LENGTH);
        boolean whole = failure == null
                && answerHeaders.size() > 0
                && (length == null || Long.parseLong(length) == seen.answer.size());
        ended.accept(new WatchedExchange(
                request.getMethod(),
                request.getHttpURI().getPathQuery(),
                request.getHeaders(),
                seen.request.toByteArray(),
                status,
                answerHeaders,
                seen.answer.toByteArray(),
                whole));
    }
}
