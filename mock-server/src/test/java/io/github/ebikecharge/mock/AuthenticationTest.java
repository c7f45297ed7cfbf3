package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a signed request may look like; {@link ErrorCatalogueTest} has what it may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {
    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    private void assertAccepted(SignedRequest request) throws Exception {
        RawHttp.Answer answer = mock.send(request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        mock.assertSigned(answer);
    }

    /** Those of the official SDKs for Java and Go, for PHP, and of the documentation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mchid,nonce_str,timestamp,serial_no,signature",
                "mchid,serial_no,timestamp,nonce_str,signature",
                "mchid,nonce_str,signature,timestamp,serial_no",
                "signature,serial_no,timestamp,nonce_str,mchid"
            })
    void takesTheFieldsInAnyOrder(String order) throws Exception {
        assertAccepted(SignedRequest.confirm().editAuthorization(value -> inOrder(value, order)));
    }

    private static String inOrder(String value, String order) {
        try {
            AuthorizationHeader header = AuthorizationHeader.parse(value);
            Map<String, String> fields = Map.of(
                    "mchid", header.mchid(),
                    "nonce_str", header.nonceStr(),
                    "timestamp", String.valueOf(header.timestamp()),
                    "serial_no", header.serialNo(),
                    "signature", header.signature());
            return Stream.of(order.split(","))
                    .map(name -> name + "=\"" + fields.get(name) + "\"")
                    .collect(Collectors.joining(",", "WECHATPAY2-SHA256-RSA2048 ", ""));
        } catch (SignatureVerificationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 299, 300, -299, -300})
    void takesTimestampsUpToFiveMinutesFromNow(long seconds) throws Exception {
        assertAccepted(SignedRequest.confirm().age(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123adsddf", "cg55d1ns.c25", "593BEC0C930BF1AFEB40B4A08C8FB242", "a"})
    void takesNoncesOfAnyForm(String nonce) throws Exception {
        assertAccepted(SignedRequest.confirm().nonce(nonce));
    }

    @Test
    void takesTheSameRequestAgain() throws Exception {
        SignedRequest request = SignedRequest.confirm();

        assertThat(mock.send(request).text()).isEqualTo(mock.send(request).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api2.mch.weixin.qq.com", "127.0.0.1:8080", "localhost"})
    void takesTheSameSignatureOnAnyHost(String host) throws Exception {
        assertAccepted(SignedRequest.confirm().header("Host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json, text/plain, application/x-gzip, application/pdf, image/png"})
    void takesWhateverTheCallerAccepts(String accept) throws Exception {
        assertAccepted(SignedRequest.confirm().header("Accept", accept));
    }

    @Test
    void takesAGetWithTheHeadersOfABody() throws Exception {
        assertAccepted(SignedRequest.certificates()
                .header("Content-Type", "application/json")
                .header("Content-Length", "0"));
    }
}
