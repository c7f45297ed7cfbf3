package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.model.EncryptCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope.Algorithm;
import io.github.ebikecharge.api.wire.SignatureVector.Result;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CertificateEnvelopeTest {
    private static final String API_V3_KEY = "0123456789abcdefghijklmnopqrstuv";

    private final CertificateEnvelope envelope = new CertificateEnvelope(API_V3_KEY);

    /** An entry of {@code vectors/certificate-envelopes.json}. */
    record Vector(
            String id,
            String source,
            Algorithm algorithm,
            String apiV3Key,
            String nonce,
            String associatedData,
            @Nullable String plaintext,
            String ciphertext,
            Result result) {

        byte[] ciphertextBytes() {
            return Base64.getDecoder().decode(ciphertext);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decryptsAsVector(Vector vector) {
        var envelope = new CertificateEnvelope(vector.apiV3Key());

        if (vector.result() == Result.valid) {
            var plaintext = envelope.apply(
                    vector.algorithm(),
                    Cipher.DECRYPT_MODE,
                    vector.nonce(),
                    vector.associatedData(),
                    vector.ciphertextBytes());
            assertThat(new String(plaintext, UTF_8)).isEqualTo(vector.plaintext());
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> envelope.apply(
                            vector.algorithm(),
                            Cipher.DECRYPT_MODE,
                            vector.nonce(),
                            vector.associatedData(),
                            vector.ciphertextBytes()))
                    .withMessageContaining("does not open with this APIv3 key");
        }
    }

    @ParameterizedTest
    @MethodSource("validVectors")
    void encryptsAsVector(Vector vector) {
        var plaintext = requireNonNull(vector.plaintext()).getBytes(UTF_8);

        var ciphertext = new CertificateEnvelope(vector.apiV3Key())
                .apply(vector.algorithm(), Cipher.ENCRYPT_MODE, vector.nonce(), vector.associatedData(), plaintext);

        assertThat(ciphertext).isEqualTo(vector.ciphertextBytes());
    }

    static Stream<Vector> vectors() {
        return Fixtures.vectors("certificate-envelopes", Vector[].class);
    }

    static Stream<Vector> validVectors() {
        return vectors().filter(vector -> vector.result() == Result.valid);
    }

    @Test
    void opensWhatItSealed() {
        assertThat(envelope.open(envelope.seal(Fixtures.certificate()))).isEqualTo(Fixtures.certificate());
        assertThat(envelope.open(envelope.seal(Fixtures.sm2Certificate()))).isEqualTo(Fixtures.sm2Certificate());
    }

    @Test
    void sealsAsOnTheWire() {
        var sealed = envelope.seal(Fixtures.certificate());

        assertThat(sealed.algorithm()).isEqualTo("AEAD_AES_256_GCM");
        assertThat(sealed.associatedData()).isEqualTo("certificate");
        assertThat(sealed.nonce()).matches("[0-9a-f]{12}");
        assertThat(Base64.getDecoder().decode(sealed.ciphertext()))
                .hasSize(Pem.write(Fixtures.certificate()).length() + 16);
    }

    @Test
    void sealsCertificateOfSm2WithSm4() {
        assertThat(envelope.seal(Fixtures.sm2Certificate()).algorithm()).isEqualTo("AEAD_SM4_GCM");
    }

    @Test
    void sealsUnderFreshNonceEachTime() {
        var first = envelope.seal(Fixtures.certificate());
        var second = envelope.seal(Fixtures.certificate());

        assertThat(first.nonce()).isNotEqualTo(second.nonce());
        assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext());
    }

    @Test
    void refusesCertificateSealedForAnotherMerchant() {
        var sealed = new CertificateEnvelope("vutsrqponmlkjihgfedcba9876543210").seal(Fixtures.certificate());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope.open(sealed))
                .withMessageContaining("it is another merchant's, or was changed");
    }

    @Test
    void refusesCertificateUnderAnotherNonce() {
        var sealed = envelope.seal(Fixtures.certificate());
        var changed = sealed.toBuilder().nonce("14b16c03dc1b").build();

        assertThatIllegalArgumentException().isThrownBy(() -> envelope.open(changed));
    }

    @ParameterizedTest
    @EnumSource
    void refusesEmptyNonce(Algorithm algorithm) {
        var sealed = envelope.seal(Fixtures.certificate());
        var changed = sealed.toBuilder().algorithm(algorithm.name()).nonce("").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope.open(changed))
                .withMessageStartingWith("The encrypted certificate cannot be opened");
    }

    @Test
    void refusesUnknownAlgorithm() {
        var sealed = envelope.seal(Fixtures.certificate());
        var changed = sealed.toBuilder().algorithm("AEAD_AES_128_GCM").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope.open(changed))
                .withMessage("Encrypted with AEAD_AES_128_GCM, expected one of [AEAD_AES_256_GCM, AEAD_SM4_GCM]");
    }

    @Test
    void refusesOneAlgorithmUnderTheNameOfTheOther() {
        var rsa = envelope.seal(Fixtures.certificate());
        var sm2 = envelope.seal(Fixtures.sm2Certificate());

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        envelope.open(rsa.toBuilder().algorithm("AEAD_SM4_GCM").build()))
                .withMessageContaining("does not open with this APIv3 key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope.open(
                        sm2.toBuilder().algorithm("AEAD_AES_256_GCM").build()))
                .withMessageContaining("does not open with this APIv3 key");
    }

    @Test
    void refusesCiphertextThatIsNotBase64() {
        var changed = new EncryptCertificate("AEAD_AES_256_GCM", "certificate", "<base64>", "14b16c03dc1b");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope.open(changed))
                .withMessage("The encrypted certificate is not Base64");
    }

    @Test
    void refusesPlaintextThatIsNotCertificate() {
        var nonce = "14b16c03dc1b";
        var ciphertext = envelope.apply(
                Algorithm.AEAD_AES_256_GCM, Cipher.ENCRYPT_MODE, nonce, "certificate", "hello".getBytes(UTF_8));
        var hello = new EncryptCertificate(
                "AEAD_AES_256_GCM", "certificate", Base64.getEncoder().encodeToString(ciphertext), nonce);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope.open(hello))
                .withMessageContaining("Expected a certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdefghijklmnopqrstu", "0123456789abcdefghijklmnopqrstuvw"})
    void refusesKeyOfAnotherLength(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CertificateEnvelope(key))
                .withMessage("An APIv3 key has 32 bytes, this one has " + key.length());
    }

    @Test
    void countsBytesOfTheKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CertificateEnvelope("é" + API_V3_KEY.substring(1)))
                .withMessage("An APIv3 key has 32 bytes, this one has 33");
    }
}
