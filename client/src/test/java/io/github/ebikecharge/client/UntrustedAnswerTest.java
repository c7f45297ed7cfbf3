package io.github.ebikecharge.client;

import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import java.util.HexFormat;
import java.util.Locale;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MALFORMED_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.MISSING_HEADER;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.SIGNATURE_MISMATCH;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.TIMESTAMP_OUT_OF_RANGE;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SCHEME;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.UNKNOWN_SERIAL;
import static io.github.ebikecharge.client.Keys.OTHER;
import static io.github.ebikecharge.client.Keys.PLATFORM;
import static io.github.ebikecharge.client.Keys.PUBLIC_KEY_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.NOW;
import static io.github.ebikecharge.client.Platform.REQUEST_ID;
import static io.github.ebikecharge.client.Platform.TOKEN;
import static io.github.ebikecharge.client.Platform.signed;
import static io.github.ebikecharge.client.Platform.unsigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Successful answers that must not be believed: none of them yields a token. */
class UntrustedAnswerTest {
    private static final String SIGNATURE = "Wechatpay-Signature";

    private final Platform platform = new Platform();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void returnsTheTokenOfASignedAnswer() {
        assertThat(platform.confirm(signed(200, GOOD)).chargingToken()).isEqualTo(TOKEN);
    }

    @Test
    void refusesABodyChangedByOneByte() {
        var answer = signed(200, GOOD).body(GOOD.replace("sdjf", "sdjg"));

        refuses(SIGNATURE_MISMATCH, answer);
    }

    @Test
    void refusesABodyWithALineFeedAdded() {
        refuses(SIGNATURE_MISMATCH, signed(200, GOOD).body(GOOD + "\n"));
    }

