package io.github.ebikecharge.conformance;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.Matchers;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the client needs of the gateway, written down as a pact. The names of the fields stand here by hand: that is
 * what a change of the document is compared with. Pact's own server cannot sign, so each answer carries a signature
 * made beforehand, over its fixed body at the client's fixed time: the client verifies here, too.
 */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = ConfirmChargePactTest.PROVIDER, pactVersion = PactSpecVersion.V4)
class ConfirmChargePactTest {
    static final String PROVIDER = "wechatpay-ebike-charge";
    static final String KNOWN_CONTRACT = "a contract of the caller";
    static final String NO_CONTRACT = "no such contract";

    private static final String CONSUMER = "ebike-charge-client";
    private static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";
    private static final String TOKEN = "sdjf23kdsHJfdksj8dj";
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_722_850_421), ZoneOffset.UTC);
    private static final DemoKeys KEYS = DemoKeys.load();
    private static final Signer PLATFORM = new Signer(DemoKeys.PUBLIC_KEY_ID, KEYS.publicKeyPrivate(), CLOCK);
    private static final Signer MERCHANT =
            new Signer(KEYS.merchant().serialNo(), KEYS.merchant().privateKey(), CLOCK);

    private static final String AUTHORIZATION =
            "^WECHATPAY2-SHA256-RSA2048 mchid=\"[0-9]+\",nonce_str=\"[^\"]+\",timestamp=\"[0-9]+\","
                    + "serial_no=\"[0-9A-F]{40}\",signature=\"[0-9A-Za-z+/=]{344}\"$";
    private static final String RFC_3339 =
            "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?(Z|[+-]\\d\\d:\\d\\d)$";

    @Pact(provider = PROVIDER, consumer = CONSUMER)
    V4Pact confirmed(PactBuilder pact) {
        DslPart token = newJsonBody(body -> body.stringMatcher("charging_token", "^[0-9A-Za-z]+$", TOKEN))
                .build();
        return interaction(pact, KNOWN_CONTRACT, "a signed confirm", CONTRACT_ID, 200, token);
    }

    @Pact(provider = PROVIDER, consumer = CONSUMER)
    V4Pact unknownContract(PactBuilder pact) {
        DslPart error = newJsonBody(
                        body -> body.stringValue("code", "NOT_FOUND").stringType("message", "no such contract"))
                .build();
        return interaction(pact, NO_CONTRACT, "a signed confirm without a contract", "unknown", 404, error);
    }

    private static V4Pact interaction(
            PactBuilder pact, String state, String description, String contractId, int status, DslPart answer) {
        Map<String, String> signature =
                PLATFORM.signResponse(answer.toString().getBytes(UTF_8)).toHeaders();
        String authorization = MERCHANT.signRequest(KEYS.merchant().mchid(), "POST", "/", new byte[0])
                .toHeaderValue();
        return pact.given(state, Map.of("contract_id", contractId))
                .expectsToReceiveHttpInteraction(
                        description,
                        http -> http.withRequest(request -> request.method("POST")
                                        .path(Matchers.fromProviderState(
                                                "/v3/ebike/charge/contracts/${contract_id}/confirm",
                                                "/v3/ebike/charge/contracts/" + contractId + "/confirm"))
                                        .header("Accept", "application/json")
                                        .header("User-Agent", Matchers.regexp(".+", "ebike-charge-client"))
                                        .header("Wechatpay-Serial", Matchers.regexp(".+", DemoKeys.PUBLIC_KEY_ID))
                                        .header("Authorization", Matchers.regexp(AUTHORIZATION, authorization))
                                        .body(request()))
                                .willRespondWith(response -> {
                                    response.status(status)
                                            .header("Content-Type", "application/json; charset=utf-8")
                                            .body(answer);
                                    signature.forEach(
                                            (name, value) -> response.header(name, Matchers.regexp(".+", value)));
                                    return response;
                                }))
                .toPact();
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

    @Test
    @PactTestFor(pactMethod = "confirmed")
    void readsTheTokenOfAVerifiedAnswer(MockServer wechatPay) {
        try (EbikeChargeClient client = client(wechatPay)) {
            assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                            .chargingToken())
                    .isEqualTo(TOKEN);
        }
    }

    @Test
    @PactTestFor(pactMethod = "unknownContract")
    void tellsThatThereIsNoSuchContract(MockServer wechatPay) {
        try (EbikeChargeClient client = client(wechatPay)) {
            ServiceException refusal = catchThrowableOfType(
                    ServiceException.class, () -> client.confirmCharge("unknown", ConfirmChargeRequest.example()));

            assertThat(refusal.httpStatus()).isEqualTo(404);
            assertThat(refusal.code()).hasValue("NOT_FOUND");
        }
    }

    private static EbikeChargeClient client(MockServer wechatPay) {
        return EbikeChargeClient.builder()
                .baseUrl(URI.create(wechatPay.getUrl()))
                .merchant(KEYS.merchant())
                .platformTrust(PlatformTrust.publicKey(DemoKeys.PUBLIC_KEY_ID, KEYS.publicKey()))
                .clock(CLOCK)
                .build();
    }
}
