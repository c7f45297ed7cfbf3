package io.github.ebikecharge.mock.junit;

import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/** Runs test classes as JUnit does that runs them in parallel. */
final class JunitRun {
    private JunitRun() {}

    static EngineExecutionResults of(Class<?>... testClasses) {
        var request = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> testClass : testClasses) {
            request.selectors(selectClass(testClass));
        }
        return request.execute();
    }

    /** One test, or one class, fails, and says this. */
    static void assertFails(Class<?> testClass, String message) {
        assertThat(of(testClass).allEvents().failed().list())
                .hasSize(1)
                .allSatisfy(event -> assertThat(event.toString()).contains(message));
    }
}
