package io.github.ebikecharge.api.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.Fixtures.MCHID;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.Fixtures.bytes;
import static io.github.ebikecharge.api.wire.Fixtures.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CredentialFilesTest {
    private static final String ID = "PUB_KEY_ID_0112300001092026112400000000000001";

    @TempDir
    private Path directory;

    private void write(String name, String fixture) throws IOException {
        Files.write(directory.resolve(name), bytes("openssl/" + fixture));
    }

    private CredentialFiles everything() throws IOException {
        write("apiclient_key.pem", "key-pkcs8.pem");
        write("apiclient_cert.pem", "merchant.pem");
        write("pub_key.pem", "public-key.pem");
        Files.writeString(directory.resolve("pub_key_id.txt"), ID + "\n");
        Files.writeString(directory.resolve("api_v3_key.txt"), " key \r\n");
        write("wechatpay_2.pem", "low-serial.pem");
        write("wechatpay_1.pem", "high-serial.pem");
        write("wechatpay_3.txt", "key-pkcs8.pem");
        write("another.pem", "key-pkcs8.pem");
        return CredentialFiles.read(directory);
    }

    @Test
    void readsADirectory() throws IOException {
        CredentialFiles files = everything();

        assertThat(files.merchant().mchid()).isEqualTo(MCHID);
        assertThat(files.merchant().privateKey()).isEqualTo(Fixtures.privateKey());
        assertThat(files.merchantCertificate()).isEqualTo(Fixtures.certificate());
        assertThat(files.publicKeyId()).hasValue(ID);
        assertThat(files.publicKey()).hasValue(Fixtures.publicKey());
        assertThat(files.platformCertificates())
                .containsExactly(
                        Pem.readCertificate(text("openssl/high-serial.pem")),
                        Pem.readCertificate(text("openssl/low-serial.pem")));
        assertThat(files.platformKeys())
                .containsOnlyKeys(
                        ID,
                        Certificates.serialNo(Pem.readCertificate(text("openssl/high-serial.pem"))),
                        Certificates.serialNo(Pem.readCertificate(text("openssl/low-serial.pem"))))
                .containsEntry(ID, Fixtures.publicKey());
        assertThat(files.apiV3Key()).hasValue("key");
    }

    @Test
    void readsTheJsonOfAMock() throws IOException {
        byte[] json = WireJson.write(Map.of(
                "merchant_private_key", text("openssl/key-pkcs8.pem"),
                "merchant_certificate", text("openssl/merchant.pem"),
                "platform_public_key_id", ID,
                "platform_public_key", text("openssl/public-key.pem"),
                "platform_certificates",
                        List.of(
                                Map.of("certificate", text("openssl/low-serial.pem")),
                                Map.of("certificate", text("openssl/high-serial.pem"))),
                "api_v3_key", "key"));
        Path file = Files.write(directory.resolve("credentials.json"), json);

        CredentialFiles files = CredentialFiles.read(file);

        assertThat(files.merchant()).isEqualTo(everything().merchant());
        assertThat(files.platformKeys()).isEqualTo(everything().platformKeys());
        assertThat(files.publicKeyId()).hasValue(ID);
        assertThat(files.apiV3Key()).hasValue("key");
    }

    @Test
    void opensThePkcs12FileWhereThereIsNoKeyAsPem() throws IOException {
        write("apiclient_cert.p12", "merchant.p12");

        CredentialFiles files = CredentialFiles.read(directory);

        assertThat(files.merchant(MCHID).serialNo()).isEqualTo(SERIAL);
        assertThat(files.merchantCertificate(MCHID)).isEqualTo(Fixtures.certificate());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.merchantCertificate("1230000108"))
                .withMessageContaining("merchant number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.merchant("1230000108"))
                .withMessageContaining("merchant number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.merchant(null))
                .withMessage("There is no readable file " + directory.resolve("apiclient_key.pem"));
    }

    @Test
    void prefersTheKeyAsPem() throws IOException {
        write("apiclient_cert.p12", "sm2-merchant.p12");

        assertThat(everything().merchant(MCHID)).isEqualTo(everything().merchant());
        assertThat(everything().merchantCertificate(MCHID))
                .isEqualTo(everything().merchantCertificate());
    }

    @Test
    void needsNothingUntilItIsAskedFor() throws IOException {
        write("apiclient_cert.pem", "merchant.pem");
        CredentialFiles files = CredentialFiles.read(directory);

        assertThat(files.merchantCertificate()).isEqualTo(Fixtures.certificate());
        assertThat(files.publicKeyId()).isEmpty();
        assertThat(files.publicKey()).isEmpty();
        assertThat(files.platformCertificates()).isEmpty();
        assertThat(files.platformKeys()).isEmpty();
        assertThat(files.apiV3Key()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(files::merchant)
                .withMessage("There is no readable file " + directory.resolve("apiclient_key.pem"));
    }

    @Test
    void missesThePublicKeyThatAnIdNames() throws IOException {
        Files.writeString(directory.resolve("pub_key_id.txt"), ID);
        CredentialFiles files = CredentialFiles.read(directory);

        assertThatIllegalArgumentException().isThrownBy(files::publicKey).withMessageEndingWith("pub_key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"merchant_private_key\":1}"})
    void saysWhatTheJsonLacks(String json) {
        CredentialFiles files = CredentialFiles.ofJson(json.getBytes(UTF_8));

        assertThatIllegalArgumentException()
                .isThrownBy(files::merchant)
                .withMessage("Not the JSON of a mock's credentials: it has no merchant_private_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN PRIVATE KEY-----"})
    void saysThatItIsNoJson(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CredentialFiles.ofJson(text.getBytes(UTF_8)))
                .withMessageStartingWith("Not the JSON of a mock's credentials: ");
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> CredentialFiles.read(directory.resolve("missing")))
                .withMessage("There is no readable file " + directory.resolve("missing"));
    }

    @Test
    void tellsNoSecret() throws IOException {
        assertThat(everything())
                .hasToString("CredentialFiles[api_v3_key.txt, apiclient_cert.pem, apiclient_key.pem, pub_key.pem,"
                        + " pub_key_id.txt, wechatpay_1.pem, wechatpay_2.pem]");
    }
}
