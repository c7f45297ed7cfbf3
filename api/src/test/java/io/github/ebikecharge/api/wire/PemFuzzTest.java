package io.github.ebikecharge.api.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PemFuzzTest {
    /** What the bytes are: a text, or what stands between the lines of one. */
    enum Form {
        TEXT,
        PRIVATE_KEY,
        RSA_PRIVATE_KEY,
        EC_PRIVATE_KEY,
        PUBLIC_KEY,
        CERTIFICATE;

        String text(byte[] bytes) {
            String label = name().replace('_', ' ');
            return this == TEXT
                    ? new String(bytes, UTF_8)
                    : "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
                            .formatted(label, Base64.getMimeEncoder().encodeToString(bytes));
        }
    }

    static Stream<Arguments> files() {
        return Stream.concat(
                Stream.of("key-encrypted", "key-pkcs1", "sm2-key", "merchant", "public-key")
                        .map(name -> Arguments.of(Form.TEXT, Fixtures.bytes("openssl/" + name + ".pem"))),
                Stream.of(
                        Arguments.of(Form.PRIVATE_KEY, Fixtures.privateKey().getEncoded()),
                        Arguments.of(Form.PRIVATE_KEY, Fixtures.sm2PrivateKey().getEncoded()),
                        Arguments.of(Form.RSA_PRIVATE_KEY, der("key-pkcs1")),
                        Arguments.of(Form.EC_PRIVATE_KEY, der("sm2-key")),
                        Arguments.of(Form.PUBLIC_KEY, der("public-key")),
                        Arguments.of(Form.CERTIFICATE, der("merchant")),
                        Arguments.of(Form.CERTIFICATE, der("sm2-merchant")),
                        Arguments.of(Form.CERTIFICATE, der("low-serial"))));
    }

    private static byte[] der(String name) {
        return Base64.getMimeDecoder()
                .decode(Fixtures.text("openssl/" + name + ".pem").replaceAll("-----.*-----", ""));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "")
    void readsWhatItWritesAndRefusesTheRest(@NotNull Form form, byte @NotNull [] bytes) {
        String pem = form.text(bytes);

        keeps(pem, Pem::readPrivateKey, Pem::write);
        keeps(pem, Pem::readPublicKey, Pem::write);
        X509Certificate certificate = keeps(pem, Pem::readCertificate, Pem::write);
        if (certificate != null) {
            assertThat(Certificates.serialNo(certificate)).matches("([0-9A-F]{2})+");
            assertThat(certificate.getNotBefore()).isNotNull();
            unlessRefused(certificate, Certificates::commonName);
            unlessRefused(certificate, found -> SignatureScheme.ofKey(found.getPublicKey()));
        }
    }

    private static <T> @Nullable T keeps(String pem, Function<String, T> read, Function<T, String> write) {
        T value = unlessRefused(pem, read);
        if (value != null) {
            assertThat(read.apply(write.apply(value))).isEqualTo(value);
        }
        return value;
    }

    /** Refused is what an {@code IllegalArgumentException} of our own words says. */
    private static <T, R> @Nullable R unlessRefused(T value, Function<T, R> read) {
        try {
            return read.apply(value);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(Expected|The certificate's|WeChat Pay takes) .*");
            return null;
        }
    }
}
