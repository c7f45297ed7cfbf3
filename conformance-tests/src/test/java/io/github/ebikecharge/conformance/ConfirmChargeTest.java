package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The documented request, from the generated client to the mock and back, every signature verified on both sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmChargeTest {
    private static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private MockWechatPayServer wechatPay;

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    Stream<PlatformTrust> trusts() {
        PlatformTrust publicKey = PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey());
        PlatformTrust certificates = PlatformTrust.certificates(wechatPay.platformCertificates());
        return Stream.of(publicKey, certificates, publicKey.and(certificates));
    }

    private EbikeChargeClient client(PlatformTrust trust) {
        return EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(trust)
                .listener(ClientListener.ofExchanges(exchanges::add))
                .build();
    }

    @ParameterizedTest
    @MethodSource("trusts")
    void confirmsTheDocumentedRequestSynchronously(PlatformTrust trust) {
        try (EbikeChargeClient client = client(trust)) {
            assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                            .chargingToken())
                    .matches("[0-9A-Za-z]{20}");
        }
    }

    @ParameterizedTest
    @MethodSource("trusts")
    void confirmsTheDocumentedRequestAsynchronously(PlatformTrust trust) {
        try (EbikeChargeClient client = client(trust)) {
            assertThat(client.confirmChargeAsync(CONTRACT_ID, ConfirmChargeRequest.example())
                            .join()
                            .chargingToken())
                    .matches("[0-9A-Za-z]{20}");
        }
    }

    @ParameterizedTest
    @MethodSource("trusts")
    void sendsTheDocumentedBytesAndIsAnsweredUnderTheKeyItNamed(PlatformTrust trust) throws Exception {
        exchanges.clear();
        try (EbikeChargeClient client = client(trust)) {
            client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example());
        }

        Exchange exchange = exchanges.get(0);
        assertThat(exchange.target()).isEqualTo("/v3/ebike/charge/contracts/" + CONTRACT_ID + "/confirm");
        assertThat(exchange.requestBody())
                .isEqualTo("{\"sub_mchid\":\"1900000109\",\"appid\":\"wx47c677487ce3ac47\","
                        + "\"sub_appid\":\"wxcc603d9f0d54eaf0\","
                        + "\"charge_info\":{\"start_time\":\"2017-08-26T09:43:39+08:00\","
                        + "\"charging_station_name\":\"xxx充电站\",\"charging_gun_number\":\"6555\","
                        + "\"device_id\":\"12343232\"}}");
        assertThat(AuthorizationHeader.parse(exchange.requestHeaders().get("Authorization"))
                        .mchid())
                .isEqualTo("1230000109");
        assertThat(ResponseSignature.from(exchange.responseHeaders()::get).serial())
                .isEqualTo(exchange.requestHeaders().get("Wechatpay-Serial"));
    }
}
