package io.github.ebikecharge.mock.demo;

import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.api.wire.SignedMessage;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DemoKeysTest {
    private static final DemoKeys KEYS = DemoKeys.load();

    static Stream<Arguments> pairs() {
        return Stream.of(
                arguments(KEYS.merchant().privateKey(), KEYS.merchantCertificate(), SignatureScheme.SHA256_RSA2048),
                arguments(KEYS.platformKey(), KEYS.platformCertificate(), SignatureScheme.SHA256_RSA2048),
                arguments(KEYS.sm2Merchant().privateKey(), KEYS.sm2MerchantCertificate(), SignatureScheme.SM2_WITH_SM3),
                arguments(KEYS.sm2PlatformKey(), KEYS.sm2PlatformCertificate(), SignatureScheme.SM2_WITH_SM3));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void holdsKeysOfTheirCertificates(PrivateKey key, X509Certificate certificate, SignatureScheme scheme) {
        var message = SignedMessage.ofResponse(0, "nonce", new byte[0]);

        assertThat(SignatureScheme.ofKey(key)).isEqualTo(scheme);
        assertThatCode(() -> scheme.verify(certificate.getPublicKey(), message, scheme.sign(key, message)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void holdsSerialNumbersOfFortyDigits(PrivateKey key, X509Certificate certificate, SignatureScheme scheme) {
        assertThat(Certificates.serialNo(certificate)).matches("[1-9A-F][0-9A-F]{39}");
    }

    @Test
    void holdsMerchantFilesAsWeChatPayWouldHandThemOut() {
        assertThat(MerchantCredentials.fromPkcs12(KEYS.merchantPkcs12(), DemoKeys.MCHID))
                .isEqualTo(KEYS.merchant());
        assertThat(MerchantCredentials.fromPkcs12(
                        DemoKeys.class.getResourceAsStream("apiclient_cert_sm2.p12"), DemoKeys.MCHID))
                .isEqualTo(KEYS.sm2Merchant());
    }

    @Test
    void holdsSm2CertificatesOfTheSameCenterAsThoseOfRsa() {
        assertThat(Stream.of(KEYS.sm2MerchantCertificate(), KEYS.sm2PlatformCertificate()))
                .allSatisfy(certificate -> {
                    assertThat(certificate.getIssuerX500Principal())
                            .isEqualTo(KEYS.platformCertificate().getIssuerX500Principal());
                    assertThat(certificate.getNotBefore()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
                    assertThat(certificate.getNotAfter()).isEqualTo(Instant.parse("2036-10-30T00:00:00Z"));
                });
        assertThat(KEYS.sm2PlatformCertificate().getSubjectX500Principal().getName())
                .isEqualTo("C=CN,OU=Tenpay.com CA Center,O=Tenpay.com,CN=Tenpay.com sign");
        assertThat(KEYS.sm2MerchantCertificate().getSubjectX500Principal())
                .isEqualTo(KEYS.merchantCertificate().getSubjectX500Principal());
    }

    @Test
    void holdsPlatformCertificateThatTravelsEncryptedWithSm4() {
        var envelope = new CertificateEnvelope(DemoKeys.API_V3_KEY);
        var sealed = envelope.seal(KEYS.sm2PlatformCertificate());

        assertThat(sealed.algorithm()).isEqualTo("AEAD_SM4_GCM");
        assertThat(envelope.open(sealed)).isEqualTo(KEYS.sm2PlatformCertificate());
    }
}
