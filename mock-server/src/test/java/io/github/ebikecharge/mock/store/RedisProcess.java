package io.github.ebikecharge.mock.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Debian's {@code redis-server} on a free port, which loses nothing when it is started again. */
public final class RedisProcess implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path directory;
    private final String password;
    private final int port;
    private Process process;

    /** Asks nobody for a password. */
    public RedisProcess(Path directory) throws IOException {
        this(directory, "");
    }

    RedisProcess(Path directory, String password) throws IOException {
        this.directory = directory;
        this.password = password;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException {
        Path log = directory.resolve("redis.log");
        process = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--dir",
                        directory.toString(),
                        "--requirepass",
                        password)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long begun = System.nanoTime();
        while (!pings()) {
            if (!process.isAlive() || System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IOException("redis-server does not answer: " + Files.readString(log, UTF_8));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean pings() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(5), UTF_8)
                    .equals(password.isEmpty() ? "+PONG" : "-NOAU");
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "redis://%s127.0.0.1:%d".formatted(password.isEmpty() ? "" : ":" + password + "@", port);
    }

    /** Ends it, as {@code kill -9} would. */
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    /** Takes away what it would read when it is started. */
    void forget() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("appendonlydir"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Lets it answer nothing, with its connections open. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill says " + code);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
