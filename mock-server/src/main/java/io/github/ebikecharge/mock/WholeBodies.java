package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.gateway.Gateway;
import io.github.ebikecharge.mock.gateway.GatewayRequest;
import io.javalin.http.HttpResponseException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Hands a request on once its body is there, or is known to come no more, or to be too long: until then it holds no thread,
 * however slowly it comes. What was wrong with the body, whoever reads it is told.
 */
final class WholeBodies extends Handler.Wrapper {
    private final long most;
    private final long mostDropped;
    private final long mostTogether;
    private final Duration patience;
    private final AtomicLong together = new AtomicLong();

    /**
     * @param most bytes that a body may have; one up to sixteen times as long is read to its end and dropped, so that whoever
     *     sends it gets to see the answer
     * @param mostTogether bytes that all bodies may have whose requests are not answered yet
     * @param patience how long a body may take, even if it never pauses
     */
    WholeBodies(long most, long mostTogether, Duration patience) {
        this.most = most;
        this.mostDropped = 16 * most;
        this.mostTogether = mostTogether;
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields headers = request.getHeaders();
        long length = headers.getLongField(HttpHeader.CONTENT_LENGTH);
        if (length <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return super.handle(request, response, callback);
        }
        // who waits for the body is told that it stopped; Jetty would take the request from who reads it at this moment
        request.addIdleTimeoutListener(timeout -> false);
        Arrival arrival = new Arrival(request, response, callback);
        if (length > mostDropped) {
            arrival.refuse(HttpStatus.PAYLOAD_TOO_LARGE_413, tooLong());
            return super.handle(arrival.whole(), response, callback);
        }
        if (headers.contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
            // where it cannot be sent, nothing can be read either, which is told
            Future<?> unused = response.writeInterim(HttpStatus.CONTINUE_100, HttpFields.EMPTY);
        }
        if (arrival.isOver()) {
            return arrival.handOn();
        }
        request.demand(arrival);
        return true;
    }

    private String tooLong() {
        return "The body is longer than %d bytes".formatted(most);
    }

    /** A body on its way. */
    private final class Arrival implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private final long begun = System.nanoTime();
        private long received;
        private long held;
        private boolean isDropped;
        private boolean isWhole;
        private @Nullable HttpResponseException failure;

        Arrival(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /** Takes what has come; whether nothing more is to be waited for. */
        boolean isOver() {
            for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
                if (Content.Chunk.isFailure(chunk)) {
                    return chunk.getFailure() instanceof TimeoutException
                            ? refuse(HttpStatus.REQUEST_TIMEOUT_408, "The body stopped coming")
                            : refuse(
                                    HttpStatus.BAD_REQUEST_400,
                                    "The body did not come whole, or not as its headers say");
                }
                received += chunk.remaining();
                if (received <= most && hold(chunk.remaining())) {
                    body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
                }
                chunk.release();
                isWhole = chunk.isLast();
                if (received > mostDropped || (isWhole && received > most)) {
                    return refuse(HttpStatus.PAYLOAD_TOO_LARGE_413, tooLong());
                }
                if (isWhole && isDropped) {
                    return refuse(
                            HttpStatus.PAYLOAD_TOO_LARGE_413,
                            "The bodies under way are longer than %d bytes together".formatted(mostTogether));
                }
                if (isWhole) {
                    return true;
                }
            }
            return System.nanoTime() - begun > patience.toNanos()
                    && refuse(
                            HttpStatus.REQUEST_TIMEOUT_408,
                            "The body did not come within %d s".formatted(patience.toSeconds()));
        }

        /** Whether there is room; if not, the whole body is dropped. */
        private boolean hold(int bytes) {
            if (isDropped) {
                return false;
            }
            held += bytes;
            if (together.addAndGet(bytes) > mostTogether) {
                letGo();
                isDropped = true;
                body = new ByteArrayOutputStream(0);
            }
            return !isDropped;
        }

        void letGo() {
            together.addAndGet(-held);
            held = 0;
        }

        boolean refuse(int status, String message) {
            failure = new HttpResponseException(status, message);
            return true;
        }

        @Override
        public void run() {
            if (isOver()) {
                // not here: Jetty calls one at a time, and whoever writes an answer may wait for such a call
                ThreadChoice.onAnother((sent, answer, answered) -> handOnUnlessStopping(), request, response, callback);
            } else {
                request.demand(this);
            }
        }

        private boolean handOnUnlessStopping() throws Exception {
            if (failure != null && getServer().isStopping()) {
                letGo();
                callback.failed(failure);
                return true;
            }
            return handOn();
        }

        /** Holds the body until the request is answered, whichever thread does it. */
        boolean handOn() throws Exception {
            boolean handled = false;
            try {
                handled = WholeBodies.super.handle(whole(), response, Callback.from(this::letGo, callback));
                return handled;
            } finally {
                if (!handled) {
                    letGo();
                }
            }
        }

        Request whole() {
            if (!isWhole) {
                // the rest of the body is left where the next request would be
                request.setAttribute(Gateway.LAST_REQUEST, true);
            }
            byte[] bytes = body.toByteArray();
            Content.Source source = Content.Source.from(ByteBuffer.wrap(bytes));
            if (failure != null) {
                source.fail(failure);
            } else {
                request.setAttribute(GatewayRequest.WHOLE_BODY, bytes);
            }
            return new Request.Wrapper(request) {
                @Override
                public Content.Chunk read() {
                    return source.read();
                }

                @Override
                public void demand(Runnable demanded) {
                    source.demand(demanded);
                }

                @Override
                public void fail(Throwable cause) {
                    source.fail(cause);
                    super.fail(cause);
                }
            };
        }
    }
}
