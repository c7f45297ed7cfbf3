package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UnsignedRequests;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.ebikecharge.mock.ConfirmCall.confirm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Test classes that use the extension, run as JUnit runs them. */
class MockWechatPayExtensionTest {
    private static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";
    private static final Set<URI> ADDRESSES = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void forgetAddresses() {
        ADDRESSES.clear();
    }

    private static void assertPasses(int tests, Class<?>... testClasses) {
        JunitRun.of(testClasses)
                .testEvents()
                .assertStatistics(outcome -> outcome.succeeded(tests).failed(0));
    }

    private static void call(EbikeChargeClient client) {
        assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                        .chargingToken())
                .hasSize(20);
    }

    private static void assertRefused(EbikeChargeClient client, String code) {
        assertThatThrownBy(() -> call(client))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.code()).hasValue(code));
    }

    @Test
    void fillsParametersAndFields() {
        assertPasses(2, Filled.class);
    }

    @MockWechatPay
    @SuppressWarnings("NullAway.Init") // filled by the extension
    static class Filled {
        private static MockWechatPayServer ofTheClass;
        private MockWechatPayServer ofTheTest;
        private EbikeChargeClient client;

        Filled(MockWechatPayServer constructed) {
            assertThat(constructed).isNotNull();
        }

        @Test
        void isTheSameEverywhere(MockWechatPayServer parameter, EbikeChargeClient clientParameter) {
            assertThat(parameter).isSameAs(ofTheClass).isSameAs(ofTheTest);
            assertThat(clientParameter).isSameAs(client);
        }

        @Test
        void hasAClientThatGoesByTheClockOfTheMock() {
            ofTheTest.clock().advance(Duration.ofDays(2));

            call(client);
        }
    }

    @Test
    void startsEachTestAnew() {
        assertPasses(3, Reset.class);
    }

    @MockWechatPay
    static class Reset {
        @Test
        void countsOneCall(MockWechatPayServer wechatPay, EbikeChargeClient client) {
            call(client);
            wechatPay.verify(confirm(), 1);
            wechatPay.given(confirm()).answers(FaultKind.NO_AUTH);
        }

        @Test
        void countsOneCallAgain(MockWechatPayServer wechatPay, EbikeChargeClient client) {
            countsOneCall(wechatPay, client);
        }

        @Test
        void countsOneCallOnceMore(MockWechatPayServer wechatPay, EbikeChargeClient client) {
            countsOneCall(wechatPay, client);
        }
    }

    @Test
    void playsFaultsAndScenariosOfMethodAndClass() {
        assertPasses(5, Steered.class, SteeredAsAClass.class);
    }

    @MockWechatPay
    static class Steered {
        @Test
        @WithFault(kind = FaultKind.SYSTEM_ERROR, count = 2)
        @WithFault(kind = FaultKind.NO_AUTH, contractId = CONTRACT_ID, count = 0)
        void strikesAsOftenAsItSays(EbikeChargeClient client) {
            assertRefused(client, "SYSTEM_ERROR");
            assertRefused(client, "SYSTEM_ERROR");
            assertRefused(client, "NO_AUTH");
            assertRefused(client, "NO_AUTH");
        }

        @Test
        @WithScenarios("busy.yaml")
        void playsTheFile(EbikeChargeClient client) {
            assertRefused(client, "RULE_LIMIT");
            call(client);
        }
    }

    @MockWechatPay
    @WithScenarios("/io/github/ebikecharge/mock/junit/busy.yaml")
    @WithFault(kind = FaultKind.NO_AUTH)
    static class SteeredAsAClass {
        @Test
        void playsTheScenariosBeforeTheFaults(EbikeChargeClient client) {
            assertRefused(client, "RULE_LIMIT");
        }

        @Nested
        @WithFault(kind = FaultKind.SYSTEM_ERROR)
        class Inside {
            @Test
            void playsThoseOfTheClassAround(EbikeChargeClient client) {
                assertRefused(client, "RULE_LIMIT");
            }

            @Test
            void suffersTheFaultsOfTheClassAroundFirst(MockWechatPayServer wechatPay) {
                assertThat(wechatPay.configuration().faults())
                        .extracting(Fault::kind)
                        .containsExactly(FaultKind.NO_AUTH, FaultKind.SYSTEM_ERROR);
            }
        }
    }

    @Test
    void saysWhichScenariosAreMissing() {
        JunitRun.assertFails(Missing.class, "has no resource missing.yaml");
    }

    @MockWechatPay
    static class Missing {
        @Test
        @WithScenarios("missing.yaml")
        void neverRuns() {
            throw new IllegalStateException("ran");
        }
    }

    @Test
    void givesEachOfTheClassesThatRunAtOnceAServer() {
        assertPasses(2, Here.class, There.class);
        assertThat(ADDRESSES).hasSize(2);
    }

    private static final CountDownLatch BOTH = new CountDownLatch(2);

    private static void meet(MockWechatPayServer wechatPay, EbikeChargeClient client) throws InterruptedException {
        ADDRESSES.add(wechatPay.baseUrl());
        call(client);
        BOTH.countDown();
        assertThat(BOTH.await(30, TimeUnit.SECONDS)).as("both classes run").isTrue();
        wechatPay.verify(confirm(), 1);
    }

    @MockWechatPay
    static class Here {
        @Test
        void isAlone(MockWechatPayServer wechatPay, EbikeChargeClient client) throws InterruptedException {
            meet(wechatPay, client);
        }
    }

    @MockWechatPay
    static class There {
        @Test
        void isAlone(MockWechatPayServer wechatPay, EbikeChargeClient client) throws InterruptedException {
            meet(wechatPay, client);
        }
    }

    @Test
    void letsTheTestsOfAClassTakeTurnsAroundOneServer() {
        assertPasses(9, Crowded.class);
        assertThat(ADDRESSES).hasSize(1);
    }

    @MockWechatPay
    static class Crowded {
        private static final AtomicInteger INSIDE = new AtomicInteger();

        static class Turn {
            @RepeatedTest(3)
            void isAlone(MockWechatPayServer wechatPay, EbikeChargeClient client) {
                ADDRESSES.add(wechatPay.baseUrl());
                assertThat(INSIDE.incrementAndGet()).isOne();
                call(client);
                wechatPay.verify(confirm(), 1);
                INSIDE.decrementAndGet();
            }
        }

        @Nested
        class First extends Turn {}

        @Nested
        class Second extends Turn {}

        @Nested
        class Third extends Turn {}
    }

    @Test
    void stopsTheServerAfterTheLastTest() {
        assertPasses(1, Configured.class);

        assertThat(ADDRESSES)
                .hasSize(1)
                .allSatisfy(address -> assertThatThrownBy(
                                () -> new Socket(address.getHost(), address.getPort()).close())
                        .isInstanceOf(ConnectException.class));
    }

    static class Configured {
        @RegisterExtension
        static final MockWechatPayExtension MOCK = new MockWechatPayExtension(mock -> mock.configuration(
                MockConfiguration.builder().unsigned(UnsignedRequests.ALLOW).build()));

        @Test
        void hasItsSettings(MockWechatPayServer wechatPay) {
            ADDRESSES.add(wechatPay.baseUrl());
            assertThat(wechatPay.configuration().unsigned()).isEqualTo(UnsignedRequests.ALLOW);
        }
    }
}
