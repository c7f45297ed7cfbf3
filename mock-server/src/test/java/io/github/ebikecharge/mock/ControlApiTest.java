package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person, a script or another language's test asks the mock itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlApiTest {
    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    @Test
    void isUp() throws Exception {
        RawHttp.Answer answer = mock.ask("GET", "/_mock/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text())
                .matches("\\{\"status\":\"UP\",\"rsa_provider\":\"(AmazonCorrettoCryptoProvider|SunRsaSign) .*\"}");
        FixedMock.assertUnsigned(answer);
    }

    @Test
    void isUpForACallerThatOnlyWantsTheHead() throws Exception {
        assertThat(mock.ask("HEAD", "/_mock/health").status()).isEqualTo(200);
    }

    @Test
    void handsOutTheCredentialsUnderTheAgreedNames() throws Exception {
        RawHttp.Answer answer = mock.ask("GET", "/_mock/credentials");
        JsonNode credentials = new JsonMapper().readTree(answer.body());

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(credentials.fieldNames())
                .toIterable()
                .containsExactly(
                        "mchid",
                        "merchant_serial_no",
                        "merchant_private_key",
                        "merchant_certificate",
                        "api_v3_key",
                        "platform_certificates",
                        "platform_public_key_id",
                        "platform_public_key");
        assertThat(credentials.path("mchid").textValue()).isEqualTo("1230000109");
        assertThat(credentials.path("api_v3_key").textValue())
                .hasSize(32)
                .isEqualTo(mock.server().apiV3Key());
        assertThat(credentials.path("platform_public_key_id").textValue()).matches("PUB_KEY_ID_\\d{34}");
        assertThat(Pem.readPublicKey(credentials.path("platform_public_key").textValue()))
                .isEqualTo(mock.server().publicKey());
    }

    @Test
    void handsOutAMerchantKeyAndItsCertificate() throws Exception {
        JsonNode credentials =
                new JsonMapper().readTree(mock.ask("GET", "/_mock/credentials").body());
        String key = credentials.path("merchant_private_key").textValue();
        String certificate = credentials.path("merchant_certificate").textValue();

        assertThat(key).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
        assertThat(certificate).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("-----END CERTIFICATE-----\n");
        assertThat(MerchantCredentials.fromPem(key, certificate))
                .isEqualTo(mock.server().merchant());
        assertThat(credentials.path("merchant_serial_no").textValue())
                .isEqualTo(mock.server().merchant().serialNo())
                .matches("[1-9A-F][0-9A-F]{39}");
    }

    @Test
    void handsOutThePlatformCertificatesUnencrypted() throws Exception {
        JsonNode entries = new JsonMapper()
                .readTree(mock.ask("GET", "/_mock/credentials").body())
                .path("platform_certificates");

        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).fieldNames()).toIterable().containsExactly("serial_no", "certificate");
        X509Certificate certificate =
                Pem.readCertificate(entries.path(0).path("certificate").textValue());
        assertThat(List.of(certificate)).isEqualTo(mock.server().platformCertificates());
        assertThat(entries.path(0).path("serial_no").textValue()).isEqualTo(Certificates.serialNo(certificate));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /_mock/nothing, 404",
        "GET, /_mock/health/x, 404",
        "DELETE, /_mock/health, 405",
        "POST, /_mock/credentials, 405"
    })
    void saysInJsonWhatItDoesNotServe(String method, String target, int status) throws Exception {
        RawHttp.Answer answer = mock.ask(method, target);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(new JsonMapper().readTree(answer.body()).path("error").textValue())
                .isNotBlank();
    }

    @Test
    void leavesPathsThatOnlyBeginLikeItsOwnToTheGateway() throws Exception {
        RawHttp.Answer answer = mock.ask("GET", "/_mocking");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Server")).isEqualTo("nginx");
    }
}
