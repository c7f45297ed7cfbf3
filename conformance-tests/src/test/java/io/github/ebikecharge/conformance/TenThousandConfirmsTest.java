package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.ClientCall;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many calls, one in a hundred answered with a probe, and the platform certificate replaced in the middle. */
class TenThousandConfirmsTest {
    private static final int CALLS = 10_000;
    /** With this one no two probes follow one another: WeChat Pay does not probe a repeat. */
    private static final long SEED = 1;

    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final Set<Class<?>> failures = ConcurrentHashMap.newKeySet();
    private final Set<String> serials = ConcurrentHashMap.newKeySet();

    @Test
    void allSucceedAndNoneUnverified() {
        try (MockWechatPayServer wechatPay = MockWechatPayServer.start();
                EbikeChargeClient client = EbikeChargeClient.builder()
                        .baseUrl(wechatPay.baseUrl())
                        .merchant(wechatPay.merchant())
                        .platformTrust(PlatformTrust.downloadedCertificates(wechatPay.apiV3Key()))
                        .retryPolicy(RetryPolicy.cautious().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
                        .listener(new Counting())
                        .build()) {
            wechatPay.configure(probing(RotationStage.NOT_STARTED));
            for (int call = 0; call < CALLS; call++) {
                if (call == CALLS / 2) {
                    wechatPay.configure(probing(RotationStage.SHIFTING));
                }
                assertThat(client.confirmCharge(OfficialSdk.CONTRACT_ID, ConfirmChargeRequest.example())
                                .chargingToken())
                        .isNotEmpty();
            }
        }

        assertThat(repeats.get()).isEqualTo(probes.get()).isBetween(50, 200);
        assertThat(failures).containsExactly(ResponseValidationException.class);
        assertThat(serials).as("certificates that signed").hasSize(2);
    }

    private static MockConfiguration probing(RotationStage stage) {
        return MockConfiguration.builder()
                .faults(List.of(Fault.builder()
                        .kind(FaultKind.SIGNATURE_PROBE)
                        .rate(0.01)
                        .seed(SEED)
                        .build()))
                .platformKeys(PlatformKeySettings.builder()
                        .rotation(Rotation.builder().stage(stage).newShare(0.5).build())
                        .build())
                .build();
    }

    private final class Counting implements ClientListener {
        @Override
        public void exchanged(ClientCall call, Exchange exchange) {
            serials.add(exchange.responseHeaders().get("Wechatpay-Serial"));
            if (exchange.responseHeaders().get("Wechatpay-Signature").startsWith("WECHATPAY/SIGNTEST/")) {
                probes.incrementAndGet();
            }
        }

        @Override
        public void repeating(ClientCall call, EbikeChargeException failure, Duration delay) {
            repeats.incrementAndGet();
            failures.add(failure.getClass());
        }
    }
}
