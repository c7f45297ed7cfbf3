package io.github.ebikecharge.mock.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Asks mocks, as the demo merchant and over their control API. */
final class Caller {
    private static final MerchantCredentials MERCHANT = DemoKeys.load().merchant();
    private static final String CONFIRM = "/v3/ebike/charge/contracts/%s/confirm";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A signed call, to be sent to any mock, any number of times. */
    record Call(String target, String body, String authorization) {}

    /** A confirm call for the demo contract. */
    static Call confirm(String deviceId) {
        String target = CONFIRM.formatted(World.DEMO_CONTRACT_ID);
        ConfirmChargeRequest example = ConfirmChargeRequest.example();
        byte[] body = WireJson.write(example.toBuilder()
                .chargeInfo(example.chargeInfo().toBuilder().deviceId(deviceId).build())
                .build());
        Signer signer = new Signer(MERCHANT.serialNo(), MERCHANT.privateKey(), Clock.systemUTC());
        return new Call(
                target,
                new String(body, UTF_8),
                signer.signRequest(MERCHANT.mchid(), "POST", target, body).toHeaderValue());
    }

    HttpResponse<String> send(URI mock, Call call) throws IOException, InterruptedException {
        return http.send(request(mock, call), BodyHandlers.ofString(UTF_8));
    }

    CompletableFuture<HttpResponse<String>> sendAsync(URI mock, Call call) {
        return http.sendAsync(request(mock, call), BodyHandlers.ofString(UTF_8));
    }

    private static HttpRequest request(URI mock, Call call) {
        return HttpRequest.newBuilder(mock.resolve(call.target))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("Authorization", call.authorization)
                .POST(BodyPublishers.ofString(call.body))
                .build();
    }

    /** The token that a new call gets, or the code of the refusal. */
    String confirm(URI mock, String deviceId) throws IOException, InterruptedException {
        return outcome(send(mock, confirm(deviceId)));
    }

    /** The token, or the code of the refusal. */
    static String outcome(HttpResponse<String> answer) throws IOException {
        JsonNode body = WireJson.read(answer.body().getBytes(UTF_8), JsonNode.class);
        return body.path(answer.statusCode() == 200 ? "charging_token" : "code").asText();
    }

    /** Asks the control API. */
    HttpResponse<String> ask(URI mock, String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(mock.resolve("/_mock/" + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString(UTF_8));
    }

    /** What the control API shows. */
    JsonNode look(URI mock, String path) throws IOException, InterruptedException {
        return WireJson.read(ask(mock, "GET", path, "").body().getBytes(UTF_8), JsonNode.class);
    }
}
