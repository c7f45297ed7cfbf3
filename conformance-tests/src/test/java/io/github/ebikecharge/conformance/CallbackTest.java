package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.annotations.SerializedName;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.notification.NotificationConfig;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSANotificationConfig;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeSettings;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Callbacks of the mock, as the official SDK reads them at a station's URL. */
@Timeout(60)
class CallbackTest {
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile int status = 204;
    private HttpServer station;
    private MockWechatPayServer wechatPay;
    private Events events;

    private record Received(Headers headers, String body) {}

    /** What the station reads out of it. */
    private static final class Outcome {
        private String answer;

        @SerializedName("contract_id")
        private String contractId;

        @SerializedName("charging_token")
        private String chargingToken;
    }

    @BeforeEach
    void start() throws Exception {
        station = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        station.createContext("/notices", exchange -> {
            received.add(new Received(
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        station.start();
        wechatPay = MockWechatPayServer.start();
        configure(true);
        events = new Events(wechatPay);
    }

    @AfterEach
    void stop() {
        events.close();
        wechatPay.close();
        station.stop(0);
    }

    private void configure(boolean certificates) {
        wechatPay.configure(MockConfiguration.builder()
                .notices(NoticeSettings.builder()
                        .webhookUrl("http://127.0.0.1:" + station.getAddress().getPort() + "/notices")
                        .build())
                .platformKeys(PlatformKeySettings.builder()
                        .certificatesAvailable(certificates)
                        .build())
                .build());
    }

    private String confirm() {
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
                .build()) {
            return client.confirmCharge("aAfixCs13LsdKPpfZfDkk2189ssXjfx", ConfirmChargeRequest.example())
                    .chargingToken();
        }
    }

    private void answer(NoticeAnswer answer) {
        wechatPay.world().outbox().answer("1", answer);
    }

    @SuppressWarnings("deprecation") // its successor wants to download the certificates from a host that is written in
    private NotificationConfig certificates() {
        return new RSANotificationConfig.Builder()
                .apiV3Key(wechatPay.apiV3Key())
                .certificates(wechatPay.platformCertificates().get(0))
                .build();
    }

    private NotificationConfig publicKey() {
        return new RSAPublicKeyNotificationConfig.Builder()
                .apiV3Key(wechatPay.apiV3Key())
                .publicKeyId(wechatPay.publicKeyId())
                .publicKey(wechatPay.publicKey())
                .build();
    }

    private static Outcome parse(Received callback, String body, NotificationConfig config) {
        RequestParam request = new RequestParam.Builder()
                .serialNumber(callback.headers.getFirst("Wechatpay-Serial"))
                .timestamp(callback.headers.getFirst("Wechatpay-Timestamp"))
                .nonce(callback.headers.getFirst("Wechatpay-Nonce"))
                .signature(callback.headers.getFirst("Wechatpay-Signature"))
                .signType(callback.headers.getFirst("Wechatpay-Signature-Type"))
                .body(body)
                .build();
        return new NotificationParser(config).parse(request, Outcome.class);
    }

    private static JsonNode json(Received callback) throws IOException {
        return new JsonMapper().readTree(callback.body);
    }

    @Test
    void tellTheStationWhatTheUserAnswered() throws Exception {
        String token = confirm();
        answer(NoticeAnswer.CONFIRMED);
        Received callback = received.take();

        Outcome outcome = parse(callback, callback.body, certificates());

        assertThat(outcome.answer).isEqualTo("CONFIRMED");
        assertThat(outcome.contractId).isEqualTo("aAfixCs13LsdKPpfZfDkk2189ssXjfx");
        assertThat(outcome.chargingToken).isEqualTo(token);
        assertThat(callback.body).doesNotContain(token);
        assertThat(json(callback).path("event_type").textValue()).isEqualTo("EBIKE_CHARGE.CONFIRMED");
        assertThat(json(callback).path("resource_type").textValue()).isEqualTo("encrypt-resource");
        JsonNode report = events.next("notice_reported").at("/notice/callback");
        assertThat(report.path("state").textValue()).isEqualTo("TAKEN");
        assertThat(report.path("last_status").intValue()).isEqualTo(204);
    }

    @Test
    void areSignedWithThePublicKeyWhereThereIsNoCertificate() throws Exception {
        configure(false);
        confirm();
        answer(NoticeAnswer.DECLINED);
        Received callback = received.take();

        assertThat(parse(callback, callback.body, publicKey()).answer).isEqualTo("DECLINED");
        assertThatThrownBy(() -> parse(callback, callback.body.replace("已拒绝", "已确认"), publicKey()))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void areRepeatedUntilTheyAreTaken() throws Exception {
        status = 500;
        confirm();
        answer(NoticeAnswer.IGNORED);
        Received first = received.take();
        JsonNode report = events.next("notice_reported").at("/notice/callback");
        assertThat(report.path("state").textValue()).isEqualTo("PENDING");
        assertThat(report.path("last_error").textValue()).isEqualTo("HTTP 500");

        status = 200;
        wechatPay.clock().advance(Duration.ofSeconds(15));
        Received second = received.take();

        assertThat(json(second).path("id")).isEqualTo(json(first).path("id"));
        assertThat(second.headers.getFirst("Wechatpay-Signature"))
                .isNotEqualTo(first.headers.getFirst("Wechatpay-Signature"));
        assertThat(parse(second, second.body, certificates()).answer).isEqualTo("IGNORED");
        JsonNode last = events.next("notice_reported").at("/notice/callback");
        assertThat(last.path("state").textValue()).isEqualTo("TAKEN");
        assertThat(last.path("attempts").intValue()).isEqualTo(2);
    }

    @Test
    void haveAnotherIdInEachRun() throws Exception {
        confirm();
        answer(NoticeAnswer.CONFIRMED);
        Received first = received.take();
        events.close();
        wechatPay.close();
        wechatPay = MockWechatPayServer.start();
        events = new Events(wechatPay);
        configure(true);

        confirm();
        answer(NoticeAnswer.CONFIRMED);

        assertThat(json(received.take()).path("id")).isNotEqualTo(json(first).path("id"));
    }

    @Test
    void areGivenUpAfterADay() throws Exception {
        station.stop(0);
        confirm();
        answer(NoticeAnswer.CONFIRMED);
        for (int attempt = 1; attempt <= 15; attempt++) {
            JsonNode report = events.next("notice_reported").at("/notice/callback");
            assertThat(report.path("attempts").intValue()).isEqualTo(attempt);
            assertThat(report.path("state").textValue()).isEqualTo("PENDING");
            assertThat(report.path("last_error").textValue()).contains("ConnectException");
            wechatPay.clock().advance(Duration.ofHours(6));
        }

        assertThat(events.next("notice_reported").at("/notice/callback/state").textValue())
                .isEqualTo("GIVEN_UP");
        assertThat(received).isEmpty();
    }
}
