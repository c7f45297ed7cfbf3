package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.ebikecharge.client.Keys.MERCHANT;
import static io.github.ebikecharge.client.Keys.MERCHANT_KEYS;
import static io.github.ebikecharge.client.Keys.PLATFORM;
import static io.github.ebikecharge.client.Keys.PUBLIC_KEY_ID;
import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.NOW;
import static io.github.ebikecharge.client.Platform.TOKEN;
import static io.github.ebikecharge.client.Platform.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests as they go over the wire. */
class SentRequestTest {
    private static final int THREADS = 16;
    private static final int CALLS = 10;

    private final Platform platform = new Platform();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void sendsWhatTheGatewayAsksFor() throws SignatureVerificationException {
        platform.confirm(signed(200, GOOD));

        var request = platform.takeRequest();
        assertThat(request.getRequestLine())
                .isEqualTo("POST /v3/ebike/charge/contracts/" + CONTRACT_ID + "/confirm HTTP/1.1");
        var headers = request.getHeaders();
        assertThat(headers.values("Accept")).containsExactly("application/json");
        assertThat(headers.values("Content-Type")).containsExactly("application/json");
        assertThat(headers.values("Content-Length")).containsExactly("236");
        assertThat(headers.get("Transfer-Encoding")).isNull();
        assertThat(headers.get("User-Agent")).matches("ebike-charge-client/\\S+ Java/\\d+");
        assertThat(headers.values("Wechatpay-Serial")).containsExactly(PUBLIC_KEY_ID);
        assertThat(authorization(request))
                .returns(MERCHANT.mchid(), AuthorizationHeader::mchid)
                .returns(MERCHANT.serialNo(), AuthorizationHeader::serialNo)
                .returns(NOW, AuthorizationHeader::timestamp);
        verifies(request);
    }

    /** As in the official sample, byte for byte: raw UTF-8, the offset as given. */
    @Test
    void sendsTheSampleOfTheDocumentation() {
        platform.confirm(signed(200, GOOD));

        assertThat(platform.takeRequest().getBody().utf8())
                .isEqualTo("{\"sub_mchid\":\"1900000109\",\"appid\":\"wx47c677487ce3ac47\","
                        + "\"sub_appid\":\"wxcc603d9f0d54eaf0\",\"charge_info\":{"
                        + "\"start_time\":\"2017-08-26T09:43:39+08:00\",\"charging_station_name\":\"xxx充电站\","
                        + "\"charging_gun_number\":\"6555\",\"device_id\":\"12343232\"}}");
    }

    @Test
    void leavesOutWhatIsAbsent() throws SignatureVerificationException {
        var info = ChargeInfo.builder()
                .startTime(OffsetDateTime.parse("2026-11-24T08:00:00.250+08:00"))
                .chargingStationName("站/<&>\"")
                .chargingGunNumber("1")
                .deviceId("2")
                .build();
        platform.server.enqueue(signed(200, GOOD).build());
        platform.client.confirmCharge(
                CONTRACT_ID,
                ConfirmChargeRequest.builder().appid("wx0").chargeInfo(info).build());

        var request = platform.takeRequest();
        assertThat(request.getBody().utf8())
                .isEqualTo(
                        "{\"appid\":\"wx0\",\"charge_info\":{\"start_time\":\"2026-11-24T08:00:00.250+08:00\","
                                + "\"charging_station_name\":\"站/<&>\\\"\",\"charging_gun_number\":\"1\",\"device_id\":\"2\"}}");
        verifies(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a/b c%2F充|a%2Fb%20c%252F%E5%85%85",
                "a+b&c=d;e,f|a%2Bb%26c%3Dd%3Be%2Cf",
                "?q#f|%3Fq%23f",
                "../certificates|..%2Fcertificates",
                "...|...",
                "%2E%2E|%252E%252E",
                "..;|..%3B",
                "{contract_id}|%7Bcontract_id%7D",
                "a:b@c~d|a%3Ab%40c%7Ed",
                "a\\b|a%5Cb",
                "\uD83D\uDE97|%F0%9F%9A%97",
                " a |%20a%20"
            })
    void keepsTheContractIdInOneSegmentOfTheTarget(String contractId, String segment)
            throws SignatureVerificationException {
        platform.server.enqueue(signed(200, GOOD).build());
        platform.client.confirmCharge(contractId, ConfirmChargeRequest.example());

        var request = platform.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/v3/ebike/charge/contracts/" + segment + "/confirm");
        verifies(request);
    }

