package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.benchmark.Environment.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The parts of a call, by JMH. */
@Command(name = "wire", description = "JMH: signatures, headers, messages; the mock and the client in one JVM.")
final class WireBenchmark extends Main.Benchmark {
    @Option(names = "--only", description = "Regular expression of the benchmarks to run (default: all).")
    private String only = "WireParts|LocalCalls";

    @Option(names = "--iterations", description = "After as many to warm up (default: ${DEFAULT-VALUE}).")
    private int iterations = 5;

    @Option(names = "--millis", description = "Length of an iteration (default: ${DEFAULT-VALUE}).")
    private int millis = 1000;

    @Override
    void measure(Environment environment) throws IOException, InterruptedException, RunnerException {
        Report report = new Report("wire", "part", "JDK", "RSA", "÷ openssl", "µs", "± µs", "bytes");
        OpenSsl limit = OpenSsl.measure();
        double limitMicros = 1e6 / limit.one();
        for (Jdk jdk : environment.jdks()) {
            for (String provider : new String[] {"accp", "jdk"}) {
                for (RunResult result : run(jdk, provider)) {
                    Result<?> time = result.getPrimaryResult();
                    Result<?> allocation = result.getSecondaryResults().get("gc.alloc.rate.norm");
                    report.row(
                            result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"),
                            jdk.name(),
                            provider,
                            Report.number("%.3f", time.getScore() / limitMicros),
                            Report.number("%.3f", time.getScore()),
                            Report.number("%.3f", time.getScoreError()),
                            allocation == null ? "" : Report.number("%.0f", allocation.getScore()));
                }
            }
        }
        report.note("÷ openssl: as a share of one RSA-2048 signature and one verification by %s, %s µs."
                .formatted(OpenSsl.version(), Report.number("%.0f", limitMicros)));
        report.write();
    }

    private Collection<RunResult> run(Jdk jdk, String provider) throws RunnerException {
        Path log = Environment.OUTPUT.resolve("wire-%s-%s.log".formatted(jdk.name(), provider));
        TimeValue time = TimeValue.milliseconds(millis);
        return new Runner(new OptionsBuilder()
                        .include(only)
                        .jvm(jdk.java())
                        .jvmArgs(
                                "-Debike-charge.rsa-provider=" + provider,
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                        .forks(1)
                        .warmupIterations(iterations)
                        .warmupTime(time)
                        .measurementIterations(iterations)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .output(log.toString())
                        .shouldFailOnError(true)
                        .build())
                .run();
    }
}
