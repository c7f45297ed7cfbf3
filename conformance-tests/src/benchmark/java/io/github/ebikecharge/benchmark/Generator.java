package io.github.ebikecharge.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Sends prepared requests over keep-alive connections from one thread, the next on each as soon as the former is answered. Of an
 * answer it looks at the status and for the end, no more: the processors belong to the server.
 */
final class Generator {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int SAMPLES = 25;

    private final String expected;
    private final Iterator<byte[]> requests;
    private final long[] latencies;
    private final List<byte[]> samples = new ArrayList<>();
    private int answered;

    private Generator(String expected, Iterator<byte[]> requests, int count) {
        this.expected = expected;
        this.requests = requests;
        this.latencies = new long[count];
    }

    /**
     * What came of it.
     *
     * @param p50Millis milliseconds within which half of the requests were answered
     * @param p99Millis the same of 99 %
     * @param samples whole answers, from the whole of the time
     */
    record Sent(int count, long nanos, double p50Millis, double p99Millis, List<byte[]> samples) {
        double perSecond() {
            return count * 1e9 / nanos;
        }
    }

    /**
     * Sends all of them.
     *
     * @param status the one that all answers have to have
     * @throws IOException if an answer has another status, none comes for 30 s, or the server closes a connection
     */
    static Sent send(InetSocketAddress address, List<byte[]> requests, int connections, int status) throws IOException {
        Generator generator = new Generator("HTTP/1.1 " + status + ' ', requests.iterator(), requests.size());
        return generator.send(address, connections);
    }

    private Sent send(InetSocketAddress address, int connections) throws IOException {
        List<Connection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                open.add(new Connection(channel));
                channel.register(selector, SelectionKey.OP_READ, open.get(i));
            }
            long begun = System.nanoTime();
            for (Connection connection : open) {
                connection.sendNext();
            }
            while (answered < latencies.length) {
                if (selector.select(key -> ((Connection) key.attachment()).readable = true, PATIENCE_MILLIS) == 0) {
                    throw new IOException("No answer for 30 s; %d had come".formatted(answered));
                }
                for (Connection connection : open) {
                    if (connection.readable) {
                        connection.readable = false;
                        connection.read();
                    }
                }
            }
            long nanos = System.nanoTime() - begun;
            Arrays.sort(latencies);
            return new Sent(latencies.length, nanos, percentileMillis(0.5), percentileMillis(0.99), samples);
        } finally {
            for (Connection connection : open) {
                connection.channel.close();
            }
        }
    }

    private double percentileMillis(double share) {
        return latencies[(int) (share * (latencies.length - 1))] / 1e6;
    }

    /** One request under way. */
    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
        private final AnswerEnd end = new AnswerEnd();
        private long sentAt;
        private boolean readable;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void sendNext() throws IOException {
            if (!requests.hasNext()) {
                return;
            }
            ByteBuffer request = ByteBuffer.wrap(requests.next());
            answer.clear();
            end.reset();
            sentAt = System.nanoTime();
            while (request.hasRemaining()) {
                channel.write(request); // a kilobyte fits the socket's buffer
            }
        }

        void read() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("The server closed a connection; %d answers had come".formatted(answered));
            }
            if (!end.isIn(answer.array(), answer.position())) {
                return;
            }
            latencies[answered] = System.nanoTime() - sentAt;
            if (!new String(answer.array(), 0, expected.length(), ISO_8859_1).equals(expected)) {
                throw new IOException("Not %s, but: %s"
                        .formatted(expected, new String(answer.array(), 0, answer.position(), ISO_8859_1)));
            }
            if (answered % Math.max(1, latencies.length / SAMPLES) == 0) {
                samples.add(Arrays.copyOf(answer.array(), answer.position()));
            }
            answered++;
            sendNext();
        }
    }
}
