package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The document says what the official page said, and nothing that client and mock exchange contradicts it. */
class DocumentTest {
    private static final JsonNode DOCUMENT = ContractDocument.root();

    @ParameterizedTest
    @CsvSource({
        "ConfirmChargeRequest,  sub_mchid,             false, 特约商户号,       1900000109",
        "ConfirmChargeRequest,  appid,                 true,  服务商公众号ID,   wx47c677487ce3ac47",
        "ConfirmChargeRequest,  sub_appid,             false, 特约商户公众号ID, wxcc603d9f0d54eaf0",
        "ChargeInfo,            start_time,            true,  开始时间,         2017-08-26T09:43:39+08:00",
        "ChargeInfo,            charging_station_name, true,  充电站名称,       xxx充电站",
        "ChargeInfo,            charging_gun_number,   true,  充电枪编号,       6555",
        "ChargeInfo,            device_id,             true,  充电位设备号,     12343232",
        "ConfirmChargeResponse, charging_token,        true,  用户充电代扣凭证, sdjf23kdsHJfdksj8dj",
    })
    void givesEachFieldItsDocumentedTypeTitleAndExample(
            String schema, String name, boolean required, String title, String example) {
        JsonNode type = DOCUMENT.at("/components/schemas/" + schema);
        JsonNode field = type.at("/properties/" + name);

        assertThat(field.path("type").textValue()).isEqualTo("string");
        assertThat(field.path("title").textValue()).isEqualTo(title);
        assertThat(field.path("example").textValue()).isEqualTo(example);
        assertThat(field.path("description").textValue()).contains(title);
        assertThat(names(type.path("required")).contains(name)).isEqualTo(required);
    }

    @Test
    void hasTheDocumentedFieldsAndNoOthers() {
        assertThat(fieldNames("ConfirmChargeRequest"))
                .containsExactly("sub_mchid", "appid", "sub_appid", "charge_info");
        assertThat(fieldNames("ChargeInfo"))
                .containsExactly("start_time", "charging_station_name", "charging_gun_number", "device_id");
        assertThat(fieldNames("ConfirmChargeResponse")).containsExactly("charging_token");
    }

    @Test
    void requiresTheDocumentedFieldsAndNoOthers() {
        assertThat(required("ConfirmChargeRequest")).containsExactly("appid", "charge_info");
        assertThat(required("ChargeInfo"))
                .containsExactly("start_time", "charging_station_name", "charging_gun_number", "device_id");
        assertThat(required("ConfirmChargeResponse")).containsExactly("charging_token");
    }

    @Test
    void typesTheSessionAsAnObjectAndItsStartAsADate() {
        assertThat(DOCUMENT.at("/components/schemas/ConfirmChargeRequest/type").textValue())
                .isEqualTo("object");
        assertThat(DOCUMENT.at("/components/schemas/ConfirmChargeRequest/properties/charge_info/allOf/0/$ref")
                        .textValue())
                .isEqualTo("#/components/schemas/ChargeInfo");
        assertThat(DOCUMENT.at("/components/schemas/ChargeInfo/type").textValue())
                .isEqualTo("object");
        assertThat(DOCUMENT.at("/components/schemas/ChargeInfo/properties/start_time/format")
                        .textValue())
                .isEqualTo("date-time");
        assertThat(DOCUMENT.at("/components/schemas/ChargeInfo/properties").findValuesAsText("format"))
                .containsExactly("date-time");
    }