    @Test
    void asksForTheNewestCertificateAndBelievesTheOlder() {
        var older = "5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC";
        var newer = "4B50A1D7C9E2F3041526374859606A7B8C9DAEBF";
        var then = Instant.ofEpochSecond(NOW);
        var trust = PlatformTrust.certificates(List.of(
                Keys.certificate(newer, Keys.OTHER, then), Keys.certificate(older, PLATFORM, then.minusSeconds(1))));
        platform.server.enqueue(
                signed(200, GOOD.getBytes(UTF_8), older, PLATFORM, NOW).build());
        platform.server.enqueue(
                signed(200, GOOD.getBytes(UTF_8), newer, Keys.OTHER, NOW).build());
        try (var client = platform.settings().platformTrust(trust).build()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                                .chargingToken())
                        .isEqualTo(TOKEN);
                assertThat(platform.takeRequest().getHeaders().get("Wechatpay-Serial"))
                        .isEqualTo(newer);
            }
        }
    }

    @Test
    void showsTheObserverWhatWentOverTheWire() {
        var seen = new ArrayList<Exchange>();
        platform.server.enqueue(signed(200, GOOD).build());
        try (var client = platform.settings()
                .listener(ClientListener.ofExchanges(seen::add))
                .build()) {
            client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example());
        }

        var request = platform.takeRequest();
        assertThat(seen).singleElement().satisfies(exchange -> {
            assertThat(exchange.method()).isEqualTo("POST");
            assertThat(exchange.target()).isEqualTo(request.getTarget());
            assertThat(exchange.requestBody()).isEqualTo(request.getBody().utf8());
            assertThat(exchange.requestHeaders())
                    .containsEntry("Authorization", request.getHeaders().get("Authorization"));
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.responseBody()).isEqualTo(GOOD);
            assertThat(exchange.responseHeaders()).containsEntry("Wechatpay-Serial", PUBLIC_KEY_ID);
        });
    }

    /** Each contract's token is its own number, so that an answer that went astray is seen. */
    @Test
    void serves16ThreadsAtOnce() throws Exception {
        platform.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                var contractId = request.getTarget().split("/", -1)[5];
                return signed(200, "{\"charging_token\":\"token of " + contractId + "\"}")
                        .build();
            }
        });
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var calls = new ArrayList<Callable<Void>>();
            for (int i = 0; i < THREADS * CALLS; i++) {
                calls.add(call("contract" + i, i % 2 == 0));
            }
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }

        var nonces = new HashSet<String>();
        for (int i = 0; i < THREADS * CALLS; i++) {
            var request = platform.takeRequest();
            verifies(request);
            nonces.add(authorization(request).nonceStr());
        }
        assertThat(nonces).hasSize(THREADS * CALLS);
    }

    private Callable<Void> call(String contractId, boolean waiting) {
        return () -> {
            var request = ConfirmChargeRequest.example();
            var response = waiting
                    ? platform.client.confirmCharge(contractId, request)
                    : platform.client.confirmChargeAsync(contractId, request).get();
            assertThat(response.chargingToken()).isEqualTo("token of " + contractId);
            return null;
        };
    }

    private static AuthorizationHeader authorization(RecordedRequest request) throws SignatureVerificationException {
        return AuthorizationHeader.parse(requireNonNull(request.getHeaders().get("Authorization")));
    }

    /** Returns if the signature is over the very bytes that arrived. */
    private static void verifies(RecordedRequest request) throws SignatureVerificationException {
        var header = authorization(request);
        var message = SignedMessage.ofRequest(
                request.getMethod(),
                request.getTarget(),
                header.timestamp(),
                header.nonceStr(),
                request.getBody().toByteArray());
        header.scheme().verify(MERCHANT_KEYS.getPublic(), message, header.signature());
    }
}
