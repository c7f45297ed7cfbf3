package io.github.ebikecharge.api.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The files among the test resources, and what several tests say. */
final class Fixtures {
    static final long NOW = 1_714_000_000;
    static final String MCHID = "1230000109";
    static final String SERIAL = "5E3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C5";

    private Fixtures() {}

    static byte[] bytes(String name) {
        try (InputStream file = Fixtures.class.getResourceAsStream(name)) {
            return requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), UTF_8);
    }

    /** The merchant's key. */
    static PrivateKey privateKey() {
        return Pem.readPrivateKey(text("openssl/key-pkcs8.pem"));
    }

    /** The public half of {@link #privateKey}. */
    static PublicKey publicKey() {
        return Pem.readPublicKey(text("openssl/public-key.pem"));
    }

    /** The certificate of {@link #privateKey}. */
    static X509Certificate certificate() {
        return Pem.readCertificate(text("openssl/merchant.pem"));
    }

    /** A public key that does not belong to {@link #privateKey}. */
    static PublicKey otherPublicKey() {
        return Pem.readCertificate(text("openssl/high-serial.pem")).getPublicKey();
    }

    /** The merchant's key for SM2. */
    static PrivateKey sm2PrivateKey() {
        return Pem.readPrivateKey(text("openssl/sm2-key.pem"));
    }

    /** The certificate of {@link #sm2PrivateKey}. */
    static X509Certificate sm2Certificate() {
        return Pem.readCertificate(text("openssl/sm2-merchant.pem"));
    }

    /** The merchant's key for this scheme. */
    static PrivateKey privateKey(SignatureScheme scheme) {
        return scheme == SignatureScheme.SM2_WITH_SM3 ? sm2PrivateKey() : privateKey();
    }

    /** The public key of {@link #privateKey(SignatureScheme)}. */
    static PublicKey publicKey(SignatureScheme scheme) {
        return scheme == SignatureScheme.SM2_WITH_SM3 ? sm2Certificate().getPublicKey() : publicKey();
    }

    /** Keys of a kind that no scheme takes. */
    static KeyPair ellipticCurveKeys() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Clock clockAt(long epochSecond) {
        return Clock.fixed(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC);
    }

    /** The reason that {@code call} is refused for; it has to be refused. */
    static Reason reasonOf(ThrowingCallable call) {
        var thrown = catchThrowableOfType(SignatureVerificationException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.reason();
    }

    /** What the reference and other implementations signed, and what must not verify. */
    static Stream<SignatureVector> signatureVectors() {
        return Stream.concat(vectors("signatures", SignatureVector[].class), openSslVectors());
    }

    /** What OpenSSL signed with {@link #privateKey}. */
    static Stream<SignatureVector> openSslVectors() {
        return vectors("openssl", SignatureVector[].class);
    }

    static <T> Stream<T> vectors(String name, Class<T[]> type) {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        try {
            return Stream.of(mapper.readValue(bytes("vectors/" + name + ".json"), type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
