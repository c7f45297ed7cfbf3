package io.github.ebikecharge.api.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static io.github.ebikecharge.api.wire.Fixtures.MCHID;
import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.Fixtures.clockAt;
import static io.github.ebikecharge.api.wire.Fixtures.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** OpenSSL and this code read and verify what the other one made. */
@EnabledIf(value = "opensslIsOnPath", disabledReason = "There is no openssl on the PATH")
class OpenSslTest {
    private static final byte[] BODY = "{\"charging_station_name\":\"xxx充电站\"}".getBytes(UTF_8);

    @TempDir
    private Path directory;

    static boolean opensslIsOnPath() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void opensslVerifiesRequestsSignedHere() throws Exception {
        var header = new Signer(SERIAL, Fixtures.privateKey(), clockAt(NOW)).signRequest(MCHID, "POST", "/v3/x", BODY);
        write(
                "message",
                SignedMessage.ofRequest("POST", "/v3/x", NOW, header.nonceStr(), BODY)
                        .toBytes());
        write("signature", Base64.getDecoder().decode(header.signature()));
        write("public.pem", Pem.write(Fixtures.publicKey()).getBytes(UTF_8));

        assertThat(openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"))
                .isEqualTo("Verified OK");
    }

    @Test
    void opensslVerifiesAnswersSignedHere() throws Exception {
        var signature = new Signer(SERIAL, Fixtures.privateKey(), clockAt(NOW)).signResponse(BODY);
        write("message", SignedMessage.ofResponse(NOW, signature.nonce(), BODY).toBytes());
        write("signature", Base64.getDecoder().decode(signature.signature()));
        write("public.pem", Pem.write(Fixtures.publicKey()).getBytes(UTF_8));

        assertThat(openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"))
                .isEqualTo("Verified OK");
    }

    @Test
    void signaturesOfOpensslVerifyHere() throws Exception {
        openssl("genrsa", "-out", "key.pem", "2048");
        openssl("rsa", "-in", "key.pem", "-pubout", "-out", "public.pem");
        var message = SignedMessage.ofResponse(NOW, "nonce", BODY);
        write("message", message.toBytes());
        openssl("dgst", "-sha256", "-sign", "key.pem", "-out", "signature", "message");
        var signature = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve("signature")));

        assertThatCode(() -> SignatureScheme.SHA256_RSA2048.verify(
                        Pem.readPublicKey(read("public.pem")), message, signature))
                .doesNotThrowAnyException();
        assertThat(SignatureScheme.SHA256_RSA2048.sign(Pem.readPrivateKey(read("key.pem")), message))
                .isEqualTo(signature);
    }

    @Test
    void opensslVerifiesSm2SignaturesMadeHere() throws Exception {
        var header =
                new Signer(SERIAL, Fixtures.sm2PrivateKey(), clockAt(NOW)).signRequest(MCHID, "POST", "/v3/x", BODY);
        write(
                "message",
                SignedMessage.ofRequest("POST", "/v3/x", NOW, header.nonceStr(), BODY)
                        .toBytes());
        write("signature", Base64.getDecoder().decode(header.signature()));
        write("public.pem", Pem.write(Fixtures.sm2Certificate().getPublicKey()).getBytes(UTF_8));

        assertThat(sm2("-verify", "-pubin", "-inkey", "public.pem", "-sigfile", "signature"))
                .isEqualTo("Signature Verified Successfully");
    }

    @Test
    void sm2SignaturesOfOpensslVerifyHere() throws Exception {
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "key.pem");
        openssl("pkey", "-in", "key.pem", "-pubout", "-out", "public.pem");
        var message = SignedMessage.ofResponse(NOW, "nonce", BODY);
        write("message", message.toBytes());
        sm2("-sign", "-inkey", "key.pem", "-out", "signature");
        var signature = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve("signature")));

        assertThatCode(() ->
                        SignatureScheme.SM2_WITH_SM3.verify(Pem.readPublicKey(read("public.pem")), message, signature))
                .doesNotThrowAnyException();
    }

    @Test
    void opensslReadsKeysWrittenHere() throws Exception {
        write("key.pem", Pem.write(Fixtures.privateKey()).getBytes(UTF_8));
        write("sm2-key.pem", Pem.write(Fixtures.sm2PrivateKey()).getBytes(UTF_8));

        assertThat(openssl("pkey", "-in", "key.pem", "-pubout"))
                .isEqualToNormalizingNewlines(Pem.write(Fixtures.publicKey()).strip());
        assertThat(openssl("pkey", "-in", "sm2-key.pem", "-pubout"))
                .isEqualToNormalizingNewlines(
                        Pem.write(Fixtures.sm2Certificate().getPublicKey()).strip());
    }

    @Test
    void opensslNamesSameSerialNumbers() throws Exception {
        for (var file : List.of("merchant", "high-serial", "low-serial", "sm2-merchant")) {
            var certificate = Pem.readCertificate(text("openssl/" + file + ".pem"));
            write("certificate.pem", Pem.write(certificate).getBytes(UTF_8));

            assertThat(openssl("x509", "-in", "certificate.pem", "-noout", "-serial"))
                    .isEqualTo("serial=" + Certificates.serialNo(certificate));
        }
    }

    @Test
    void readsPkcs12OfOpenssl() throws Exception {
        write("key.pem", text("openssl/key-pkcs8.pem").getBytes(UTF_8));
        write("certificate.pem", text("openssl/merchant.pem").getBytes(UTF_8));
        openssl(
                "pkcs12",
                "-export",
                "-inkey",
                "key.pem",
                "-in",
                "certificate.pem",
                "-passout",
                "pass:" + MCHID,
                "-out",
                "merchant.p12");
        var p12 = new ByteArrayInputStream(Files.readAllBytes(directory.resolve("merchant.p12")));

        assertThat(MerchantCredentials.fromPkcs12(p12, MCHID).privateKey()).isEqualTo(Fixtures.privateKey());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** Signs or verifies the file {@code message} with SM2, SM3 and the user ID of WeChat Pay. */
    private String sm2(String... arguments) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("pkeyutl", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"));
        all.addAll(List.of("-in", "message"));
        all.addAll(List.of(arguments));
        return openssl(all.toArray(String[]::new));
    }

    /** Runs openssl in {@link #directory}; it has to succeed. */
    private String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
