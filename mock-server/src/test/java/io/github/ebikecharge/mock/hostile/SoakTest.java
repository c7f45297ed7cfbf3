package io.github.ebikecharge.mock.hostile;

import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The short form of the benchmark {@code soak}: whether the mock grows with what it has answered. */
@EnabledOnOs(OS.LINUX) // asks /proc
class SoakTest {
    private static final int CONNECTIONS = 4;
    /** On one connection, before a fresh one takes its place. */
    private static final int KEPT_ALIVE = 50;

    private static final int WARM_UP = 8_000;
    private static final int REQUESTS = 12_000;
    /** A hundred bytes of each request would be twice as many. */
    private static final long MOST_GROWTH = REQUESTS * 50L;

    private static final int SESSIONS = 64;

    /** What a process holds. */
    private record Held(Map<String, Long> threads, long descriptors, long bytes) {
        static Held by(MockProcess mock) throws IOException {
            long bytes = mock.bytesInUse();
            return new Held(mock.threads(), mock.descriptors(), bytes);
        }
    }

    @Test
    void doesNotGrowWithTheRequestsThatItHasAnswered(@TempDir Path directory) throws Exception {
        List<byte[]> requests =
                IntStream.range(0, SESSIONS).mapToObj(SoakTest::confirm).toList();
        // room for all that is kept, long before the warm-up ends
        try (MockProcess mock = new MockProcess(directory.resolve("log"), List.of("--set", "journal_size=100"))) {
            send(mock, requests, WARM_UP);
            Held before = Held.by(mock);

            send(mock, requests, REQUESTS);

            Held after = mock.until(() -> {
                Held held = Held.by(mock);
                return held.descriptors <= before.descriptors ? held : null;
            });
            System.out.printf("Soak: %d confirms; before %s, after %s%n", REQUESTS, before, after);
            after.threads.forEach((name, count) -> assertThat(count)
                    .as("threads %s", name)
                    .isLessThanOrEqualTo(before.threads.getOrDefault(name, 0L)));
            assertThat(after.bytes - before.bytes).as("bytes that stay in use").isLessThan(MOST_GROWTH);
        }
    }

    private static byte[] confirm(int number) {
        byte[] body =
                ("{\"appid\":\"wx47c677487ce3ac47\",\"sub_mchid\":\"1900000109\",\"sub_appid\":\"wxcc603d9f0d54eaf0\","
                                + "\"charge_info\":{\"start_time\":\"2026-11-24T12:00:00+08:00\",\"charging_station_name\":\"A\","
                                + "\"charging_gun_number\":\"1\",\"device_id\":\"" + number + "\"}}")
                        .getBytes(UTF_8);
        String target = "/v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm";
        var merchant = DemoKeys.load().merchant();
        String authorization = new Signer(merchant.serialNo(), merchant.privateKey(), Clock.systemUTC())
                .signRequest(merchant.mchid(), "POST", target, body)
                .toHeaderValue();
        return ("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: soak\r\nAccept: */*\r\nAuthorization: "
                        + authorization + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n" + new String(body, UTF_8))
                .getBytes(UTF_8);
    }

    private static void send(MockProcess mock, List<byte[]> requests, int count) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            Callable<Integer> caller = () -> {
                int answered = 0;
                while (answered < count / CONNECTIONS) {
                    answered += onOneConnection(mock, requests);
                }
                return answered;
            };
            List<Callable<Integer>> all = new ArrayList<>();
            IntStream.range(0, CONNECTIONS).forEach(i -> all.add(caller));
            for (Future<Integer> answered : callers.invokeAll(all)) {
                assertThat(answered.get()).isGreaterThanOrEqualTo(count / CONNECTIONS);
            }
        } finally {
            callers.shutdown();
        }
    }

    private static int onOneConnection(MockProcess mock, List<byte[]> requests) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), mock.baseUrl().getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < KEPT_ALIVE; i++) {
                socket.getOutputStream().write(requests.get(i % SESSIONS));
                assertThat(line(in)).startsWith("HTTP/1.1 200");
                int length = 0;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    if (header.startsWith("Content-Length: ")) {
                        length = Integer.parseInt(header.substring(header.indexOf(' ') + 1));
                    }
                }
                in.skipNBytes(length);
            }
        }
        return KEPT_ALIVE;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
