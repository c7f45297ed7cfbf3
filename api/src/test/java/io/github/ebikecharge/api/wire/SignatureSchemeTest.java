package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.wire.SignatureVector.Result;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.reasonOf;
import static io.github.ebikecharge.api.wire.SignatureScheme.SHA256_RSA2048;
import static io.github.ebikecharge.api.wire.SignatureScheme.SM2_WITH_SM3;
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

    @ParameterizedTest
    @EnumSource
    void judgesEachSignatureByItselfWhateverCameBefore(SignatureScheme scheme) throws Exception {
        RsaProvider.loaded().get(30, TimeUnit.SECONDS);
        var key = Fixtures.privateKey(scheme);
        var publicKey = Fixtures.publicKey(scheme);
        var longMessage = SignedMessage.ofResponse(NOW, "long", new byte[5_000]);

        for (int time = 1; time <= 3; time++) {
            var message = SignedMessage.ofResponse(NOW, "nonce " + time, new byte[0]);
            String signature = scheme.sign(key, message);
            String ofLong = scheme.sign(key, longMessage);

            scheme.verify(publicKey, message, signature);
            scheme.verify(publicKey, longMessage, ofLong);
            for (String wrong : List.of(ofLong, "MAYCAQECAQE=", "MAUC", "AAAA", "", "?")) {
                assertThat(reasonOf(() -> scheme.verify(publicKey, message, wrong)))
                        .isEqualTo(SIGNATURE_MISMATCH);
                scheme.verify(publicKey, message, signature);
            }
        }
    }

    @Test
    void refusesPrivateKeyOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SHA256_RSA2048.sign(Fixtures.ellipticCurveKeys().getPrivate(), MESSAGE))
                .withMessage("This private key (EC) cannot sign WECHATPAY2-SHA256-RSA2048");
    }

    @Test
    void refusesPrivateKeyOnAnotherCurve() {
        var p256 = Fixtures.ellipticCurveKeys().getPrivate();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SM2_WITH_SM3.sign(p256, MESSAGE))
                .withMessage("This private key (EC) cannot sign WECHATPAY2-SM2-WITH-SM3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureScheme.ofKey(p256))
                .withMessage("WeChat Pay takes keys of RSA, or of SM2 (EC on the curve sm2p256v1);"
                        + " this key is EC on another curve");
    }

    @ParameterizedTest
    @EnumSource
    void findsKeyOfAnotherSchemeToBeMismatch(SignatureScheme scheme) {
        var p256 = Fixtures.ellipticCurveKeys().getPublic();
        var other = scheme == SM2_WITH_SM3
                ? Fixtures.publicKey()
                : Fixtures.sm2Certificate().getPublicKey();

        assertThat(reasonOf(() -> scheme.verify(p256, MESSAGE, ""))).isEqualTo(SIGNATURE_MISMATCH);
        assertThat(reasonOf(() -> scheme.verify(other, MESSAGE, ""))).isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void signsWithSm2AsAFreshDerSequenceEachTime() {
        var first = SM2_WITH_SM3.sign(Fixtures.sm2PrivateKey(), MESSAGE);
        var second = SM2_WITH_SM3.sign(Fixtures.sm2PrivateKey(), MESSAGE);

        assertThat(first).isNotEqualTo(second).startsWith("M").hasSizeBetween(88, 96);
        assertThatCode(() -> SM2_WITH_SM3.verify(Fixtures.sm2Certificate().getPublicKey(), MESSAGE, first))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MA==", "MAA=", "aGVsbG8=", "MAYCAQACAQA=", "<base64>"})
    void refusesSm2SignatureOfAnotherForm(String signature) {
        assertThat(reasonOf(() -> SM2_WITH_SM3.verify(Fixtures.sm2Certificate().getPublicKey(), MESSAGE, signature)))
                .isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void refusesSm2SignatureOverOtherBytes() {
        var signature = SM2_WITH_SM3.sign(Fixtures.sm2PrivateKey(), MESSAGE);
        var other = SignedMessage.ofResponse(NOW + 1, "nonce", new byte[0]);

        assertThat(reasonOf(() -> SM2_WITH_SM3.verify(Fixtures.sm2Certificate().getPublicKey(), other, signature)))
                .isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void isFoundByItsNameAndItsKeys() {
        assertThat(SignatureScheme.byWireName("WECHATPAY2-SHA256-RSA2048")).contains(SHA256_RSA2048);
        assertThat(SignatureScheme.byWireName("WECHATPAY2-SM2-WITH-SM3")).contains(SM2_WITH_SM3);
        assertThat(SignatureScheme.ofKey(Fixtures.publicKey())).isEqualTo(SHA256_RSA2048);
        assertThat(SignatureScheme.ofKey(Fixtures.sm2PrivateKey())).isEqualTo(SM2_WITH_SM3);
        assertThat(SignatureScheme.ofKey(Fixtures.sm2Certificate().getPublicKey()))
                .isEqualTo(SM2_WITH_SM3);
        assertThat(SHA256_RSA2048.wireName()).isEqualTo("WECHATPAY2-SHA256-RSA2048");
    }

    @Test
    void isNotFoundByAnyOtherName() {
        assertThat(SignatureScheme.byWireName("wechatpay2-sha256-rsa2048")).isEmpty();
        assertThat(SignatureScheme.byWireName("WECHATPAY2-SM2")).isEmpty();
    }

    private static String sha256(SignedMessage message) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message.toBytes()));
    }
}
