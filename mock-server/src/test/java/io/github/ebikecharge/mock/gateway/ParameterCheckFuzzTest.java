package io.github.ebikecharge.mock.gateway;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.generated.EbikeChargeApiRoutes;
import io.github.ebikecharge.mock.jsoncpp.JsonCppSyntax;
import io.github.ebikecharge.mock.model.Assumptions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in a body. */
class ParameterCheckFuzzTest {
    private static final JsonMapper STRICT_JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Stream<Arguments> requests() {
        return Stream.of(
                        "{\"sub_mchid\":\"1900000109\",\"appid\":\"wx47c677487ce3ac47\",\"sub_appid\":"
                                + "\"wxcc603d9f0d54eaf0\",\"charge_info\":{\"start_time\":\"2017-08-26T09:43:39+08:00\","
                                + "\"charging_station_name\":\"xxx充电站\",\"charging_gun_number\":\"6555\","
                                + "\"device_id\":\"12343232\"}}",
                        "{\"appid\":\"\\ud83d\\uDE00\",\"charge_info\":[],\"x\":{}}",
                        "{\"appid\":1.5e3,/* c */\"charge_info\":{\"start_time\":\"2017-13-26T09:43:39Z\"}} // d",
                        "{\"contract_id\":\"1\",\"contract_id\":00.,\"a\":\"\\u12",
                        "{\"sub_mchid\":[\"\\uDE00\"],\"\\uDE00\":\"\\uDE00\"}",
                        "[[[[{\"a\":tru",
                        "\uFEFF{}",
                        "")
                .map(body -> body.getBytes(UTF_8))
                .flatMap(body -> Stream.of(
                        Arguments.of("1", true, body), Arguments.of("1", false, body), Arguments.of("", true, body)));
    }

    /** @param strict whether what is assumed of the gateway's limits is in force */
    @MethodSource("requests")
    @FuzzTest(maxDuration = "")
    void passesWhatTheHandlerCanReadAndRefusesTheRest(
            @NotNull String contractId, boolean strict, byte @NotNull [] body) {
        Assumptions assumptions = Assumptions.builder()
                .fourByteCharactersRefused(strict)
                .unknownParametersRefused(strict)
                .assumedLimitsEnforced(strict)
                .repeatedPathParametersNamed(strict)
                .build();
        GatewayRequest request = new GatewayRequest(
                EbikeChargeApiRoutes.CONFIRM_CHARGE,
                "POST",
                "/",
                "http",
                HttpFields.build().add("Content-Type", "application/json"),
                Map.of("contract_id", contractId),
                Map.of(),
                body);
        try {
            JsonNode checked = ParameterCheck.check(request, assumptions);
            ConfirmChargeRequest read =
                    request.signedBy(new Caller("1230000109"), checked).body(ConfirmChargeRequest.class);
            assertThat(Configurations.validated(read)).isEqualTo(read);
        } catch (Refusal refusal) {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(new String(refusal.body(), UTF_8)).startsWith("{\"code\":\"PARAM_ERROR\"");
        }
        takesAllThatIsJson(body);
    }

    private static void takesAllThatIsJson(byte[] body) {
        Optional<String> error = JsonCppSyntax.firstError(body);
        if (error.isPresent()) {
            assertThat(error.get()).matches("(?s)\\* Line \\d+, Column \\d+\n  .+\n");
            assertThat(isJson(body)).isFalse();
        }
    }

    /** Left aside: escapes, of which the gateway's parser refuses halves of characters. */
    private static boolean isJson(byte[] body) {
        String text = new String(body, UTF_8);
        try {
            return !text.contains("\\u") && !STRICT_JSON.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }
}
