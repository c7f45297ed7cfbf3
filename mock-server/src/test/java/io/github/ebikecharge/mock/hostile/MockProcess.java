package io.github.ebikecharge.mock.hostile;

import io.github.ebikecharge.mock.cli.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The mock as users run it: a JVM of its own, with its log in a file, and what the operating system says of it. */
public final class MockProcess implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Pattern LISTENS = Pattern.compile("listening on (\\S+)");
    /** Threads that the JDK starts and ends as it likes. */
    private static final Pattern OF_THE_JDK = Pattern.compile(
            "C[12] Compiler.*|G1 .*|GC Thread.*|VM .*|Signal Disp.*|Attach.*|Common-Cleaner|Monitor.*|ForkJoinPool.*|CompletableFutu.*");

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    private static final String ENDED = "VM ended it";

    private final Process process;
    private final Path log;
    private final URI baseUrl;

    /** Starts {@code serve} with these options. */
    public MockProcess(Path log, List<String> options) throws IOException {
        this.log = log;
        List<String> command = Stream.of(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--port",
                                "0"),
                        options)
                .flatMap(List::stream)
                .toList();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        baseUrl = URI.create(until(() -> {
            Matcher listens = LISTENS.matcher(Files.readString(log, UTF_8));
            return listens.find() ? listens.group(1) : null;
        }));
    }

    /** What is asked until it says something. */
    @FunctionalInterface
    interface Question<T> {
        @Nullable
        T ask() throws IOException;
    }

    <T> T until(Question<T> question) throws IOException {
        long begun = System.nanoTime();
        for (T answer = question.ask(); ; answer = question.ask()) {
            if (answer != null) {
                return answer;
            }
            if (!process.isAlive() || System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IOException("The mock does not come to it: " + Files.readString(log, UTF_8));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public List<String> log() throws IOException {
        return Files.readAllLines(log, UTF_8);
    }

    /** Threads by name, without those of the JDK. */
    Map<String, Long> threads() throws IOException {
        Map<String, Long> threads = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(proc("task"))) {
            for (Path task : tasks.toList()) {
                String name = name(task);
                if (!OF_THE_JDK.matcher(name).matches()) {
                    threads.merge(name.replaceAll("[-#0-9]+$", ""), 1L, Long::sum);
                }
            }
        }
        return threads;
    }

    private static String name(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm"), UTF_8).strip();
        } catch (NoSuchFileException e) {
            return ENDED;
        }
    }

    /** How many descriptors are open. */
    long descriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(proc("fd"))) {
            return descriptors.count();
        }
    }

    /** How many bytes of objects are in use, once those that are not have been collected. */
    long bytesInUse() throws IOException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(histogram.getInputStream().readAllBytes(), UTF_8);
        Matcher total = TOTAL.matcher(printed);
        if (!total.find()) {
            throw new IOException("jcmd says: " + printed);
        }
        return Long.parseLong(total.group(1));
    }

    private Path proc(String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
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
