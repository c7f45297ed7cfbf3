package io.github.ebikecharge.api.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MALFORMED_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MISSING_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

class ResponseSignatureTest {
    private static final ResponseSignature SIGNATURE = new ResponseSignature(
            "d824f2e086d3c1df967785d13fcd22ef", "c2lnbmF0dXJl+/==", NOW, SERIAL, SignatureScheme.SHA256_RSA2048);

    @Test
    void writesHeadersInTheOrderAndCasingOfTheGateway() {
        assertThat(SIGNATURE.toHeaders())
                .containsExactly(
                        entry("Wechatpay-Nonce", "d824f2e086d3c1df967785d13fcd22ef"),
                        entry("Wechatpay-Signature", "c2lnbmF0dXJl+/=="),
                        entry("Wechatpay-Timestamp", "1714000000"),
                        entry("Wechatpay-Serial", SERIAL),
                        entry("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"));
    }

    @Test
    void readsWhatItWrote() throws SignatureVerificationException {
        assertThat(ResponseSignature.from(SIGNATURE.toHeaders()::get)).isEqualTo(SIGNATURE);
    }

    @Test
    void takesAbsentSignatureTypeForRsa() throws SignatureVerificationException {
        var headers = new LinkedHashMap<>(SIGNATURE.toHeaders());
        headers.remove("Wechatpay-Signature-Type");

        assertThat(ResponseSignature.from(headers::get)).isEqualTo(SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Timestamp", "Wechatpay-Serial"})
    void namesHeaderThatIsMissing(String name) {
        var headers = new LinkedHashMap<>(SIGNATURE.toHeaders());
        headers.remove(name);

        var thrown = refusal(headers);

        assertThat(thrown.reason()).isEqualTo(MISSING_HEADER);
        assertThat(thrown).hasMessage("The answer has no " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Timestamp", "Wechatpay-Serial"})
    void takesEmptyHeaderForMissing(String name) {
        var thrown = refusal(with(name, ""));

        assertThat(thrown.reason()).isEqualTo(MISSING_HEADER);
        assertThat(thrown).hasMessage("The answer has no " + name);
    }

    @Test
    void namesTheFirstHeaderWhereNoneIsThere() {
        var thrown = refusal(Map.of());

        assertThat(thrown.reason()).isEqualTo(MISSING_HEADER);
        assertThat(thrown).hasMessage("The answer has no Wechatpay-Nonce");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1714000000",
                "-1714000000",
                "01714000000",
                "1714000000.0",
                " 1714000000",
                "171400000O",
                "１７１４００００００",
                "Wed, 24 Apr 2024 23:06:40 GMT",
                "9223372036854775808"
            })
    void refusesTimestampThatIsNotNumberOfSeconds(String timestamp) {
        var thrown = refusal(with("Wechatpay-Timestamp", timestamp));

        assertThat(thrown.reason()).isEqualTo(MALFORMED_HEADER);
        assertThat(thrown).hasMessage("Wechatpay-Timestamp is not a number of seconds: " + timestamp);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, NOW, 1_714_000_000_000L})
    void acceptsTimestampOfAnySize(long timestamp) throws SignatureVerificationException {
        var headers = with("Wechatpay-Timestamp", Long.toString(timestamp));

        assertThat(ResponseSignature.from(headers::get).timestamp()).isEqualTo(timestamp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WECHATPAY2-SM2", "wechatpay2-sha256-rsa2048", ""})
    void refusesAnotherSignatureType(String type) {
        var thrown = refusal(with("Wechatpay-Signature-Type", type));

        assertThat(thrown.reason()).isEqualTo(UNKNOWN_SCHEME);
        assertThat(thrown).hasMessage("Wechatpay-Signature-Type is not known: " + type);
    }

    @Test
    void keepsSignatureOutOfToString() {
        assertThat(SIGNATURE)
                .hasToString("ResponseSignature[nonce=d824f2e086d3c1df967785d13fcd22ef, timestamp=1714000000, serial="
                        + SERIAL + ", scheme=WECHATPAY2-SHA256-RSA2048]");
    }

    private static Map<String, String> with(String name, String value) {
        var headers = new LinkedHashMap<>(SIGNATURE.toHeaders());
        headers.put(name, value);
        return headers;
    }

    private static SignatureVerificationException refusal(Map<String, String> headers) {
        var thrown =
                catchThrowableOfType(SignatureVerificationException.class, () -> ResponseSignature.from(headers::get));
        assertThat(thrown).isNotNull();
        return thrown;
    }
}
