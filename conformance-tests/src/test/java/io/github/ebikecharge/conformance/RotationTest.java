package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The platform certificate is replaced under load, and nobody who downloads it in time notices. */
class RotationTest {
    private static final List<Rotation> STEPS = Stream.concat(
                    DoubleStream.of(0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1)
                            .mapToObj(share -> Rotation.builder()
                                    .stage(RotationStage.SHIFTING)
                                    .newShare(share)
                                    .build()),
                    Stream.of(Rotation.builder().stage(RotationStage.RETIRED).build()))
            .toList();
    private static final int CALLERS = 4;
    private static final int CALLS = 120;
    private static final int CALLS_A_STEP = 50;

    private final Queue<String> serials = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void noCallerWhoDownloadsNewCertificatesInTimeSeesAFailure() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (MockWechatPayServer wechatPay = MockWechatPayServer.start()) {
            assertThat(Certificates.open(wechatPay)).hasSize(1);
            rotate(wechatPay, Rotation.builder().stage(RotationStage.HANDED_OUT).build());
            assertThat(Certificates.open(wechatPay)).hasSize(2);

            load(wechatPay, callers);

            assertThat(Certificates.open(wechatPay)).hasSize(1);
            assertThat(serials).hasSize(CALLERS * CALLS);
            assertThat(serials.stream().distinct()).hasSize(2);
        } finally {
            callers.shutdownNow();
        }
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void rotate(MockWechatPayServer wechatPay, Rotation rotation) {
        wechatPay.configure(MockConfiguration.builder()
                .platformKeys(PlatformKeySettings.builder().rotation(rotation).build())
                .build());
    }

    /** Callers that trust what is handed out now; the rotation goes on while they call, and no call may fail. */
    private void load(MockWechatPayServer wechatPay, ExecutorService callers) throws Exception {
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.certificates(Certificates.open(wechatPay)))
                .listener(ClientListener.ofExchanges(exchange -> answered(wechatPay, exchange)))
                .build()) {
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                running.add(callers.submit(() -> {
                    for (int call = 0; call < CALLS; call++) {
                        client.confirmCharge(OfficialSdk.CONTRACT_ID, ConfirmChargeRequest.example());
                    }
                }));
            }
            for (Future<?> calls : running) {
                calls.get();
            }
        }
    }

    /** Takes the rotation a step on after so many answers, whatever the other callers are doing. */
    private void answered(MockWechatPayServer wechatPay, Exchange exchange) {
        serials.add(exchange.responseHeaders().get("Wechatpay-Serial"));
        int count = answers.incrementAndGet();
        if (count % CALLS_A_STEP == 0 && count / CALLS_A_STEP <= STEPS.size()) {
            rotate(wechatPay, STEPS.get(count / CALLS_A_STEP - 1));
        }
    }
}
