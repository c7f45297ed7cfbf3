package io.github.ebikecharge.conformance;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.HttpResponseBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.Matchers;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the client needs of the gateway, written down as a pact: an interaction for each signed example that the client
 * can ask for. The names of the request's fields stand here by hand: that is what a change of the document is compared
 * with. Pact's own server cannot sign, so each answer carries the example's signature, and the client's time is the
 * example's: the client verifies here, too.
 */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = ConfirmChargePactTest.PROVIDER, pactVersion = PactSpecVersion.V4)
class ConfirmChargePactTest {
    static final String PROVIDER = "wechatpay-ebike-charge";
    static final String KNOWN_CONTRACT = "a contract of the caller";
    static final String PAUSED_CONTRACT = "a paused contract";
    static final String NO_CONTRACT = "no such contract";
    static final String CHANGED_REQUEST = "a request that is changed after it was signed";
    static final String OTHER_ANSWER = "a contract whose confirm gets another answer";

    private static final DemoKeys KEYS = DemoKeys.load();
    private static final String AUTHORIZATION =
            "^WECHATPAY2-SHA256-RSA2048 mchid=\"[0-9]+\",nonce_str=\"[^\"]+\",timestamp=\"[0-9]+\","
                    + "serial_no=\"[0-9A-F]{40}\",signature=\"[0-9A-Za-z+/=]{344}\"$";
    private static final String RFC_3339 =
            "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?(Z|[+-]\\d\\d:\\d\\d)$";

    @Pact(provider = PROVIDER, consumer = "ebike-charge-client")
    V4Pact answers(PactBuilder pact) {
        return SignedExample.ofTheClient()
                .reduce(pact, ConfirmChargePactTest::add, (one, other) -> one)
                .toPact();
    }

    private static PactBuilder add(PactBuilder pact, SignedExample example) {
        Map<String, String> sent = example.request().headers();
        return pact.given(state(example), parameters(example))
                .expectsToReceiveHttpInteraction(
                        "a confirm, answered with " + example,
                        http -> http.withRequest(request -> request.method("POST")
                                        .path(Matchers.fromProviderState(
                                                "/v3/ebike/charge/contracts/${contract_id}/confirm",
                                                example.request().target()))
                                        .header("Accept", "application/json")
                                        .header("User-Agent", Matchers.regexp(".+", sent.get("User-Agent")))
                                        .header("Wechatpay-Serial", Matchers.regexp(".+", sent.get("Wechatpay-Serial")))
                                        .header(
                                                "Authorization",
                                                Matchers.regexp(AUTHORIZATION, sent.get("Authorization")))
                                        .body(request()))
                                .willRespondWith(response -> answer(response, example)));
    }

    private static String state(SignedExample example) {
        return switch (example.name()) {
            case "confirmed" -> KNOWN_CONTRACT;
            case "invalid_request" -> PAUSED_CONTRACT;
            case "not_found" -> NO_CONTRACT;
            case "sign_error" -> CHANGED_REQUEST;
            default -> OTHER_ANSWER;
        };
    }

    private static Map<String, Object> parameters(SignedExample example) {
        return state(example).equals(OTHER_ANSWER)
                ? Map.of("contract_id", example.contractId(), "answer", example.name())
                : Map.of("contract_id", example.contractId());
    }

    private static DslPart request() {
        return newJsonBody(body -> body.stringMatcher("sub_mchid", "^[0-9]+$", "1900000109")
                        .stringMatcher("appid", "^wx[0-9a-f]{16}$", "wx47c677487ce3ac47")
                        .stringMatcher("sub_appid", "^wx[0-9a-f]{16}$", "wxcc603d9f0d54eaf0")
                        .object(
                                "charge_info",
                                charge -> charge.stringMatcher("start_time", RFC_3339, "2017-08-26T09:43:39+08:00")
                                        .stringType("charging_station_name", "xxx充电站")
                                        .stringType("charging_gun_number", "6555")
                                        .stringType("device_id", "12343232")))
                .build();
    }

    private static HttpResponseBuilder answer(HttpResponseBuilder response, SignedExample example) {
        SignedExample.Answer answer = example.answer();
        response.status(answer.status());
        answer.headers().forEach((name, value) -> {
            if (name.equals("Content-Type")) {
                response.header(name, value);
            } else {
                response.header(name, Matchers.regexp(pattern(name), value));
            }
        });
        if (!example.contentType().equals("application/json")) {
            return response.body(answer.body(), example.contentType());
        }
        DslPart body =
                newJsonBody(fields -> describe(fields, json(answer.body()))).build();
        // the rules; then the very bytes that are signed, where Pact would escape what is not ASCII
        return response.body(body).body(answer.body(), "application/json; charset=utf-8");
    }

    private static String pattern(String header) {
        return header.equals("Request-ID") ? "^[0-9A-F]+-[0-9]+$" : ".+";
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The code as it stands, everything else by its type: a message is for people and may change. */
    private static void describe(LambdaDslObject body, JsonNode json) {
        json.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                body.object(field.getKey(), below -> describe(below, value));
            } else if (value.isNumber()) {
                body.numberType(field.getKey(), value.numberValue());
            } else if (field.getKey().equals("code")) {
                body.stringValue(field.getKey(), value.textValue());
            } else {
                body.stringType(field.getKey(), value.textValue());
            }
        });
    }

    @Test
    @PactTestFor(pactMethod = "answers")
    void readsAndVerifiesEachAnswer(MockServer wechatPay) {
        try (EbikeChargeClient client = client(wechatPay)) {
            assertThat(SignedExample.ofTheClient()).allSatisfy(example -> {
                if (example.answer().status() == 200) {
                    assertThat(confirm(client, example)).isEqualTo("sdjf23kdsHJfdksj8dj");
                } else {
                    assertRefused(client, example);
                }
            });
        }
    }

    private static void assertRefused(EbikeChargeClient client, SignedExample example) {
        ServiceException refusal = catchThrowableOfType(ServiceException.class, () -> confirm(client, example));

        assertThat(refusal).isNotNull();
        assertThat(refusal.httpStatus()).isEqualTo(example.answer().status());
        assertThat(refusal.rawBody()).isEqualTo(example.answer().body());
        assertThat(refusal.signatureFault().isEmpty())
                .as("its signature verifies")
                .isEqualTo(example.answer().message() != null);
        if (example.contentType().equals("application/json") && refusal.httpStatus() >= 400) {
            assertThat(refusal.code())
                    .hasValue(json(example.answer().body()).path("code").textValue());
        }
    }

    private static String confirm(EbikeChargeClient client, SignedExample example) {
        return client.confirmCharge(example.contractId(), ConfirmChargeRequest.example())
                .chargingToken();
    }

    private static EbikeChargeClient client(MockServer wechatPay) {
        return EbikeChargeClient.builder()
                .baseUrl(URI.create(wechatPay.getUrl()))
                .merchant(KEYS.merchant())
                .platformTrust(PlatformTrust.publicKey(DemoKeys.PUBLIC_KEY_ID, KEYS.publicKey()))
                .retryPolicy(RetryPolicy.none())
                .clock(SignedExampleMaker.CLOCK)
                .build();
    }
}
