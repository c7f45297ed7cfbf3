package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.wire.SignatureVector.Result;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.reasonOf;
import static io.github.ebikecharge.api.wire.SignatureScheme.SHA256_RSA2048;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.SIGNATURE_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SignatureSchemeTest {
    private static final SignedMessage MESSAGE = SignedMessage.ofResponse(NOW, "nonce", new byte[0]);

    @ParameterizedTest
    @MethodSource("io.github.ebikecharge.api.wire.Fixtures#signatureVectors")
    void agreesWithVector(SignatureVector vector) throws GeneralSecurityException {
        var message = vector.message();

        assertThat(message.length()).isEqualTo(vector.messageLength());
        assertThat(sha256(message)).isEqualTo(vector.messageSha256());
        if (vector.result() == Result.valid) {
            assertThat(vector.reason()).isNull();
            assertThatCode(() -> SHA256_RSA2048.verify(vector.key(), message, vector.signature()))
                    .doesNotThrowAnyException();
        } else {
            assertThat(reasonOf(() -> SHA256_RSA2048.verify(vector.key(), message, vector.signature())))
                    .isEqualTo(vector.reason());
        }
    }

    @Test
    void isTriedWithVectorsOfEachKind() {
        assertThat(Fixtures.signatureVectors().map(SignatureVector::id))
                .doesNotHaveDuplicates()
                .contains("V1", "V2", "V3", "V4", "V5", "V6", "V7", "V5-other-key", "openssl-request");
        assertThat(Fixtures.signatureVectors().map(SignatureVector::result)).contains(Result.values());
        assertThat(Fixtures.signatureVectors().map(SignatureVector::kind)).contains(SignatureVector.Kind.values());
    }

    @ParameterizedTest
    @MethodSource("io.github.ebikecharge.api.wire.Fixtures#openSslVectors")
    void signsByteForByteAsOpenSsl(SignatureVector vector) {
        assertThat(SHA256_RSA2048.sign(Fixtures.privateKey(), vector.message())).isEqualTo(vector.signature());
    }

    @Test
    void signsInPaddedBase64OnOneLine() {
        assertThat(SHA256_RSA2048.sign(Fixtures.privateKey(), MESSAGE)).matches("[A-Za-z0-9+/]{342}==");
    }

    @Test
    void refusesSignatureOfAnotherKey() {
        var signature = SHA256_RSA2048.sign(Fixtures.privateKey(), MESSAGE);

        assertThat(reasonOf(() -> SHA256_RSA2048.verify(Fixtures.otherPublicKey(), MESSAGE, signature)))
                .isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void keepsSignatureOutOfTheMessage() {
        var signature = SHA256_RSA2048.sign(Fixtures.privateKey(), MESSAGE);

        var thrown = catchThrowableOfType(
                SignatureVerificationException.class,
                () -> SHA256_RSA2048.verify(Fixtures.otherPublicKey(), MESSAGE, signature));

        assertThat(thrown).message().doesNotContain(signature);
    }

    @Test
    void refusesPrivateKeyOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SHA256_RSA2048.sign(Fixtures.ellipticCurveKeys().getPrivate(), MESSAGE))
                .withMessage("This private key (EC) cannot sign WECHATPAY2-SHA256-RSA2048");
    }

    @Test
    void refusesPublicKeyOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SHA256_RSA2048.verify(Fixtures.ellipticCurveKeys().getPublic(), MESSAGE, ""))
                .withMessage("This public key (EC) cannot verify WECHATPAY2-SHA256-RSA2048");
    }

    @Test
    void isFoundByItsNameAndItsKeyAlgorithm() {
        assertThat(SignatureScheme.byWireName("WECHATPAY2-SHA256-RSA2048")).contains(SHA256_RSA2048);
        assertThat(SignatureScheme.byKeyAlgorithm("RSA")).contains(SHA256_RSA2048);
        assertThat(SHA256_RSA2048.wireName()).isEqualTo("WECHATPAY2-SHA256-RSA2048");
    }

    @Test
    void isNotFoundByAnyOtherName() {
        assertThat(SignatureScheme.byWireName("wechatpay2-sha256-rsa2048")).isEmpty();
        assertThat(SignatureScheme.byWireName("WECHATPAY2-SM2-WITH-SM3")).isEmpty();
        assertThat(SignatureScheme.byKeyAlgorithm("EC")).isEmpty();
    }

    private static String sha256(SignedMessage message) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message.toBytes()));
    }
}