    @Test
    void hasTheDocumentedPathMethodAndParameter() {
        assertThat(names(DOCUMENT.path("paths").fieldNames()))
                .containsExactlyInAnyOrder("/v3/ebike/charge/contracts/{contract_id}/confirm", "/v3/certificates");
        assertThat(names(DOCUMENT.path("paths").path(ContractDocument.CONFIRM).fieldNames()))
                .containsExactly("post");
        JsonNode contractId = DOCUMENT.at("/components/parameters/ContractId");
        assertThat(ContractDocument.confirm().at("/parameters/0/$ref").textValue())
                .isEqualTo("#/components/parameters/ContractId");
        assertThat(contractId.path("name").textValue()).isEqualTo("contract_id");
        assertThat(contractId.path("in").textValue()).isEqualTo("path");
        assertThat(contractId.path("required").booleanValue()).isTrue();
        assertThat(contractId.at("/schema/type").textValue()).isEqualTo("string");
        assertThat(contractId.at("/schema/title").textValue()).isEqualTo("充电授权扣费协议号");
        assertThat(contractId.path("example").textValue()).isEqualTo("aAfixCs13LsdKPpfZfDkk2189ssXjfx");
        assertThat(DOCUMENT.at("/servers/0/url").textValue()).isEqualTo("https://api.mch.weixin.qq.com");
    }

    @Test
    void takesAndGivesTheDocumentedSchemas() {
        assertThat(ContractDocument.confirm()
                        .at("/requestBody/content/application~1json/schema/$ref")
                        .textValue())
                .isEqualTo("#/components/schemas/ConfirmChargeRequest");
        assertThat(ContractDocument.confirm().at("/requestBody/required").booleanValue())
                .isTrue();
        assertThat(ContractDocument.answer(200)
                        .at("/content/application~1json/schema/$ref")
                        .textValue())
                .isEqualTo("#/components/schemas/ConfirmChargeResponse");
    }

    @Test
    void marksTheCallAsWithdrawn() {
        JsonNode confirm = ContractDocument.confirm();

        assertThat(confirm.path("deprecated").booleanValue()).isTrue();
        assertThat(confirm.path("x-withdrawn").textValue()).isEqualTo("2019-12-16");
    }

    @Test
    void enforcesNoLimitThatIsOnlyAssumed() {
        assertThat(DOCUMENT.findValues("maxLength")).isEmpty();
        assertThat(DOCUMENT.findValuesAsText("x-assumed-max-length")).isNotEmpty();
    }

    @Test
    void describesWhatClientAndMockExchange() {
        List<Exchange> exchanges = new ArrayList<>();
        try (MockWechatPayServer wechatPay = MockWechatPayServer.start();
                EbikeChargeClient client = EbikeChargeClient.builder()
                        .baseUrl(wechatPay.baseUrl())
                        .merchant(wechatPay.merchant())
                        .platformTrust(PlatformTrust.certificates(wechatPay.platformCertificates()))
                        .listener(ClientListener.ofExchanges(exchanges::add))
                        .build()) {
            client.confirmCharge("aAfixCs13LsdKPpfZfDkk2189ssXjfx", ConfirmChargeRequest.example());
            assertThatThrownBy(() -> client.confirmCharge("unknown", ConfirmChargeRequest.example()))
                    .isInstanceOf(ServiceException.class);
        }

        Exchange confirmed = exchanges.get(0);
        assertThat(ContractDocument.faults("ConfirmChargeRequest", confirmed.requestBody()))
                .isEmpty();
        assertThat(ContractDocument.faults("ConfirmChargeResponse", confirmed.responseBody()))
                .isEmpty();
        assertThat(ContractDocument.faults("ErrorResponse", exchanges.get(1).responseBody()))
                .isEmpty();
        assertThat(confirmed.responseHeaders()).containsKeys(documentedHeaders());
    }

    private static String[] documentedHeaders() {
        return names(ContractDocument.answer(200).path("headers").fieldNames()).toArray(String[]::new);
    }

    private static List<String> required(String schema) {
        return names(DOCUMENT.at("/components/schemas/" + schema + "/required"));
    }

    private static List<String> fieldNames(String schema) {
        return names(
                DOCUMENT.at("/components/schemas/" + schema + "/properties").fieldNames());
    }

    private static List<String> names(Iterator<String> names) {
        List<String> list = new ArrayList<>();
        names.forEachRemaining(list::add);
        return list;
    }

    private static List<String> names(JsonNode array) {
        List<String> list = new ArrayList<>();
        array.forEach(name -> list.add(name.textValue()));
        return list;
    }
}
