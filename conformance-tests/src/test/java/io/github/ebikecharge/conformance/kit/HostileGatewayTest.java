package io.github.ebikecharge.conformance.kit;

import com.google.gson.JsonObject;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The hostile gateway passes our client, and tells how the official SDK differs. */
class HostileGatewayTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A call of a client: it returns, or throws. */
    @FunctionalInterface
    private interface Call {
        void confirm(String contractId);
    }

    static Stream<Function<GatewayKeys, PlatformTrust>> trusts() {
        Function<GatewayKeys, PlatformTrust> publicKey =
                keys -> PlatformTrust.publicKey(GatewayKeys.PUBLIC_KEY_ID, keys.publicKey());
        Function<GatewayKeys, PlatformTrust> certificates =
                keys -> PlatformTrust.certificates(List.of(keys.platformCertificate()));
        return Stream.of(
                publicKey,
                certificates,
                keys -> PlatformTrust.downloadedCertificates(GatewayKeys.API_V3_KEY),
                keys -> publicKey.apply(keys).and(certificates.apply(keys)));
    }

    @ParameterizedTest
    @MethodSource("trusts")
    void passesOurClient(Function<GatewayKeys, PlatformTrust> trust) throws Exception {
        try (HostileGateway gateway = start();
                EbikeChargeClient client = EbikeChargeClient.builder()
                        .baseUrl(gateway.url())
                        .merchant(gateway.keys().merchant())
                        .platformTrust(trust.apply(gateway.keys()))
                        .retryPolicy(RetryPolicy.cautious().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
                        .build()) {
            List<Result> results = drive(
                    gateway,
                    contractId -> client.confirmCharge(contractId, ConfirmChargeRequest.example()),
                    EbikeChargeException.class);

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.outcome())
                            .as("%s: %s", result.check().id(), result.findings())
                            .isEqualTo(Outcome.KEPT));
        }
    }

    @Test
    void tellsHowTheOfficialSdkDiffers() throws Exception {
        try (HostileGateway gateway = start()) {
            List<Result> results = drive(gateway, officialSdk(gateway), WechatPayException.class);

            results.stream()
                    .filter(result -> result.outcome() != Outcome.KEPT)
                    .forEach(result -> System.out.printf(
                            "%-28s %-9s %s%n",
                            result.check().id(),
                            result.outcome(),
                            result.findings().get(0).deviation()));
            assertThat(ids(results, Outcome.DEVIATION))
                    .containsExactly(
                            "right.lower-case-names",
                            "signature.none",
                            "signature.probe",
                            "signature.probe-once",
                            "signature.not-base64",
                            "time.past",
                            "time.future",
                            "time.no-number",
                            "headers.no-signature",
                            "headers.no-timestamp",
                            "headers.no-serial",
                            "headers.no-content-type",
                            "content.empty",
                            "content.no-token",
                            "content.null-token",
                            "content.empty-token",
                            "content.202",
                            "content.204",
                            "refusal.array",
                            "refusal.null-code",
                            "refusal.proxy-page",
                            "request.signature"); // it follows the redirect with the signature of the first target
            assertThat(ids(results, Outcome.WARNING))
                    .containsExactly("signature.type", "refusal.redirect", "request.nonce");
            assertThat(results.stream()
                            .filter(result -> result.check().id().equals("headers.no-signature"))
                            .flatMap(result -> result.findings().stream()))
                    .extracting(Finding::deviation)
                    .containsExactly(
                            "the client broke instead of failing with an error of its own: NullPointerException");
        }
    }

    @Test
    void findsAClientThatBelievesEverything() throws Exception {
        try (HostileGateway gateway = start()) {
            List<Result> results = drive(gateway, contractId -> believe(gateway, contractId), AssertionError.class);

            assertThat(ids(results, Outcome.DEVIATION))
                    .contains("signature.none", "body.altered", "time.past", "request.signature")
                    .doesNotContain("right.plain");
        }
    }

    @Test
    void saysWhichCasesNobodyTold() throws Exception {
        try (HostileGateway gateway = start()) {
            assertThat(gateway.results())
                    .hasSizeGreaterThan(40)
                    .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.NOT_APPLICABLE));
            assertThat(post(gateway.url().resolve("/cases/right.plain/outcome"), "{\"outcome\":\"accepted\"}"))
                    .contains("no confirm for the contract rightPlain has come yet");
            assertThat(post(gateway.url().resolve("/cases/right.plain/outcome"), "?"))
                    .contains("not JSON");
        }
    }

    @Test
    void everyCaseHasAContractOfItsOwn() {
        assertThat(ClientCases.all())
                .extracting(ClientCase::contractId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9A-Za-z]+"));
        assertThat(ClientCases.all()).extracting(ClientCase::expectation).contains(Expectation.values());
    }

    private static HostileGateway start() throws IOException {
        return new HostileGateway(0, Profile.wechat, check -> true, Clock.systemUTC());
    }

    /** As the owner of a client in any language would: over HTTP alone. */
    private static List<Result> drive(HostileGateway gateway, Call call, Class<? extends Throwable> own)
            throws Exception {
        String contracts = HTTP.send(
                        java.net.http.HttpRequest.newBuilder(gateway.url().resolve("/cases.txt"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        for (String contractId : contracts.lines().toList()) {
            String outcome;
            String detail = "";
            try {
                call.confirm(contractId);
                outcome = "accepted";
            } catch (RuntimeException e) {
                outcome = own.isInstance(e) ? "rejected" : "crashed";
                detail = e.getClass().getSimpleName();
            }
            post(
                    gateway.url().resolve("/cases/" + contractId + "/outcome"),
                    new String(WireJson.write(Map.of("outcome", outcome, "detail", detail)), UTF_8));
        }
        gateway.awaitEnd();
        return gateway.results();
    }

    private static List<String> ids(List<Result> results, Outcome outcome) {
        return results.stream()
                .filter(result -> result.outcome() == outcome)
                .map(result -> result.check().id())
                .toList();
    }

    private static Call officialSdk(HostileGateway gateway) {
        GatewayKeys keys = gateway.keys();
        HttpUrl target = HttpUrl.get(gateway.url());
        Config config = new RSAPublicKeyConfig.Builder()
                .merchantId(keys.merchant().mchid())
                .privateKey(Pem.write(keys.merchant().privateKey()))
                .merchantSerialNumber(keys.merchant().serialNo())
                .publicKey(Pem.write(keys.publicKey()))
                .publicKeyId(GatewayKeys.PUBLIC_KEY_ID)
                .apiV3Key(GatewayKeys.API_V3_KEY)
                .build();
        OkHttpClient led = new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .url(chain.request()
                                .url()
                                .newBuilder()
                                .scheme("http")
                                .host(target.host())
                                .port(target.port())
                                .build())
                        .build()))
                .build();
        HttpHeaders headers = new HttpHeaders();
        headers.addHeader("Accept", "application/json");
        headers.addHeader("Content-Type", "application/json");
        return contractId -> new DefaultHttpClientBuilder()
                .config(config)
                .okHttpClient(led)
                .build()
                .execute(
                        new HttpRequest.Builder()
                                .httpMethod(HttpMethod.POST)
                                .url("https://api.mch.weixin.qq.com/v3/ebike/charge/contracts/" + contractId
                                        + "/confirm")
                                .headers(headers)
                                .body(new JsonRequestBody.Builder()
                                        .body(new String(WireJson.write(ConfirmChargeRequest.example()), UTF_8))
                                        .build())
                                .build(),
                        JsonObject.class);
    }

    private static void believe(HostileGateway gateway, String contractId) {
        try {
            post(gateway.url().resolve("/v3/ebike/charge/contracts/" + contractId + "/confirm"), "{}");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String post(URI target, String body) throws IOException, InterruptedException {
        return HTTP.send(
                        java.net.http.HttpRequest.newBuilder(target)
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
