package io.github.ebikecharge.api.wire;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.api.wire.Fixtures.MCHID;
import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.Fixtures.clockAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SignerTest {
    private static final byte[] BODY = "{\"charging_station_name\":\"xxx充电站\"}".getBytes(UTF_8);

    private final Signer signer = new Signer(SERIAL, Fixtures.privateKey(), clockAt(NOW));

    @ParameterizedTest
    @MethodSource("io.github.ebikecharge.api.wire.Fixtures#openSslVectors")
    void signsByteForByteAsOpenSsl(SignatureVector vector) {
        var signer = new Signer(SERIAL, Fixtures.privateKey(), clockAt(vector.timestamp()), vector::nonce);

        var signature = switch (vector.kind()) {
            case request ->
                signer.signRequest(
                                MCHID,
                                requireNonNull(vector.method()),
                                requireNonNull(vector.target()),
                                vector.bodyBytes())
                        .signature();
            case response -> signer.signResponse(vector.bodyBytes()).signature();
        };

        assertThat(signature).isEqualTo(vector.signature());
    }

    @Test
    void namesMerchantKeyAndTimeInRequest() {
        var header = signer.signRequest(MCHID, "POST", "/v3/x", BODY);

        assertThat(header.scheme()).isEqualTo(SignatureScheme.SHA256_RSA2048);
        assertThat(header.mchid()).isEqualTo(MCHID);
        assertThat(header.serialNo()).isEqualTo(SERIAL);
        assertThat(header.timestamp()).isEqualTo(NOW);
        assertThat(header.nonceStr()).matches("[0-9a-f]{32}");
    }

    @Test
    void namesKeyAndTimeInResponse() {
        var signature = signer.signResponse(BODY);

        assertThat(signature.scheme()).isEqualTo(SignatureScheme.SHA256_RSA2048);
        assertThat(signature.serial()).isEqualTo(SERIAL);
        assertThat(signature.timestamp()).isEqualTo(NOW);
        assertThat(signature.nonce()).matches("[0-9a-f]{32}");
    }

    @Test
    void signsWhatItNamesInRequest() {
        var header = signer.signRequest(MCHID, "POST", "/v3/x", BODY);
        var message = SignedMessage.ofRequest("POST", "/v3/x", NOW, header.nonceStr(), BODY);

        assertThatCode(() -> header.scheme().verify(Fixtures.publicKey(), message, header.signature()))
                .doesNotThrowAnyException();
    }

    @Test
    void takesFreshNonceEachTime() {
        assertThat(signer.signRequest(MCHID, "GET", "/", BODY).nonceStr())
                .isNotEqualTo(signer.signRequest(MCHID, "GET", "/", BODY).nonceStr());
        assertThat(signer.signResponse(BODY).nonce())
                .isNotEqualTo(signer.signResponse(BODY).nonce());
    }

    @Test
    void cutsTimeToSeconds() {
        var clock = Clock.fixed(Instant.ofEpochSecond(NOW, 999_999_999), ZoneOffset.UTC);

        assertThat(new Signer(SERIAL, Fixtures.privateKey(), clock)
                        .signResponse(BODY)
                        .timestamp())
                .isEqualTo(NOW);
    }

    @Test
    void refusesKeyOfAnotherKind() {
        var key = Fixtures.ellipticCurveKeys().getPrivate();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signer(SERIAL, key, clockAt(NOW)))
                .withMessageEndingWith("this key is EC on another curve");
    }
}
