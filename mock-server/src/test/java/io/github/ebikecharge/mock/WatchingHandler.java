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

/**
 * Sees the bytes of requests and answers on their way, and tells of each exchange before the caller has the last byte of the
 * answer: what the test then ends with is told in time.
 */
final class WatchingHandler extends EventsHandler {
    private static final String ATTRIBUTE = WatchingHandler.class.getName();
    /** Streams of events go on for ever. */
    private static final int MOST_BYTES = 1 << 24;

    /** What Javalin calls an answer to a caller who has gone. */
    private static final int CALLER_GONE = 499;

    private final Consumer<WatchedExchange> ended;

    WatchingHandler(Consumer<WatchedExchange> ended) {
        this.ended = ended;
    }

    /** What was seen of one exchange so far. */
    private static final class Seen {
        private final ByteArrayOutputStream request = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private int status;
        private HttpFields answerHeaders = HttpFields.EMPTY;
        private boolean told;

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
    protected void onResponseBegin(Request request, int status, HttpFields headers) {
        seen(request).status = status == 0 ? 200 : status; // 200 is what it is if nobody said anything
        seen(request).answerHeaders = HttpFields.build(headers).asImmutable();
    }

    @Override
    protected void onResponseWrite(Request request, boolean last, @Nullable ByteBuffer content) {
        Seen.copy(content, seen(request).answer);
        if (last) {
            tell(
                    request,
                    request.getConnectionMetaData()
                            .getConnection()
                            .getEndPoint()
                            .isOpen());
        }
    }

    @Override
    protected void onComplete(Request request, int status, HttpFields headers, @Nullable Throwable failure) {
        Seen seen = seen(request);
        if (!seen.told) {
            seen.status = status;
            seen.answerHeaders = HttpFields.build(headers).asImmutable();
            tell(request, failure == null);
        }
    }

    private void tell(Request request, boolean isOver) {
        Seen seen = seen(request);
        seen.told = true;
        ended.accept(new WatchedExchange(
                request.getMethod(),
                request.getHttpURI().getPathQuery(),
                request.getHeaders(),
                seen.request.toByteArray(),
                seen.status,
                seen.answerHeaders,
                seen.answer.toByteArray(),
                isOver && seen.status != CALLER_GONE && seen.answerHeaders.size() > 0 && hasItsLength(request, seen)));
    }

    /**
     * Whether as much has left as was announced. Of the gateway's answers alone, which announce it themselves: Jetty does it
     * later for all others, and shows the length of the answer before on the same connection until then.
     */
    private static boolean hasItsLength(Request request, Seen seen) {
        String length = seen.answerHeaders.get(HttpHeader.CONTENT_LENGTH);
        return length == null
                || request.getHttpURI().getPath().startsWith("/_mock")
                || Long.parseLong(length) == seen.answer.size();
    }
}
