package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The mock's page, open in a browser, for tests of it. */
abstract class DashboardPage {
    static final String CONTRACT = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    @TempDir
    private static Path profile;

    static Browser browser;

    @TempDir
    Path directory;

    MockWechatPayServer wechatPay;

    @BeforeAll
    static void open() {
        browser = new Browser(profile);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void start() {
        wechatPay = MockWechatPayServer.start();
        browser.prefer("light");
        browser.size(1400, 1000);
    }

    @AfterEach
    void stop() {
        browser.driver.get("about:blank");
        wechatPay.close();
        assertThat(browser.complaints()).isEmpty();
    }

    void visit(String tab) {
        browser.driver.get(wechatPay.baseUrl() + "/_mock/#" + tab);
        browser.shown(".live .good");
    }

    String confirm(String contractId) {
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
                .build()) {
            return client.confirmCharge(contractId, ConfirmChargeRequest.example())
                    .chargingToken();
        }
    }

    String control(String method, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + path))
                .method(method, BodyPublishers.ofString(body)));
    }

    String settings() {
        try {
            return control("GET", "/_mock/configuration", "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    /** Sends another body than was signed. */
    void confirmWronglySigned() throws Exception {
        String target = "/v3/ebike/charge/contracts/" + CONTRACT + "/confirm";
        String signed = "{\"appid\":\"wx47c677487ce3ac47\",\"charge_info\":{\"charging_gun_number\":\"1\","
                + "\"charging_station_name\":\"a\",\"device_id\":\"1\",\"start_time\":\"2026-11-24T12:00:00+08:00\"}}";
        String answer = control(
                "POST",
                "/_mock/sign",
                "{\"target\":\"%s\",\"body\":\"%s\"}".formatted(target, signed.replace("\"", "\\\"")));
        String authorization = answer.replaceFirst("^\\{\"authorization\":\"", "")
                .replaceFirst("\"}$", "")
                .replace("\\\"", "\"");
        send(HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + target))
                .header("Accept", "application/json")
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(signed.replace("\":", "\": "))));
    }
}
