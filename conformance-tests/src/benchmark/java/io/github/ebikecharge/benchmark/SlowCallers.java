package io.github.ebikecharge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Callers that send a byte now and then: the first half of their headers, the other half of a body. In the place of each that
 * the server turns out comes another, so that there are always as many.
 */
final class SlowCallers implements AutoCloseable {
    private static final int SLICES = 50;
    private static final byte[] HEAD =
            "POST /v3/ebike/charge/contracts/slow/confirm HTTP/1.1\r\nHost: 127.0.0.1\r\n".getBytes(ISO_8859_1);
    private static final byte[] HEADER_BEGUN = "X-Slow: ".getBytes(ISO_8859_1);
    private static final byte[] BODY_BEGUN =
            "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{".getBytes(ISO_8859_1);

    private final InetSocketAddress address;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer read = ByteBuffer.allocate(4096);
    private final AtomicInteger turnedOut = new AtomicInteger();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "slow-callers"));
    private final Future<?> sending;
    private int slice;

    /** Has connected all of them when it returns; each then sends a byte every so often. */
    SlowCallers(InetSocketAddress address, int count, int everyMillis) throws IOException {
        this.address = address;
        for (int i = 0; i < count; i++) {
            channels.add(connect(i));
        }
        sending = timer.scheduleAtFixedRate(this::sendSlice, 0, everyMillis * 1000L / SLICES, TimeUnit.MICROSECONDS);
    }

    private SocketChannel connect(int number) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.write(ByteBuffer.wrap(HEAD));
        channel.write(ByteBuffer.wrap(number % 2 == 0 ? HEADER_BEGUN : BODY_BEGUN));
        channel.configureBlocking(false);
        return channel;
    }

    private void sendSlice() {
        for (int i = slice; i < channels.size(); i += SLICES) {
            SocketChannel channel = channels.get(i);
            if (!sendByte(channel)) {
                turnedOut.incrementAndGet();
                channels.set(i, reconnect(i, channel));
            }
        }
        slice = (slice + 1) % SLICES;
    }

    /** Whether the server still listens to it. */
    private boolean sendByte(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {'a'}));
            return channel.read(read.clear()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private SocketChannel reconnect(int number, SocketChannel old) {
        try {
            old.close();
            return connect(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many the server has answered or closed. */
    int turnedOut() {
        return turnedOut.get();
    }

    /** @throws IOException if there were fewer callers than there should have been */
    @Override
    public void close() throws IOException {
        timer.shutdown(); // not now: an interrupt would break off what is being sent
        try {
            if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("The slow callers hang");
            }
            if (!sending.isCancelled()) {
                sending.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("The slow callers gave up", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }
}
