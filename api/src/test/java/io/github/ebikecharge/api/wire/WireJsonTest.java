package io.github.ebikecharge.api.wire;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.model.ErrorResponse;
import io.github.ebikecharge.api.model.ParamErrorDetail;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WireJsonTest {

    @Test
    void writesTheFieldsInTheOrderOfTheSignedVector() {
        var vector = Fixtures.signatureVectors()
                .filter(candidate -> candidate.id().equals("V4"))
                .findFirst()
                .orElseThrow();

        var request = ConfirmChargeRequest.builder()
                .subMchid("1900000109")
                .appid("wx47c677487ce3ac47")
                .subAppid("wxcc603d9f0d54eaf0")
                .chargeInfo(ChargeInfo.example())
                .build();

        assertThat(WireJson.write(request)).hasSize(236).isEqualTo(vector.bodyBytes());
    }

    @Test
    void readsWhatItWrote() throws JacksonException {
        var json = WireJson.write(ConfirmChargeRequest.example());

        assertThat(WireJson.read(json, ConfirmChargeRequest.class)).isEqualTo(ConfirmChargeRequest.example());
    }

    @Test
    void leavesAbsentFieldsOut() {
        var request = ConfirmChargeRequest.builder()
                .appid("wx47c677487ce3ac47")
                .chargeInfo(ChargeInfo.builder().deviceId("12343232").build())
                .build();

        assertThat(json(request))
                .isEqualTo("{\"appid\":\"wx47c677487ce3ac47\",\"charge_info\":{\"device_id\":\"12343232\"}}");
    }

    @Test
    void writesRequiredFieldsThatMayBeNull() {
        assertThat(json(ParamErrorDetail.builder().build())).isEqualTo("{\"location\":null,\"value\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "2017-08-26T09:43:39+08:00, 2017-08-26T09:43:39+08:00",
        "2017-08-26T09:43+08:00, 2017-08-26T09:43:00+08:00",
        "2017-08-26T00:00+08:00, 2017-08-26T00:00:00+08:00",
        "2017-08-26T09:43:39.5+08:00, 2017-08-26T09:43:39.500+08:00",
        "2017-08-26T09:43:39.001+08:00, 2017-08-26T09:43:39.001+08:00",
        "2017-08-26T09:43:00.120+08:00, 2017-08-26T09:43:00.120+08:00",
        "2017-08-26T09:43:39.123999999+08:00, 2017-08-26T09:43:39.123+08:00",
        "2017-08-26T09:43:39.000999999+08:00, 2017-08-26T09:43:39+08:00",
        "2017-08-26T01:43:39Z, 2017-08-26T01:43:39Z",
        "2017-08-26T01:43:39.250Z, 2017-08-26T01:43:39.250Z",
        "2017-08-26T07:13:39+05:30, 2017-08-26T07:13:39+05:30",
        "2017-08-25T21:43:39-04:00, 2017-08-25T21:43:39-04:00"
    })
    void writesDatesToTheSecondOrMillisecondWithTheirOffset(String date, String written) {
        assertThat(json(startingAt(OffsetDateTime.parse(date)))).isEqualTo("{\"start_time\":\"" + written + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2017-08-26T09:43:39+08:00",
                "2017-08-26T09:43:00+08:00",
                "2017-08-26T09:43:39.123+08:00",
                "2017-08-26T01:43:39Z",
                "2017-08-25T21:43:39-04:00"
            })
    void readsDatesWithTheirOffset(String date) throws JacksonException {
        var info = read("{\"start_time\":\"" + date + "\"}", ChargeInfo.class);

        assertThat(info.startTime().getOffset())
                .isEqualTo(OffsetDateTime.parse(date).getOffset());
        assertThat(json(info)).isEqualTo("{\"start_time\":\"" + date + "\"}");
    }

    @Test
    void writesChineseAsItIs() {
        assertThat(WireJson.write(
                        ChargeInfo.builder().chargingStationName("充电站/\u2028").build()))
                .isEqualTo("{\"charging_station_name\":\"充电站/\u2028\"}".getBytes(UTF_8));
    }

    @Test
    void escapesOnlyWhatJsonAsksFor() {
        assertThat(json(ChargeInfo.builder().deviceId("a\"b\\c\n<&>'").build()))
                .isEqualTo("{\"device_id\":\"a\\\"b\\\\c\\n<&>'\"}");
    }

    @Test
    void passesOverUnknownFields() throws JacksonException {
        var json = "{\"new\":{\"a\":[1,null]},\"charging_token\":\"sdjf23kdsHJfdksj8dj\",\"other\":null}";

        assertThat(read(json, ConfirmChargeResponse.class)).isEqualTo(ConfirmChargeResponse.example());
    }

    @Test
    void readsWhiteSpaceAround() throws JacksonException {
        assertThat(read(" \r\n{ \"charging_token\" : \"sdjf23kdsHJfdksj8dj\" }\n", ConfirmChargeResponse.class))
                .isEqualTo(ConfirmChargeResponse.example());
    }

    @Test
    void readsErrorDetailOfAnyType() throws JacksonException {
        assertThat(read("{\"code\":\"C\",\"message\":\"m\"}", ErrorResponse.class)
                        .detail())
                .isNull();
        for (var detail : new String[] {"{\"location\":\"body\"}", "\"text\"", "[1]", "2.5"}) {
            var error = read("{\"code\":\"C\",\"detail\":" + detail + ",\"message\":\"m\"}", ErrorResponse.class);
            assertThat(error.detail()).hasToString(detail);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"charging_token\":\"a\",\"charging_token\":\"a\"}",
                "{\"charging_token\":\"a\",\"new\":{\"b\":1,\"b\":2}}",
                "{\"new\":1,\"charging_token\":\"a\",\"new\":2}"
            })
    void refusesRepeatedFields(String json) {
        assertThatThrownBy(() -> read(json, ConfirmChargeResponse.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("Duplicate field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"charging_token\":\"a\"}{}", "{\"charging_token\":\"a\"} x", "{\"charging_token\":\"a\"},"})
    void refusesTextAfterTheValue(String json) {
        assertThatThrownBy(() -> read(json, ConfirmChargeResponse.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "{",
                "{\"charging_token\":\"a\"",
                "{\"charging_token\":{}}",
                "{charging_token:\"a\"}",
                "{'charging_token':'a'}",
                "{\"charging_token\":\"a\",}",
                "<html></html>"
            })
    void refusesWhatIsNotJsonOfThatType(String json) {
        assertThatThrownBy(() -> read(json, ConfirmChargeResponse.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] json = "{\"charging_token\":\"é\"}".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> WireJson.read(json, ConfirmChargeResponse.class))
                .isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 7b ff ff ff ff", "ff fe 00 00 ff ff ff ff", "fe ff d8 00"})
    void refusesBytesThatLookLikeUtf32OrUtf16(String hex) {
        byte[] json = HexFormat.ofDelimiter(" ").parseHex(hex);

        assertThatThrownBy(() -> WireJson.read(json, ConfirmChargeResponse.class))
                .isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "1.5", "true"})
    void takesNothingButTextsForTexts(String value) {
        assertThatThrownBy(() -> read("{\"charging_token\":" + value + "}", ConfirmChargeResponse.class))
                .isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2017-08-26", "2017-08-26T09:43:39", "2017-08-26 09:43:39+08:00", "20170826T094339+0800", "x"})
    void refusesDatesOfAnotherForm(String date) {
        assertThatThrownBy(() -> read("{\"start_time\":\"" + date + "\"}", ChargeInfo.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void makesTreeOfTheSameFields() throws JacksonException {
        var example = ConfirmChargeRequest.example();

        assertThat(WireJson.toTree(example)).hasToString(json(example));
    }

    @Test
    void namesTypeThatCannotBeWritten() {
        assertThatThrownBy(() -> WireJson.write(new Object()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot be written as JSON: java.lang.Object");
    }

    private static ChargeInfo startingAt(OffsetDateTime start) {
        return ChargeInfo.builder().startTime(start).build();
    }

    private static <T> T read(String json, Class<T> type) throws JacksonException {
        return WireJson.read(json.getBytes(UTF_8), type);
    }

    private static String json(Object value) {
        return new String(WireJson.write(value), UTF_8);
    }
}
