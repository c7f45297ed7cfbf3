package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.model.CallbackReport;
import io.github.ebikecharge.mock.model.CallbackState;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeDelivery;
import io.github.ebikecharge.mock.model.TokenState;
import io.github.ebikecharge.mock.model.UserNotice;
import io.github.ebikecharge.mock.world.CallbackSender.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** Stations that are slow to answer a callback, over real sockets. */
@Timeout(30)
class CallbackSenderTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-24T12:00:00+08:00");

    private final CallbackSender sender = new CallbackSender(
            body -> new ResponseSignature("nonce", "signature", 1795492800, "serial", SignatureScheme.SHA256_RSA2048),
            DemoKeys.API_V3_KEY,
            Duration.ofMillis(300));

    private CompletableFuture<Outcome> send(ServerSocket station) {
        String url = "http://127.0.0.1:" + station.getLocalPort() + "/notices";
        ChargingToken token = ChargingToken.builder()
                .chargingToken("token")
                .contractId("contract")
                .mchid("1230000109")
                .appid("wx47c677487ce3ac47")
                .chargeInfo(ConfirmChargeRequest.example().chargeInfo())
                .issuedAt(NOON)
                .expiresAt(NOON)
                .state(TokenState.VALID)
                .build();
        UserNotice notice = UserNotice.builder()
                .id("1")
                .contractId("contract")
                .chargingToken("token")
                .title("title")
                .text("text")
                .sentAt(NOON)
                .delivery(NoticeDelivery.DELIVERED)
                .answer(NoticeAnswer.CONFIRMED)
                .answeredAt(NOON)
                .callback(new CallbackReport(url, CallbackState.PENDING, 0, null, null, null))
                .build();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        sender.send(notice, token, outcome::complete);
        return outcome;
    }

    private static ServerSocket station() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void areGivenUpInTheMiddleOfTheirAnswer() throws Exception {
        try (ServerSocket station = station()) {
            CompletableFuture<Outcome> outcome = send(station);
            try (Socket callback = station.accept()) {
                callback.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"code\":".getBytes(US_ASCII));

                assertThat(outcome.get().taken()).isFalse();
                assertThat(outcome.get().error()).contains("within 300 ms");
                callback.setSoTimeout(10_000);
                assertThat(callback.getInputStream().readAllBytes()).isNotEmpty(); // ends: nobody waits any longer
            }
        }
    }

    @Test
    void areGivenUpBeforeTheirAnswerBegins() throws Exception {
        try (ServerSocket station = station()) {
            assertThat(send(station).get().error()).contains("within 300 ms");
        }
    }
}
