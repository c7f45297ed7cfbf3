package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.wire.SignatureVector.Kind;
import io.github.ebikecharge.api.wire.SignatureVector.Result;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.Fixtures.clockAt;
import static io.github.ebikecharge.api.wire.Fixtures.reasonOf;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.SIGNATURE_MISMATCH;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.TIMESTAMP_OUT_OF_RANGE;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SERIAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerifierTest {
    private static final byte[] BODY = "{\"charging_token\":\"sdjf23kdsHJfdksj8dj\"}".getBytes(UTF_8);
    private static final byte[] NO_BODY = {};

    private final Verifier verifier = verifier(Map.of(SERIAL, Fixtures.publicKey()), NOW);

    @Test
    void acceptsWhatThePlatformSignedJustNow() {
        assertAccepted(signedAt(NOW, BODY), BODY);
    }

    @Test
    void acceptsSignedAnswerWithoutBody() {
        assertAccepted(signedAt(NOW, NO_BODY), NO_BODY);
    }

    @Test
    void acceptsWhatThePlatformSignedWithSm2() {
        var sm2 = verifier(Map.of(SERIAL, Fixtures.sm2Certificate().getPublicKey()), NOW);
        var signature = new Signer(SERIAL, Fixtures.sm2PrivateKey(), clockAt(NOW)).signResponse(BODY);

        assertThat(signature.toHeaders()).containsEntry("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3");
        assertThatCode(() -> sm2.verify(ResponseSignature.from(signature.toHeaders()::get), BODY))
                .doesNotThrowAnyException();
        assertThat(reasonOf(() -> sm2.verify(signature, NO_BODY))).isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsSchemeThatTheKeyBehindTheSerialDoesNotFit() {
        var sm2 = verifier(Map.of(SERIAL, Fixtures.sm2Certificate().getPublicKey()), NOW);
        var signedWithSm2 = new Signer(SERIAL, Fixtures.sm2PrivateKey(), clockAt(NOW)).signResponse(BODY);

        assertThat(reasonOf(() -> verifier.verify(signedWithSm2, BODY))).isEqualTo(SIGNATURE_MISMATCH);
        assertThat(reasonOf(() -> sm2.verify(signedAt(NOW, BODY), BODY))).isEqualTo(SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, -1, 1, 299})
    void acceptsSignatureLessThanFiveMinutesOff(long seconds) {
        assertAccepted(signedAt(NOW + seconds, BODY), BODY);
    }

    @Test
    void rejectsSignatureOlderThanFiveMinutes() {
        assertThat(reasonOf(() -> verifier.verify(signedAt(NOW - 300, BODY), BODY)))
                .isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    }

    @Test
    void rejectsSignatureFiveMinutesInTheFuture() {
        assertThat(reasonOf(() -> verifier.verify(signedAt(NOW + 300, BODY), BODY)))
                .isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + NOW, -NOW, 0, NOW * 1000, Long.MAX_VALUE})
    void rejectsTimestampHoweverFarOff(long timestamp) {
        var scheme = SignatureScheme.SHA256_RSA2048;
        var signature = new ResponseSignature(
                "nonce",
                scheme.sign(Fixtures.privateKey(), SignedMessage.ofResponse(timestamp, "nonce", BODY)),
                timestamp,
                SERIAL,
                scheme);

        assertThat(reasonOf(() -> verifier.verify(signature, BODY))).isEqualTo(TIMESTAMP_OUT_OF_RANGE);
    }

    @Test
    void saysHowFarTheClocksAreApart() {
        assertThatThrownBy(() -> verifier.verify(signedAt(NOW - 301, BODY), BODY))
                .hasMessageContaining("Signed 301 s before this clock (2024-04-24T23:06:40Z)");
        assertThatThrownBy(() -> verifier.verify(signedAt(NOW + 301, BODY), BODY))
                .hasMessageContaining("Signed 301 s after this clock (2024-04-24T23:06:40Z)");
    }

    @Test
    void rejectsUnknownSerialAndNamesIt() {
        var other = verifier(Map.of("PUB_KEY_ID_0", Fixtures.publicKey()), NOW);

        assertThat(reasonOf(() -> other.verify(signedAt(NOW, BODY), BODY))).isEqualTo(UNKNOWN_SERIAL);
        assertThatThrownBy(() -> other.verify(signedAt(NOW, BODY), BODY)).hasMessageContaining(SERIAL);
    }

    @Test
    void rejectsAnotherKeyBehindTheSameSerial() {
        var other = verifier(Map.of(SERIAL, Fixtures.otherPublicKey()), NOW);

        assertThat(reasonOf(() -> other.verify(signedAt(NOW, BODY), BODY))).isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsBodyWithAnyByteChanged() {
        var signature = signedAt(NOW, BODY);

        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;
            assertThat(reasonOf(() -> verifier.verify(signature, changed))).isEqualTo(SIGNATURE_MISMATCH);
        }
    }

    @Test
    void rejectsBodyWhereNoneWasSigned() {
        assertThat(reasonOf(() -> verifier.verify(signedAt(NOW, NO_BODY), BODY)))
                .isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsMissingBody() {
        assertThat(reasonOf(() -> verifier.verify(signedAt(NOW, BODY), NO_BODY)))
                .isEqualTo(SIGNATURE_MISMATCH);
    }

    @Test
    void looksAtTheTimeBeforeTheSerialAndAtTheSerialBeforeTheSignature() {
        var noKeys = verifier(Map.of(), NOW);

        assertThat(reasonOf(() -> noKeys.verify(signedAt(NOW - 300, BODY), NO_BODY)))
                .isEqualTo(TIMESTAMP_OUT_OF_RANGE);
        assertThat(reasonOf(() -> noKeys.verify(signedAt(NOW, BODY), NO_BODY))).isEqualTo(UNKNOWN_SERIAL);
    }

    @ParameterizedTest
    @MethodSource("responseVectors")
    void agreesWithVector(SignatureVector vector) {
        var atThatTime = verifier(Map.of("S1", vector.key()), vector.timestamp());
        var signature = new ResponseSignature(
                vector.nonce(), vector.signature(), vector.timestamp(), "S1", SignatureScheme.SHA256_RSA2048);

        if (vector.result() == Result.valid) {
            assertThatCode(() -> atThatTime.verify(signature, vector.bodyBytes()))
                    .doesNotThrowAnyException();
        } else {
            assertThat(reasonOf(() -> atThatTime.verify(signature, vector.bodyBytes())))
                    .isEqualTo(vector.reason());
        }
    }

    static Stream<SignatureVector> responseVectors() {
        return Fixtures.signatureVectors().filter(vector -> vector.kind() == Kind.response);
    }

    private void assertAccepted(ResponseSignature signature, byte[] body) {
        assertThatCode(() -> verifier.verify(signature, body)).doesNotThrowAnyException();
    }

    private static ResponseSignature signedAt(long epochSecond, byte[] body) {
        return new Signer(SERIAL, Fixtures.privateKey(), clockAt(epochSecond)).signResponse(body);
    }

    private static Verifier verifier(Map<String, PublicKey> keys, long now) {
        return new Verifier(serial -> Optional.ofNullable(keys.get(serial)), clockAt(now));
    }
}
