package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.client.TransportException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.FaultOperation;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import io.github.ebikecharge.mock.world.MockClock;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.ebikecharge.api.wire.Certificates.serialNo;
import static io.github.ebikecharge.conformance.OfficialSdk.CONTRACT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A client that downloads the platform certificates (平台证书), and keeps them fresh. */
class PlatformCertificatesTest {
    private final MockWechatPayServer wechatPay = MockWechatPayServer.start();
    private final MockClock clock = wechatPay.clock();
    private final HeardOfCertificates heard = new HeardOfCertificates();
    private final PlatformTrust downloaded = PlatformTrust.downloadedCertificates(wechatPay.apiV3Key());
    private final PlatformTrust publicKey = PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey());

    @BeforeEach
    void standStill() {
        clock.fix(clock.instant());
    }

    @AfterEach
    void stop() {
        wechatPay.close();
    }

    private EbikeChargeClient client(PlatformTrust trust) {
        return EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(trust)
                .retryPolicy(RetryPolicy.none())
                .clock(clock)
                .listener(heard)
                .build();
    }

    private static void confirm(EbikeChargeClient client) {
        assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                        .chargingToken())
                .isNotEmpty();
    }

    private static TransportException assertNotSent(EbikeChargeClient client) {
        var thrown = catchThrowableOfType(TransportException.class, () -> confirm(client));
        assertThat(thrown).hasMessageContaining("no platform certificate to verify its answer with");
        return thrown;
    }

    private void keys(PlatformKeySettings settings) {
        wechatPay.configure(MockConfiguration.builder().platformKeys(settings).build());
    }

    private void damageDownloads(FaultKind kind, int count) {
        wechatPay.inject(Fault.builder()
                .kind(kind)
                .operation(FaultOperation.LIST_CERTIFICATES)
                .count(count)
                .build());
    }

    private void rotate(RotationStage stage) {
        keys(PlatformKeySettings.builder()
                .rotation(Rotation.builder().stage(stage).newShare(1.0).build())
                .build());
    }

    @Test
    void areDownloadedOnceBeforeTheFirstCall() {
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
            confirm(client);
        }

        assertThat(heard.operations).containsExactly("confirmCharge", "listCertificates", "confirmCharge");
        String serial = serialNo(wechatPay.platformCertificates().get(0));
        assertThat(heard.confirms)
                .allSatisfy(
                        exchange -> assertThat(exchange.requestHeaders()).containsEntry("Wechatpay-Serial", serial));
    }

    @Test
    void areDownloadedOnceForManyCallsAtATime() {
        try (EbikeChargeClient client = client(downloaded)) {
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int call = 0; call < 50; call++) {
                calls.add(client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example()));
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }

        assertThat(heard.operations.stream().filter("listCertificates"::equals)).hasSize(1);
    }

    @Test
    void areDownloadedAgainWhenAnAnswerNamesANewOneWhichNeedsNoRepeat() {
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
            rotate(RotationStage.SHIFTING);
            clock.advance(Duration.ofSeconds(11));
            confirm(client);
        }

        assertThat(heard.operations)
                .containsExactly("confirmCharge", "listCertificates", "confirmCharge", "listCertificates");
        assertThat(heard.confirms).hasSize(2);
    }

    @Test
    void areNotDownloadedAgainAndAgainForASerialThatNobodyKnows() {
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
            clock.advance(Duration.ofSeconds(11));
            for (int call = 0; call < 3; call++) {
                wechatPay.inject(Fault.builder()
                        .kind(FaultKind.UNKNOWN_SERIAL)
                        .operation(FaultOperation.CONFIRM_CHARGE)
                        .count(1)
                        .build());
                assertThatThrownBy(() -> confirm(client)).isInstanceOf(ResponseValidationException.class);
            }
        }

        assertThat(heard.operations.stream().filter("listCertificates"::equals)).hasSize(2);
    }

    @Test
    void areRefreshedInTheBackgroundWhenTheirTimeIsUp() throws Exception {
        try (EbikeChargeClient client = client(downloaded.downloadedEvery(Duration.ofHours(2)))) {
            confirm(client);
            assertThat(heard.downloads.poll(30, TimeUnit.SECONDS)).hasSize(1);
            rotate(RotationStage.HANDED_OUT);
            clock.advance(Duration.ofHours(2).minusSeconds(1));
            confirm(client);
            assertThat(heard.downloads).isEmpty();

            clock.advance(Duration.ofSeconds(1));
            confirm(client);

            assertThat(heard.downloads.poll(30, TimeUnit.SECONDS)).hasSize(2);
        }
    }

    @Test
    void stayInForceWhenARefreshFails() throws Exception {
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
            keys(PlatformKeySettings.builder().certificatesAvailable(false).build());
            clock.advance(Duration.ofHours(1));
            assertThatThrownBy(() -> confirm(client)).isInstanceOf(ResponseValidationException.class);
            assertThat(heard.failedDownloads.poll(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            failure -> assertThat(failure.httpStatus()).isEqualTo(404));
            keys(PlatformKeySettings.builder().build());

            confirm(client);
        }
    }

    @Test
    void areNotTrustedAnyMoreOnceTheyAreRetired() throws Exception {
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
            assertThat(heard.downloads.poll(30, TimeUnit.SECONDS)).hasSize(1);
            rotate(RotationStage.RETIRED);
            clock.advance(Duration.ofHours(1));
            confirm(client);
            assertThat(heard.downloads.poll(30, TimeUnit.SECONDS)).hasSize(1);
            rotate(RotationStage.NOT_STARTED);

            var thrown = catchThrowableOfType(ResponseValidationException.class, () -> confirm(client));
            assertThat(thrown).hasMessageContaining("UNKNOWN_SERIAL");
        }
    }

    @Test
    void areNotNeededByAMerchantWithAPublicKey() throws Exception {
        keys(PlatformKeySettings.builder().certificatesAvailable(false).build());
        try (EbikeChargeClient client = client(publicKey.and(downloaded))) {
            confirm(client);
            assertThat(heard.failedDownloads.poll(30, TimeUnit.SECONDS)).isInstanceOf(ServiceException.class);
            confirm(client);
        }
    }

    @Test
    void areBelievedBesideThePublicKeyWhileAMerchantMoves() throws Exception {
        String certificate = serialNo(wechatPay.platformCertificates().get(0));
        try (EbikeChargeClient client = client(publicKey.and(downloaded))) {
            confirm(client);
            assertThat(heard.downloads.poll(30, TimeUnit.SECONDS)).hasSize(1);
            confirm(client);
        }
        try (EbikeChargeClient client = client(downloaded.and(publicKey))) {
            confirm(client);
            assertThat(heard.downloads.poll(30, TimeUnit.SECONDS)).hasSize(1);
            confirm(client);
        }

        assertThat(heard.confirms)
                .extracting(exchange -> exchange.responseHeaders().get("Wechatpay-Serial"))
                .containsExactly(
                        wechatPay.publicKeyId(), wechatPay.publicKeyId(), wechatPay.publicKeyId(), certificate);
    }

    @Test
    void keepACallFromBeingSentThatCouldNotBeVerified() {
        keys(PlatformKeySettings.builder().certificatesAvailable(false).build());
        try (EbikeChargeClient client = client(downloaded)) {
            TransportException thrown = assertNotSent(client);
            assertThat(thrown.outcomeUnknown()).isFalse();
            assertThat(thrown).hasCauseInstanceOf(ServiceException.class);
        }
        assertThat(heard.confirms).isEmpty();
    }

    @Test
    void areNotAskedForByEveryCallWhereThereAreNone() {
        keys(PlatformKeySettings.builder().certificatesAvailable(false).build());
        try (EbikeChargeClient client = client(downloaded)) {
            for (int call = 0; call < 5; call++) {
                var thrown = catchThrowableOfType(TransportException.class, () -> confirm(client));
                assertThat(thrown).hasCauseInstanceOf(ServiceException.class);
            }
            assertThat(heard.operations.stream().filter("listCertificates"::equals))
                    .hasSize(1);

            keys(PlatformKeySettings.builder().build());
            clock.advance(Duration.ofSeconds(1));
            confirm(client);
        }
    }

    @Test
    void areNotTrustedBeyondTheirOwnTime() throws Exception {
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
            X509Certificate certificate = wechatPay.platformCertificates().get(0);
            keys(PlatformKeySettings.builder().certificatesAvailable(false).build());
            clock.fix(certificate.getNotAfter().toInstant().plusSeconds(1));

            assertNotSent(client);
        }
    }

    @Test
    void areRefusedWhenEncryptedWithAnotherKey() {
        try (EbikeChargeClient client =
                client(PlatformTrust.downloadedCertificates("EbikeChargeMockDemoApiV3Key00002"))) {
            assertNotSent(client);
        }
        assertThat(heard.confirms).isEmpty();
    }

    @Test
    void areRefusedWhenTheListIsNotSignedByOneOfThem() {
        damageDownloads(FaultKind.WRONG_BODY_BYTE, 5);
        try (EbikeChargeClient client = client(downloaded)) {
            assertNotSent(client);
        }
        assertThat(heard.confirms).isEmpty();
    }

    @Test
    void areAskedForAgainAfterAProbe() {
        damageDownloads(FaultKind.SIGNATURE_PROBE, 1);
        try (EbikeChargeClient client = client(downloaded)) {
            confirm(client);
        }
    }
}
