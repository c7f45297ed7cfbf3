package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.mock.MockWechatPayServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets which mock, and what is said to those who would get in each other's way. */
class SharedMockTest {
    @Test
    void startsAnotherServerWhenAClassRunsAgain() {
        for (int run = 0; run < 2; run++) {
            JunitRun.of(Again.class).testEvents().assertStatistics(outcome -> outcome.succeeded(1));
        }
    }

    @MockWechatPay
    @SuppressWarnings("NullAway.Init") // filled by the extension
    static class Again {
        private static MockWechatPayServer ofTheClass;

        @Test
        void isTheServerOfThisRun(MockWechatPayServer parameter) {
            assertThat(ofTheClass).isSameAs(parameter);
        }
    }

    @Test
    void takesEitherTheAnnotationOrTheField() {
        JunitRun.assertFails(Both.class, "both @MockWechatPay and a MockWechatPayExtension");
    }

    @MockWechatPay
    static class Both {
        @RegisterExtension
        static final MockWechatPayExtension MOCK = new MockWechatPayExtension(mock -> {});

        @Test
        void neverRuns() {
            throw new IllegalStateException("ran");
        }
    }

    @Test
    void saysThatTestsWhichShareAMockRunAtTheSameTime() {
        Events tests = JunitRun.of(Parallel.class).testEvents();

        tests.assertStatistics(outcome -> outcome.succeeded(1).failed(1));
        tests.failed()
                .assertThatEvents()
                .allSatisfy(event -> assertThat(event.toString()).contains("Let them take turns", "SAME_THREAD"));
    }

    private static final CountDownLatch REFUSED = new CountDownLatch(1);

    static class Parallel {
        @RegisterExtension
        static final MockWechatPayExtension MOCK = new MockWechatPayExtension(mock -> {});

        /** Whoever is refused lets the other end. */
        @RegisterExtension
        static final AfterEachCallback LAST = context -> {
            if (context.getExecutionException().isPresent()) {
                REFUSED.countDown();
            }
        };

        @RepeatedTest(2)
        void waitsForTheOther() throws InterruptedException {
            assertThat(REFUSED.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
