package io.github.ebikecharge.api.wire;

import java.security.interfaces.RSAPrivateCrtKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.api.wire.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PemTest {

    /** One of the read methods, a text that it reads, and what it says it expects. */
    enum Reader {
        PRIVATE_KEY("key-pkcs8.pem", "a private key (-----BEGIN PRIVATE KEY-----)"),
        PUBLIC_KEY("public-key.pem", "a public key (-----BEGIN PUBLIC KEY-----)"),
        CERTIFICATE("merchant.pem", "a certificate (-----BEGIN CERTIFICATE-----)"),
        SM2_PRIVATE_KEY("sm2-key.pem", "a private key (-----BEGIN PRIVATE KEY-----)"),
        SM2_CERTIFICATE("sm2-merchant.pem", "a certificate (-----BEGIN CERTIFICATE-----)");

        private final String file;
        private final String expected;

        Reader(String file, String expected) {
            this.file = file;
            this.expected = expected;
        }

        Object read(String pem) {
            return switch (this) {
                case PRIVATE_KEY, SM2_PRIVATE_KEY -> Pem.readPrivateKey(pem);
                case PUBLIC_KEY -> Pem.readPublicKey(pem);
                case CERTIFICATE, SM2_CERTIFICATE -> Pem.readCertificate(pem);
            };
        }

        String pem() {
            return text("openssl/" + file);
        }

        void assertRefuses(String pem, String found) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(pem))
                    .withMessageStartingWith("Expected " + expected + ", found " + found);
        }
    }

    static final Reader[] READERS = Reader.values();

    @Test
    void readsSameKeyFromBothForms() {
        assertThat(Pem.readPrivateKey(text("openssl/key-pkcs1.pem"))).isEqualTo(Fixtures.privateKey());
        assertThat(((RSAPrivateCrtKey) Fixtures.privateKey()).getModulus().bitLength())
                .isEqualTo(2048);
    }

    @Test
    void readsPublicKeyOfTheCertificate() {
        assertThat(Fixtures.publicKey()).isEqualTo(Fixtures.certificate().getPublicKey());
    }

    @Test
    void readsPublicKeyOfSm2() {
        var key = Fixtures.sm2Certificate().getPublicKey();

        assertThat(Pem.readPublicKey(Pem.write(key))).isEqualTo(key);
    }

    @Test
    void writesKeysAndCertificatesAsOpenSsl() {
        assertThat(Pem.write(Fixtures.privateKey())).isEqualToNormalizingNewlines(text("openssl/key-pkcs8.pem"));
        assertThat(Pem.write(Fixtures.publicKey())).isEqualToNormalizingNewlines(text("openssl/public-key.pem"));
        assertThat(Pem.write(Fixtures.sm2Certificate())).isEqualToNormalizingNewlines(text("openssl/sm2-merchant.pem"));
        assertThat(Pem.write(Fixtures.certificate())).isEqualToNormalizingNewlines(text("openssl/merchant.pem"));
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void readsCarriageReturns(Reader reader) {
        assertThat(reader.read(reader.pem().replace("\n", "\r\n"))).isEqualTo(reader.read(reader.pem()));
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void readsTextWithoutLastLineFeed(Reader reader) {
        assertThat(reader.read(reader.pem().strip())).isEqualTo(reader.read(reader.pem()));
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void passesOverTextAround(Reader reader) {
        var text = "Bag Attributes\n    friendlyName: Tenpay Certificate\n\n" + reader.pem() + "\nand so on\n";

        assertThat(reader.read(text)).isEqualTo(reader.read(reader.pem()));
    }

    @ParameterizedTest
    @MethodSource("wrongKinds")
    void refusesAnotherKind(Reader reader, String file) {
        reader.assertRefuses(text("openssl/" + file), "PEM of another kind");
    }

    static Stream<Arguments> wrongKinds() {
        return Stream.of(
                arguments(Reader.PRIVATE_KEY, "public-key.pem"),
                arguments(Reader.PRIVATE_KEY, "merchant.pem"),
                arguments(Reader.PRIVATE_KEY, "key-encrypted.pem"),
                arguments(Reader.PUBLIC_KEY, "key-pkcs1.pem"),
                arguments(Reader.PUBLIC_KEY, "key-pkcs8.pem"),
                arguments(Reader.PUBLIC_KEY, "merchant.pem"),
                arguments(Reader.CERTIFICATE, "key-pkcs1.pem"),
                arguments(Reader.CERTIFICATE, "key-pkcs8.pem"),
                arguments(Reader.CERTIFICATE, "public-key.pem"));
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void refusesTextWithoutPem(Reader reader) {
        reader.assertRefuses("", "no PEM at all");
        reader.assertRefuses("\n", "no PEM at all");
        reader.assertRefuses("apiclient_key.pem", "no PEM at all");
        reader.assertRefuses(reader.pem().replace("-----BEGIN", "BEGIN"), "no PEM at all");
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void refusesTextCutAnywhere(Reader reader) {
        var pem = reader.pem();

        for (int length = 0; length < pem.lastIndexOf("-----END") + 8; length++) {
            reader.assertRefuses(pem.substring(0, length), "");
        }
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void refusesTextWithAnyLineMissing(Reader reader) {
        var lines = reader.pem().lines().toList();

        for (int i = 0; i < lines.size(); i++) {
            int missing = i;
            var pem = Stream.iterate(0, line -> line < lines.size(), line -> line + 1)
                    .filter(line -> line != missing)
                    .map(line -> lines.get(line) + "\n")
                    .reduce("", String::concat);
            reader.assertRefuses(pem, "");
        }
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void refusesWhatIsNotBase64(Reader reader) {
        reader.assertRefuses(withBody(reader, "<base64>"), "broken PEM");
        reader.assertRefuses(withBody(reader, "TUlJQg"), "broken PEM");
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void refusesBase64OfSomethingElse(Reader reader) {
        reader.assertRefuses(withBody(reader, ""), "broken PEM");
        reader.assertRefuses(withBody(reader, "aGVsbG8="), "broken PEM");
        reader.assertRefuses(withBody(reader, "MAA="), "broken PEM");
        reader.assertRefuses(withBody(reader, "AgEB"), "broken PEM");
    }

    @ParameterizedTest
    @FieldSource("READERS")
    void refusesBlockWithAnotherLastLine(Reader reader) {
        reader.assertRefuses(reader.pem().replace("-----END", "-----END X"), "broken PEM");
    }

    private static String withBody(Reader reader, String body) {
        var lines = reader.pem().lines().toList();
        return lines.get(0) + "\n" + body + "\n" + lines.get(lines.size() - 1) + "\n";
    }
}
