package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static io.github.ebikecharge.mock.demo.DemoKeys.MCHID;
import static org.assertj.core.api.Assertions.assertThat;

class MerchantsTest {
    private static final DemoKeys KEYS = DemoKeys.load();
    private static final String RSA_SERIAL = Certificates.serialNo(KEYS.merchantCertificate());
    private static final String SM2_SERIAL = Certificates.serialNo(KEYS.sm2MerchantCertificate());

    private final Merchants merchants = new Merchants();
    private final AtomicInteger asked = new AtomicInteger();

    MerchantsTest() {
        merchants.add(KEYS.merchantCertificate());
        merchants.addSm2(() -> {
            asked.incrementAndGet();
            return KEYS.sm2MerchantCertificate();
        });
    }

    @Test
    void knowsAKeyByItsMerchantAndItsSerialNumber() {
        assertThat(merchants.key(SignatureScheme.SHA256_RSA2048, MCHID, RSA_SERIAL))
                .contains(KEYS.merchantCertificate().getPublicKey());
        assertThat(merchants.key(SignatureScheme.SHA256_RSA2048, MCHID, SM2_SERIAL))
                .isEmpty();
        assertThat(merchants.key(SignatureScheme.SHA256_RSA2048, "1900000109", RSA_SERIAL))
                .isEmpty();
    }

    @Test
    void looksAtTheSm2CertificateOnceSomebodySignsWithSm2AndOnlyOnce() {
        merchants.key(SignatureScheme.SHA256_RSA2048, MCHID, RSA_SERIAL);
        assertThat(asked).hasValue(0);

        for (int i = 0; i < 2; i++) {
            assertThat(merchants.key(SignatureScheme.SM2_WITH_SM3, MCHID, SM2_SERIAL))
                    .contains(KEYS.sm2MerchantCertificate().getPublicKey());
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void tellsEachKey() {
        List<String> told = new ArrayList<>();
        merchants.forEach((mchid, serialNo, key) -> told.add(mchid + " " + serialNo + " " + key.getAlgorithm()));

        assertThat(told).containsExactly(MCHID + " " + RSA_SERIAL + " RSA");
    }
}
