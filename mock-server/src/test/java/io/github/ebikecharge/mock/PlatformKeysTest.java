package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.model.EncryptCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import java.security.cert.X509Certificate;
import java.time.OffsetDateTime;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which key signs an answer, and how the certificates are handed out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformKeysTest {
    private static final String RSA = SignedRequest.CERTIFICATES + "?algorithm_type=RSA";

    private FixedMock mock;
    private X509Certificate certificate;

    @BeforeAll
    void start() {
        mock = new FixedMock();
        certificate = mock.server().platformCertificates().get(0);
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    @Test
    void signsWithThePublicKeyForACallerThatNamesIt() throws Exception {
        String id = mock.server().publicKeyId();

        assertThat(mock.assertSigned(mock.send(SignedRequest.confirm().header("Wechatpay-Serial", id))))
                .isEqualTo(id);
        assertThat(mock.assertSigned(mock.send(SignedRequest.certificates().header("wechatpay-serial", id))))
                .isEqualTo(id);
    }

    @Test
    void signsARefusalWithTheKeyThatTheCallerNames() throws Exception {
        String id = mock.server().publicKeyId();

        RawHttp.Answer answer =
                mock.send(SignedRequest.confirm().header("Wechatpay-Serial", id).body(""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(mock.assertSigned(answer)).isEqualTo(id);
    }

    @ParameterizedTest
    @NullSource
    @EmptySource
    @ValueSource(
            strings = {"5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC", "PUB_KEY_ID_0000000000000024101100397200000006"})
    void signsWithTheCertificateForEverybodyElse(@Nullable String serial) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().header("Wechatpay-Serial", serial));

        assertThat(mock.assertSigned(answer)).isEqualTo(Certificates.serialNo(certificate));
    }

    @Test
    void signsWithTheCertificateForACallerThatNamesIt() throws Exception {
        String serial = Certificates.serialNo(certificate);

        assertThat(mock.assertSigned(mock.send(SignedRequest.confirm().header("Wechatpay-Serial", serial))))
                .isEqualTo(serial);
    }

    @ParameterizedTest
    @ValueSource(strings = {SignedRequest.CERTIFICATES, RSA})
    void handsOutTheCertificateThatItSignsWith(String target) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.certificates().target(target));
        JsonNode data = new JsonMapper().readTree(answer.body()).path("data");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(data).hasSize(1);
        assertThat(open(data.path(0), mock.server().apiV3Key())).isEqualTo(certificate);
        assertThat(data.path(0).path("serial_no").textValue())
                .isEqualTo(mock.assertSigned(answer))
                .matches("[1-9A-F][0-9A-F]{39}");
    }

    @Test
    void writesTheListAsTheGatewayDoes() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.certificates());

        assertThat(answer.text())
                .matches("\\{\"data\":\\[\\{\"effective_time\":\"[-0-9]{10}T[:0-9]{8}\\+08:00\","
                        + "\"encrypt_certificate\":\\{\"algorithm\":\"AEAD_AES_256_GCM\","
                        + "\"associated_data\":\"certificate\",\"ciphertext\":\"[0-9A-Za-z+/]+=*\","
                        + "\"nonce\":\"[0-9a-f]{12}\"},\"expire_time\":\"[-0-9]{10}T[:0-9]{8}\\+08:00\","
                        + "\"serial_no\":\"[0-9A-F]{40}\"}]}");
    }

    @Test
    void datesTheListAsTheCertificate() throws Exception {
        JsonNode entry = new JsonMapper()
                .readTree(mock.send(SignedRequest.certificates()).body())
                .path("data")
                .path(0);

        assertThat(OffsetDateTime.parse(entry.path("effective_time").textValue())
                        .toInstant())
                .isEqualTo(certificate.getNotBefore().toInstant());
        assertThat(OffsetDateTime.parse(entry.path("expire_time").textValue()).toInstant())
                .isEqualTo(certificate.getNotAfter().toInstant());
    }

    @Test
    void handsOutACertificateThatClientsTake() throws Exception {
        certificate.checkValidity(Date.from(FixedMock.CLOCK.instant()));

        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("CN=Tenpay.com sign", "O=Tenpay.com", "OU=Tenpay.com CA Center", "C=CN");
    }

    @Test
    void encryptsForTheMerchantAlone() throws Exception {
        JsonNode entry = new JsonMapper()
                .readTree(mock.send(SignedRequest.certificates()).body())
                .path("data")
                .path(0);

        assertThatThrownBy(() -> open(entry, "EbikeChargeMockDemoApiV3Key00002"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encryptsAnewEachTime() throws Exception {
        assertThat(mock.send(SignedRequest.certificates()).text())
                .isNotEqualTo(mock.send(SignedRequest.certificates()).text());
    }

    @Test
    void shiftsTheShareOfSignedAnswersWhateverIsRefusedBetween() throws Exception {
        try (FixedMock rotating = new FixedMock()) {
            rotating.server()
                    .configure(MockConfiguration.builder()
                            .platformKeys(PlatformKeySettings.builder()
                                    .rotation(Rotation.builder()
                                            .stage(RotationStage.SHIFTING)
                                            .newShare(0.5)
                                            .build())
                                    .build())
                            .build());
            String former = Certificates.serialNo(
                    rotating.server().platformCertificates().get(0));
            int shifted = 0;
            for (int answer = 0; answer < 10; answer++) {
                FixedMock.assertUnsigned(
                        rotating.send(SignedRequest.confirm().header("Authorization", "of another scheme")));
                String serial = rotating.assertSigned(rotating.send(SignedRequest.confirm()));
                shifted += serial.equals(former) ? 0 : 1;
            }

            assertThat(shifted).isEqualTo(5);
        }
    }

    private static X509Certificate open(JsonNode entry, String apiV3Key) {
        JsonNode sealed = entry.path("encrypt_certificate");
        return new CertificateEnvelope(apiV3Key)
                .open(EncryptCertificate.builder()
                        .algorithm(sealed.path("algorithm").textValue())
                        .associatedData(sealed.path("associated_data").textValue())
                        .ciphertext(sealed.path("ciphertext").textValue())
                        .nonce(sealed.path("nonce").textValue())
                        .build());
    }
}
