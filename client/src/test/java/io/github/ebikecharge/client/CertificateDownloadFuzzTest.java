package io.github.ebikecharge.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.model.EncryptCertificate;
import io.github.ebikecharge.api.model.PlatformCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.transport.PlatformKeys;
import io.github.ebikecharge.client.transport.Target;
import io.github.ebikecharge.client.transport.Transport;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A list of platform certificates, before anybody knows whether WeChat Pay signed it. */
class CertificateDownloadFuzzTest {
    private static final String API_V3_KEY = "0123456789abcdef0123456789abcdef";
    private static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    private static final Instant NOW = Instant.ofEpochSecond(Platform.NOW);
    private static final CertificateEnvelope ENVELOPE = new CertificateEnvelope(API_V3_KEY);
    private static final Constraints CONSTRAINTS = new Constraints();
    private static final PlatformKeys KEYS = keysOfDownload();

    private static PlatformKeys keysOfDownload() {
        AtomicReference<PlatformKeys> keys = new AtomicReference<>();
        var unused = new TrustedKeys(
                PlatformTrust.downloadedCertificates(API_V3_KEY),
                "RSA",
                own -> {
                    keys.set(own);
                    return new NoTransport();
                },
                new ClientListener() {},
                Platform.clockAt(Platform.NOW));
        return requireNonNull(keys.get());
    }

    static Stream<Arguments> answers() {
        byte[] pem = Pem.write(Keys.certificate(SERIAL, Keys.PLATFORM, NOW)).getBytes(UTF_8);
        return Stream.of(
                Arguments.of(true, pem),
                Arguments.of(true, "no certificate".getBytes(UTF_8)),
                Arguments.of(false, list(ENVELOPE.seal(pem, "certificate"))),
                Arguments.of(
                        false, list(new EncryptCertificate("AEAD_SM4_GCM", "certificate", "AAAA", "0123456789ab"))),
                Arguments.of(false, list(new EncryptCertificate("AEAD_AES_256_GCM", "", "AAAA", ""))),
                Arguments.of(false, "{\"data\":[null]}".getBytes(UTF_8)),
                Arguments.of(false, "{\"data\":[null,{\"encrypt_certificate\":{}}]}".getBytes(UTF_8)));
    }

    private static byte[] list(EncryptCertificate entry) {
        OffsetDateTime from = NOW.atOffset(ZoneOffset.UTC);
        return WireJson.write(
                new CertificateList(List.of(new PlatformCertificate(from, entry, from.plusYears(5), SERIAL))));
    }

    /** @param sealed whether the bytes stand in the list as a certificate would; else they are the answer's body */
    @MethodSource("answers")
    @FuzzTest(maxDuration = "")
    void findsTheKeysOfCertificatesAndNothingElse(boolean sealed, byte @NotNull [] bytes) {
        byte[] body = sealed ? list(ENVELOPE.seal(bytes, "certificate")) : bytes;
        Optional<PublicKey> found = KEYS.find(SERIAL, body);

        if (sealed) {
            Optional<X509Certificate> sent = certificate(bytes)
                    .filter(certificate -> Certificates.serialNo(certificate).equals(SERIAL));
            assertThat(found).isEqualTo(sent.map(X509Certificate::getPublicKey));
        }
        opened(body);
    }

    private static Optional<X509Certificate> certificate(byte[] pem) {
        try {
            return Optional.of(Pem.readCertificate(new String(pem, UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What keeps the contract opens, or is refused in our own words. */
    private static void opened(byte[] body) {
        try {
            CertificateList list = WireJson.read(body, CertificateList.class);
            if (CONSTRAINTS.violations(list).isEmpty()) {
                list.data().forEach(entry -> ENVELOPE.open(entry.encryptCertificate()));
            }
        } catch (JacksonException e) {
            assertThat(e.getOriginalMessage()).isNotBlank();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(Encrypted with|The encrypted certificate|Expected) .*");
        }
    }

    private static final class NoTransport implements Transport {
        @Override
        public <T> T send(String operation, String method, Target target, @Nullable Object body, Class<T> type) {
            throw new AssertionError("Nothing is to be sent");
        }

        @Override
        public <T> CompletableFuture<T> sendAsync(
                String operation, String method, Target target, @Nullable Object body, Class<T> type) {
            throw new AssertionError("Nothing is to be sent");
        }
    }
}
