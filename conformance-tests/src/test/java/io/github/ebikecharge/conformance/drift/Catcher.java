package io.github.ebikecharge.conformance.drift;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs what has to catch a drift: one test method, of any module. */
final class Catcher {
    private static final String KIT = "kit ";
    private static final String KIT_AGAINST_THE_MOCK = "conformance-tests ConformanceKitTest#passesTheMock";
    private static final Launcher LAUNCHER = LauncherFactory.create(LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build());

    private Catcher() {}

    /** The test behind a {@code caught by}. */
    static String test(String caughtBy) {
        return caughtBy.startsWith(KIT) ? KIT_AGAINST_THE_MOCK : caughtBy;
    }

    /** What the test said against the classes of {@code overlay}; nothing if it passed. */
    static List<String> complaints(String caughtBy, Overlay overlay) throws IOException {
        List<Throwable> failures = failures(test(caughtBy), overlay);
        for (Throwable failure : failures) {
            if (failure instanceof LinkageError || failure instanceof ReflectiveOperationException) {
                throw new AssertionError(caughtBy + " could not run", failure);
            }
        }
        return failures.stream()
                .map(failure -> String.valueOf(failure.getMessage()))
                .filter(message -> names(message, caughtBy))
                .toList();
    }

    /** Of the kit's many checks it has to be the one of the list; a rule that is only assumed gets a warning. */
    private static boolean names(String message, String caughtBy) {
        if (!caughtBy.startsWith(KIT)) {
            return true;
        }
        String check = Pattern.quote(caughtBy.substring(KIT.length()));
        return Pattern.compile("[✗!] " + check + "\\b(?!-)").matcher(message).find();
    }

    private static List<Throwable> failures(String test, Overlay overlay) throws IOException {
        var listener = new SummaryGeneratingListener();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(overlay);
        try {
            LAUNCHER.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectors(test, overlay))
                            .build(),
                    listener);
        } finally {
            thread.setContextClassLoader(before);
        }
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsStartedCount() == 0 && summary.getTotalFailureCount() == 0) {
            throw new AssertionError("There is no test to run in " + test);
        }
        return summary.getFailures().stream()
                .map(TestExecutionSummary.Failure::getException)
                .toList();
    }

    private static List<DiscoverySelector> selectors(String test, Overlay overlay) throws IOException {
        String[] parts = test.split("[ #]", 3);
        Class<?> type = load(parts[0], parts[1], overlay);
        List<DiscoverySelector> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> parts.length == 3 && method.getName().equals(parts[2]))
                .map((Method method) -> (DiscoverySelector) DiscoverySelectors.selectMethod(type, method))
                .toList();
        if (methods.isEmpty()) {
            throw new AssertionError("There is no such test: " + test);
        }
        return methods;
    }

    private static Class<?> load(String module, String simpleName, Overlay overlay) throws IOException {
        Path classes = Path.of("..", module, "target", "test-classes");
        try (Stream<Path> files = Files.walk(classes)) {
            Path file = files.filter(path -> path.endsWith(simpleName + ".class"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "There is no %s among the compiled tests of %s".formatted(simpleName, module)));
            String name = classes.relativize(file).toString().replace('/', '.');
            return overlay.loadClass(name.substring(0, name.length() - ".class".length()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
