package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.api.wire.SignatureVerificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mvn -q -Pbenchmark package -Dbenchmark=NAME}. */
@Command(
        name = "benchmark",
        description = "Measures mock and client beside OpenSSL, WireMock and the official SDK, and prints ratios.",
        mixinStandardHelpOptions = true,
        subcommands = {
            LoadBenchmark.class,
            SoakBenchmark.class,
            SlowBenchmark.class,
            StartupBenchmark.class,
            MemoryBenchmark.class,
            ClientBenchmark.class,
            WireBenchmark.class
        })
final class Main implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        Files.createDirectories(Environment.OUTPUT);
        Files.writeString(
                Environment.OUTPUT.resolve("again"),
                "-cp \"%s\" %s%n".formatted(System.getProperty("java.class.path"), Main.class.getName()));
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((exception, command, result) -> {
                    command.getErr().println(exception);
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which benchmark?");
    }

    @Command(name = "all", description = "All but soak, one after the other, as they are without options.")
    int all(@Mixin Environment environment)
            throws IOException, InterruptedException, SignatureVerificationException, RunnerException {
        for (Benchmark benchmark : List.of(
                new StartupBenchmark(),
                new LoadBenchmark(),
                new SlowBenchmark(),
                new ClientBenchmark(),
                new WireBenchmark(),
                new MemoryBenchmark())) {
            benchmark.measure(environment);
        }
        return 0;
    }

    /** One benchmark. */
    @Command(mixinStandardHelpOptions = true)
    abstract static class Benchmark implements Callable<Integer> {
        @Mixin
        private final Environment environment = new Environment();

        @Override
        public final Integer call() throws Exception {
            measure(environment);
            return 0;
        }

        abstract void measure(Environment environment)
                throws IOException, InterruptedException, SignatureVerificationException, RunnerException;
    }
}
