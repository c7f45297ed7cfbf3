package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The national algorithms (国密), from client to mock and back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Sm2Test {
    private static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private final List<Exchange> exchanges = new ArrayList<>();
    private MockWechatPayServer wechatPay;

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    private EbikeChargeClient client(PlatformTrust trust) {
        return EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.sm2Merchant())
                .platformTrust(trust)
                .listener(ClientListener.ofExchanges(exchanges::add))
                .build();
    }

    @Test
    void confirmsWithRequestAndAnswerSignedInSm2() {
        try (EbikeChargeClient client =
                client(PlatformTrust.certificates(List.of(wechatPay.sm2PlatformCertificate())))) {
            assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                            .chargingToken())
                    .isNotEmpty();
        }

        Exchange exchange = exchanges.get(exchanges.size() - 1);
        assertThat(exchange.requestHeaders().get("Authorization")).startsWith("WECHATPAY2-SM2-WITH-SM3 ");
        assertThat(exchange.responseHeaders()).containsEntry("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3");
    }

    @Test
    void doesNotTrustAnAnswerInSm2WhereOnlyTheRsaKeyIsTrusted() {
        try (EbikeChargeClient client =
                client(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))) {
            assertThatThrownBy(() -> client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example()))
                    .isInstanceOf(ResponseValidationException.class);
        }
    }

    @Test
    void handsOutTheCertificateSealedWithSm4() throws Exception {
        CertificateList sm2 = Certificates.download(wechatPay, "SM2");

        assertThat(sm2.data()).hasSize(1);
        assertThat(sm2.data().get(0).encryptCertificate().algorithm()).isEqualTo("AEAD_SM4_GCM");
        assertThat(new CertificateEnvelope(wechatPay.apiV3Key())
                        .open(sm2.data().get(0).encryptCertificate()))
                .isEqualTo(wechatPay.sm2PlatformCertificate());
        assertThat(Certificates.download(wechatPay, "ALL").data()).hasSize(2);
    }
}
