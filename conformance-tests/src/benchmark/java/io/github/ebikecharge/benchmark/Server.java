package io.github.ebikecharge.benchmark;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A server in a process of its own, and what the operating system says of it. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long POLL_NANOS = 500_000;

    private final Process process;
    private final InetSocketAddress address;
    private final Duration startup;

    private Server(Process process, InetSocketAddress address, Duration startup) {
        this.process = process;
        this.address = address;
        this.startup = startup;
    }

    /** What a process holds. */
    record Figures(long residentKilobytes, int threads, int descriptors) {}

    /**
     * Starts it and waits for its first answer.
     *
     * @param command by port
     * @param request answered with 200
     * @throws IOException if it ends, answers otherwise, or not within a minute
     */
    static Server start(String name, IntFunction<List<String>> command, Map<String, String> variables, byte[] request)
            throws IOException {
        Path log = Environment.OUTPUT.resolve(name + ".log");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        ProcessBuilder builder = new ProcessBuilder(command.apply(address.getPort()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        long begun = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            while (!answers(address, request)) {
                if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IOException("%s does not listen, see %s".formatted(name, log.toAbsolutePath()));
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        return new Server(process, address, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether it listens. */
    private static boolean answers(InetSocketAddress address, byte[] request) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request);
            String answer = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            if (!answer.equals("HTTP/1.1 200")) {
                throw new IOException("The first answer began with " + answer);
            }
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** From the start of the process to the first answer. */
    Duration startup() {
        return startup;
    }

    /** Time on a processor since the start, to 10 ms. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** @throws IOException where there is no {@code /proc} */
    Figures figures() throws IOException {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        if (!Files.isDirectory(proc)) {
            throw new IOException("Memory, threads and descriptors are read from /proc: on Linux only");
        }
        List<String> status = Files.readAllLines(proc.resolve("status"));
        try (var descriptors = Files.list(proc.resolve("fd"))) {
            return new Figures(number(status, "VmRSS:"), (int) number(status, "Threads:"), (int) descriptors.count());
        }
    }

    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