    @Test
    void refusesASignatureChangedByOneCharacter() {
        var answer = signed(200, GOOD);
        var signature = signatureOf(answer);
        char first = signature.charAt(0) == 'A' ? 'B' : 'A';

        refuses(SIGNATURE_MISMATCH, answer.setHeader(SIGNATURE, first + signature.substring(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not Base64!", "====", "QUJD", "A"})
    void refusesWhatIsNoSignature(String signature) {
        refuses(SIGNATURE_MISMATCH, signed(200, GOOD).setHeader(SIGNATURE, signature));
    }

    @Test
    void refusesASignatureProbe() {
        var answer = signed(200, GOOD);

        refuses(SIGNATURE_MISMATCH, answer.setHeader(SIGNATURE, "WECHATPAY/SIGNTEST/" + signatureOf(answer)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, -301, -86_400, 300, 301, 86_400})
    void refusesAnAnswerSignedFiveMinutesOrMoreFromNow(int seconds) {
        var thrown = refuses(TIMESTAMP_OUT_OF_RANGE, signed(200, GOOD, NOW + seconds));

        assertThat(thrown).hasMessageContaining("check the clock of this machine");
    }

    @ParameterizedTest
    @ValueSource(ints = {-299, -1, 0, 1, 299})
    void acceptsAnAnswerSignedLessThanFiveMinutesFromNow(int seconds) {
        assertThat(platform.confirm(signed(200, GOOD, NOW + seconds)).chargingToken())
                .isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1714000000.0", "+1714000000", "99999999999999999999"})
    void refusesATimestampThatIsNotSeconds(String timestamp) {
        refuses(MALFORMED_HEADER, signed(200, GOOD).setHeader("Wechatpay-Timestamp", timestamp));
    }

    @ParameterizedTest
    @CsvSource({"Wechatpay-Timestamp, 1714000001", "Wechatpay-Nonce, 00000000000000000000000000000000"})
    void refusesAnotherTimestampOrNonceThanTheSignedOne(String name, String value) {
        refuses(SIGNATURE_MISMATCH, signed(200, GOOD).setHeader(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wechatpay-Nonce", SIGNATURE, "Wechatpay-Timestamp", "Wechatpay-Serial"})
    void refusesAnAnswerThatLacksAPartOfTheSignature(String name) {
        assertThat(refuses(MISSING_HEADER, signed(200, GOOD).removeHeader(name)))
                .hasMessageContaining(name);
        assertThat(refuses(MISSING_HEADER, signed(200, GOOD).setHeader(name, "")))
                .hasMessageContaining(name);
    }

    @Test
    void takesRsaForGrantedWithoutASignatureType() {
        var answer = signed(200, GOOD).removeHeader("Wechatpay-Signature-Type");

        assertThat(platform.confirm(answer).chargingToken()).isEqualTo(TOKEN);
    }

    @Test
    void readsHeaderNamesInAnyCase() {
        var answer = signed(200, GOOD);
        var headers = answer.getHeaders();
        answer.clearHeaders();
        headers.forEach(header -> answer.addHeader(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));

        assertThat(platform.confirm(answer).chargingToken()).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WECHATPAY2-SHA256-RSA4096", "wechatpay2-sha256-rsa2048", "none", ""})
    void refusesAnotherSignatureType(String type) {
        refuses(UNKNOWN_SCHEME, signed(200, GOOD).setHeader("Wechatpay-Signature-Type", type));
    }

    @Test
    void refusesASerialThatIsNotTrusted() {
        var serial = "PUB_KEY_ID_0000000000000000000000000000000000";

        assertThat(refuses(UNKNOWN_SERIAL, signed(200, GOOD.getBytes(UTF_8), serial, PLATFORM, NOW)))
                .hasMessageContaining(serial);
    }

    @Test
    void refusesAnotherKeyThanTheSerialNames() {
        refuses(SIGNATURE_MISMATCH, signed(200, GOOD.getBytes(UTF_8), PUBLIC_KEY_ID, OTHER, NOW));
    }

    @Test
    void refusesTheSignatureOfAnotherAnswer() {
        var other = signed(200, "{\"charging_token\":\"another\"}");

        refuses(SIGNATURE_MISMATCH, other.body(GOOD));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 299})
    void refusesEverySuccessThatIsNotSigned(int status) {
        refuses(MISSING_HEADER, unsigned(status, GOOD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"sdjf23kdsHJfdksj8dj\"",
                "sdjf23kdsHJfdksj8dj",
                "{\"charging_token\":\"sdjf23kdsHJfdksj8dj\"",
                "{\"charging_token\":sdjf23kdsHJfdksj8dj}",
                "{\"charging_token\":{\"value\":\"sdjf23kdsHJfdksj8dj\"}}",
                "{\"charging_token\":[\"sdjf23kdsHJfdksj8dj\"]}",
                "{\"charging_token\":5}",
                "{\"charging_token\":true}",
                "{\"charging_token\":1.5}",
                "{\"charging_token\":\"a\",\"charging_token\":\"b\"}",
                "<html>sdjf23kdsHJfdksj8dj</html>"
            })
    void refusesASignedBodyThatIsNotTheJsonOfAnAnswer(String body) {
        var thrown = refusesTheBody(signed(200, body));

        assertThat(thrown)
                .hasMessageContaining("not the JSON of a ConfirmChargeResponse")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3 28", "00 00 00 7b ff ff ff ff", "fe ff d8 00", "ff fe 00 00 ff ff ff ff"})
    void refusesASignedBodyThatIsNotUtf8(String hex) {
        var body = HexFormat.ofDelimiter(" ").parseHex(hex);

        refusesTheBody(signed(200, body, PUBLIC_KEY_ID, PLATFORM, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | charging_token must not be null",
                "{\"charging_token\":null} | charging_token must not be null",
                "{\"chargingToken\":\"a\"} | charging_token must not be null",
                "{\"charging_token\":\"\"} | charging_token size must be between 1 and"
            })
    void refusesASignedAnswerWithoutAToken(String body, String fault) {
        assertThat(refusesTheBody(signed(200, body))).hasMessageContaining(fault);
    }

    @Test
    void passesOverFieldsThatAreNew() {
        assertThat(platform.confirm(signed(200, "{\"a\":1,\"charging_token\":\"t\",\"b\":null}"))
                        .chargingToken())
                .isEqualTo("t");
    }

    private ResponseValidationException refuses(Reason reason, MockResponse.Builder answer) {
        var thrown = platform.failure(ResponseValidationException.class, answer);
        assertThat(thrown.signatureFault()).contains(reason);
        assertThat(thrown).hasMessageContaining(reason.name());
        return checked(thrown);
    }

    private ResponseValidationException refusesTheBody(MockResponse.Builder answer) {
        var thrown = platform.failure(ResponseValidationException.class, answer);
        assertThat(thrown.signatureFault()).isEmpty();
        return checked(thrown);
    }

    private static ResponseValidationException checked(ResponseValidationException thrown) {
        assertThat(thrown.outcomeUnknown()).isTrue();
        assertThat(thrown.requestId()).contains(REQUEST_ID);
        assertThat(thrown).hasMessageContaining(REQUEST_ID);
        return thrown;
    }

    private static String signatureOf(MockResponse.Builder answer) {
        return requireNonNull(answer.getHeaders().get(SIGNATURE));
    }
}
