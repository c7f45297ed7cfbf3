package io.github.ebikecharge.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** A JVM of its own that confirms so many times, and prints what that cost it. */
final class ClientCalls {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ClientCalls() {}

    /** How is called. */
    enum Kind {
        SDK("wechatpay-java on threads"),
        THREADS("our client on threads"),
        VIRTUAL_THREADS("our client on virtual threads"),
        ASYNC("our client, asynchronous");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Of one call: time on a processor, and memory taken from the heap; and how many calls in a second. */
    record Cost(double cpuMicros, double bytes, double perSecond) {
        static Cost parse(String printed) {
            double[] figures = Arrays.stream(printed.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Cost(figures[0], figures[1], figures[2]);
        }

        static Cost median(List<Cost> costs) {
            return new Cost(median(costs, Cost::cpuMicros), median(costs, Cost::bytes), median(costs, Cost::perSecond));
        }

        private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
            return Report.median(costs.stream().map(figure::applyAsDouble).toList());
        }
    }

    /** A way to confirm many times. */
    @FunctionalInterface
    private interface Calls {
        void make(int count) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Kind kind = Kind.valueOf(args[0]);
        URI mock = URI.create(args[1]);
        int atOnce = Integer.parseInt(args[2]);
        Calls calls = calls(kind, mock, atOnce);
        calls.make(Integer.parseInt(args[3]));
        int count = Integer.parseInt(args[4]);
        long cpu = SYSTEM.getProcessCpuTime();
        long bytes = allocated();
        long begun = System.nanoTime();
        calls.make(count);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long bytesAfter = allocated();
        long cpuAfter = SYSTEM.getProcessCpuTime();
        System.out.println(
                (cpuAfter - cpu) / 1e3 / count + " " + (double) (bytesAfter - bytes) / count + " " + count / seconds);
        System.exit(0); // threads of the pools are still there, so that what they took is counted
    }

    private static Calls calls(Kind kind, URI mock, int atOnce) throws ReflectiveOperationException {
        if (kind == Kind.SDK) {
            return onThreads(Executors.newFixedThreadPool(atOnce), atOnce, new SdkCall(mock)::confirm);
        }
        DemoKeys keys = DemoKeys.load();
        EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(mock)
                .merchant(keys.merchant())
                .platformTrust(PlatformTrust.publicKey(DemoKeys.PUBLIC_KEY_ID, keys.publicKey()))
                .build();
        Runnable confirm = () -> client.confirmCharge(Requests.CONTRACT_ID, Requests.session());
        return switch (kind) {
            case THREADS -> onThreads(Executors.newFixedThreadPool(atOnce), atOnce, confirm);
            case VIRTUAL_THREADS -> onThreads(virtualThreads(), atOnce, confirm);
            case ASYNC, SDK -> count -> asynchronously(client, atOnce, count);
        };
    }

    /** There from Java 21 on; this is compiled for 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static Calls onThreads(ExecutorService threads, int atOnce, Runnable confirm) {
        return count -> {
            List<Future<?>> shares = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                int share = count / atOnce + (i < count % atOnce ? 1 : 0);
                shares.add(threads.submit(() -> {
                    for (int call = 0; call < share; call++) {
                        confirm.run();
                    }
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        };
    }

    private static void asynchronously(EbikeChargeClient client, int atOnce, int count) throws Exception {
        Semaphore places = new Semaphore(atOnce);
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.acquire();
            answers.add(client.confirmChargeAsync(Requests.CONTRACT_ID, Requests.session())
                    .whenComplete((answer, failure) -> places.release()));
        }
        for (Future<?> answer : answers) {
            answer.get();
        }
    }

    /** By all threads; before Java 21, by those that are still there. */
    private static long allocated() {
        try {
            return (long)
                    ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
        }
    }
}
