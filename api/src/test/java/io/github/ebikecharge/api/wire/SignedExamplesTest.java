package io.github.ebikecharge.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.model.CertificateList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.api.wire.Fixtures.clockAt;
import static io.github.ebikecharge.api.wire.Fixtures.reasonOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Each signature of the published examples verifies where it should, here and with OpenSSL, and nowhere else. */
class SignedExamplesTest {
    private static final JsonNode FILE = read();

    @TempDir
    private Path directory;

    private static JsonNode read() {
        try (InputStream file =
                requireNonNull(Signer.class.getResourceAsStream("/META-INF/ebike-charge/signed-examples.json"))) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example, named in reports. */
    record Example(JsonNode json) {
        String text(String pointer) {
            return json.at(pointer).asText();
        }

        byte[] bytes(String pointer) {
            return text(pointer).getBytes(UTF_8);
        }

        AuthorizationHeader authorization() throws SignatureVerificationException {
            return AuthorizationHeader.parse(text("/request/headers/Authorization"));
        }

        ResponseSignature answerSignature() throws SignatureVerificationException {
            return ResponseSignature.from(
                    name -> json.at("/answer/headers").path(name).textValue());
        }

        @Override
        public String toString() {
            return text("/name");
        }
    }

    static Stream<Example> examples() {
        return FILE.path("examples").valueStream().map(Example::new);
    }

    static Stream<Example> signedAnswers() {
        return examples().filter(example -> example.json().at("/answer").has("message"));
    }

    private static PublicKey merchantKey() {
        return Pem.readCertificate(FILE.at("/merchant/certificate").textValue()).getPublicKey();
    }

    private static PublicKey platformKey() {
        return Pem.readPublicKey(FILE.at("/platform/public_key").textValue());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void requestsVerifyAsTheySay(Example example) throws Exception {
        AuthorizationHeader header = example.authorization();
        SignedMessage message = SignedMessage.ofRequest(
                example.text("/request/method"),
                example.text("/request/target"),
                header.timestamp(),
                header.nonceStr(),
                example.bytes("/request/body"));

        assertThat(message.toBytes()).isEqualTo(example.bytes("/request/message"));
        assertThat(header.serialNo()).isEqualTo(FILE.at("/merchant/serial_no").textValue());
        assertThat(header.mchid()).isEqualTo(FILE.at("/merchant/mchid").textValue());
        if (example.json().at("/request/verifies").booleanValue()) {
            assertThatCode(() -> header.scheme().verify(merchantKey(), message, header.signature()))
                    .doesNotThrowAnyException();
        } else {
            assertThat(reasonOf(() -> header.scheme().verify(merchantKey(), message, header.signature())))
                    .isEqualTo(SignatureVerificationException.Reason.SIGNATURE_MISMATCH);
        }
    }

    @ParameterizedTest
    @MethodSource("signedAnswers")
    void answersVerifyOverTheirBodyAndNoOther(Example example) throws Exception {
        Verifier verifier = new Verifier(
                serial -> Optional.of(platformKey())
                        .filter(key ->
                                serial.equals(FILE.at("/platform/public_key_id").textValue())),
                clockAt(FILE.path("timestamp").longValue()));
        ResponseSignature signature = example.answerSignature();
        byte[] body = example.bytes("/answer/body");
        SignedMessage message = SignedMessage.ofResponse(signature.timestamp(), signature.nonce(), body);

        assertThat(message.toBytes()).isEqualTo(example.bytes("/answer/message"));
        assertThatCode(() -> verifier.verify(signature, body)).doesNotThrowAnyException();
        body[body.length - 1] ^= 1;
        assertThat(reasonOf(() -> verifier.verify(signature, body)))
                .isEqualTo(SignatureVerificationException.Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void platformCertificatesOpenWithTheMerchantsKey() throws Exception {
        Example example = examples()
                .filter(each -> each.text("/request/target").equals("/v3/certificates"))
                .findFirst()
                .orElseThrow();
        CertificateList list = WireJson.read(example.bytes("/answer/body"), CertificateList.class);
        CertificateEnvelope envelope =
                new CertificateEnvelope(FILE.at("/merchant/api_v3_key").textValue());

        assertThat(list.data())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(Certificates.serialNo(envelope.open(each.encryptCertificate())))
                        .isEqualTo(each.serialNo()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    @EnabledIf(
            value = "io.github.ebikecharge.api.wire.OpenSslTest#opensslIsOnPath",
            disabledReason = "There is no openssl on the PATH")
    void opensslVerifiesRequestsAsTheySay(Example example) throws Exception {
        boolean verified =
                openssl(merchantKey(), example.authorization().signature(), example.bytes("/request/message"));

        assertThat(verified).isEqualTo(example.json().at("/request/verifies").booleanValue());
    }

    @ParameterizedTest
    @MethodSource("signedAnswers")
    @EnabledIf(
            value = "io.github.ebikecharge.api.wire.OpenSslTest#opensslIsOnPath",
            disabledReason = "There is no openssl on the PATH")
    void opensslVerifiesAnswers(Example example) throws Exception {
        assertThat(openssl(platformKey(), example.answerSignature().signature(), example.bytes("/answer/message")))
                .isTrue();
    }

    /** Whether openssl verifies this signature; it has to say either. */
    private boolean openssl(PublicKey key, String signature, byte[] message) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("public.pem"), Pem.write(key));
        Files.write(directory.resolve("signature"), Base64.getDecoder().decode(signature));
        Files.write(directory.resolve("message"), message);
        Process process = new ProcessBuilder(
                        "openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        boolean verified = process.waitFor() == 0;
        assertThat(output).contains(verified ? "Verified OK" : "Verification failure");
        return verified;
    }
}
