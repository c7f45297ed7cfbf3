package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Mock and client in one JVM, over the loopback interface, one call after the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LocalCalls {
    private final MockWechatPayServer mock = MockWechatPayServer.start();
    private final EbikeChargeClient client = EbikeChargeClient.builder()
            .baseUrl(mock.baseUrl())
            .merchant(mock.merchant())
            .platformTrust(PlatformTrust.publicKey(mock.publicKeyId(), mock.publicKey()))
            .build();
    private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
    private final AnswerEnd end = new AnswerEnd();
    private final byte[] refused = Requests.unsigned(1).get(0);
    private byte[] repeated = Requests.signed(1).get(0);

    @SuppressWarnings("NullAway.Init")
    private SocketChannel channel;

    /** Anew for each iteration: signatures and idle connections grow old. */
    @Setup(Level.Iteration)
    public void connect() throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), mock.baseUrl().getPort()));
        repeated = Requests.signed(1).get(0);
    }

    @TearDown(Level.Iteration)
    public void disconnect() throws IOException {
        channel.close();
    }

    @TearDown
    public void close() {
        client.close();
        mock.close();
    }

    /** The mock's whole way of a request whose signature verifies: the same one again and again, the same token. */
    @Benchmark
    public int mockVerifiesAndSigns() throws IOException {
        return exchange(repeated);
    }

    /** The mock without crypto: HTTP, the checks of the parameters, the journal. */
    @Benchmark
    public int mockRefusesUnsigned() throws IOException {
        return exchange(refused);
    }

    /** Both sides of a call. */
    @Benchmark
    public ConfirmChargeResponse clientConfirms() {
        return client.confirmCharge(Requests.CONTRACT_ID, Requests.session());
    }

    private int exchange(byte[] request) throws IOException {
        answer.clear();
        end.reset();
        channel.write(ByteBuffer.wrap(request));
        do {
            if (channel.read(answer) < 0) {
                throw new IOException("The mock closed the connection");
            }
        } while (!end.isIn(answer.array(), answer.position()));
        return answer.position();
    }
}
