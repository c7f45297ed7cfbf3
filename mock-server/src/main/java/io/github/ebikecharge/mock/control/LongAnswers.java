package io.github.ebikecharge.mock.control;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends answers as fast as whoever asked reads them, and holds no thread meanwhile. Where too many bytes wait for callers
 * that do not read them, the connection is closed that has waited longest. Thread-safe.
 */
final class LongAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(LongAnswers.class);
    /** Bytes; what is no longer, Jetty keeps until it can be sent. */
    private static final int SHORT = 8_192;
    /** Bytes that are sent at a time. */
    private static final int PIECE = 32_768;
    /** Bytes that may wait, beside one answer that is longer. */
    private static final long MOST_WAITING = 8L << 20;

    /** The one that has waited longest comes first. */
    private final Set<Sending> waiting = new LinkedHashSet<>();

    private long bytesWaiting;

    /** Sends an answer that is held for this caller alone. */
    void send(Context context, byte[] answer) throws IOException {
        if (answer.length <= SHORT) {
            context.result(answer);
        } else {
            new Sending(context, answer, this).begin();
        }
    }

    /** Sends an answer that is held once, whoever reads it. */
    static void sendShared(Context context, byte[] answer) throws IOException {
        new Sending(context, answer, null).begin();
    }

    /** Those that are too many now. */
    private synchronized List<Sending> waits(Sending sending) {
        waiting.add(sending);
        bytesWaiting += sending.answer.length;
        List<Sending> tooMany = new ArrayList<>(0);
        Iterator<Sending> longest = waiting.iterator();
        while (bytesWaiting > MOST_WAITING && waiting.size() > 1) {
            Sending leaving = longest.next();
            longest.remove();
            bytesWaiting -= leaving.answer.length;
            tooMany.add(leaving);
        }
        return tooMany;
    }

    private synchronized void waitsNoMore(Sending sending) {
        if (waiting.remove(sending)) {
            bytesWaiting -= sending.answer.length;
        }
    }

    /** An answer that is sent piece by piece. */
    private static final class Sending implements WriteListener {
        private final Context context;
        private final byte[] answer;
        private final @Nullable LongAnswers counted;
        private final ServletOutputStream out;
        private final CompletableFuture<Void> sent = new CompletableFuture<>();
        private int written;

        /** @param counted where it counts while it waits; null if nothing is held for it alone */
        Sending(Context context, byte[] answer, @Nullable LongAnswers counted) throws IOException {
            this.context = context;
            this.answer = answer;
            this.counted = counted;
            out = context.res().getOutputStream();
        }

        void begin() {
            context.res().setContentLength(answer.length);
            context.future(() -> {
                out.setWriteListener(this);
                return sent;
            });
        }

        @Override
        public void onWritePossible() throws IOException {
            write().forEach(Sending::giveUp);
        }

        /** May be called again before it returns, by another thread; those that wait too long beside it. */
        private synchronized List<Sending> write() throws IOException {
            waitsNoMore();
            while (out.isReady()) {
                if (written == answer.length) {
                    sent.complete(null);
                    return List.of();
                }
                int length = Math.min(PIECE, answer.length - written);
                out.write(answer, written, length);
                written += length;
            }
            return counted == null ? List.of() : counted.waits(this);
        }

        @Override
        public void onError(Throwable failure) {
            LOG.debug("The caller closed the connection, or has not read for too long", failure);
            waitsNoMore();
            sent.complete(null);
        }

        private void waitsNoMore() {
            if (counted != null) {
                counted.waitsNoMore(this);
            }
        }

        private void giveUp() {
            ServletContextRequest.getServletContextRequest(context.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        }
    }
}
