package io.github.ebikecharge.conformance.kit;

import com.google.gson.JsonObject;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The hostile gateway tells how the official SDK differs, in both of its modes. */
class OfficialSdkAsClientTest {
    /** In the order of the cases; {@code headers.no-serial} and {@code request.accept} are the mode's. */
    private static final List<String> DEVIATIONS = List.of(
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

    private static final String NOTHING = "nothing";

    /** What it threw, by the contract. */
    private final Map<String, String> thrown = new TreeMap<>();

    @Test
    void differsInPublicKeyMode() throws Exception {
        try (HostileGateway gateway = HostileGatewayTest.start()) {
            List<Result> results = drive(gateway, publicKeyMode(gateway.keys()));

            assertThat(HostileGatewayTest.ids(results, Outcome.DEVIATION))
                    .containsExactlyInAnyOrderElementsOf(with(DEVIATIONS, "headers.no-serial"));
            assertThat(HostileGatewayTest.ids(results, Outcome.WARNING))
                    .containsExactly("signature.type", "refusal.redirect", "request.nonce");
            assertThat(thrown).containsEntry("headersNoSerial", "NullPointerException");
            findingsOfTheReferenceReappear();
        }
    }

    @Test
    void differsInCertificateMode() throws Exception {
        try (HostileGateway gateway = HostileGatewayTest.start()) {
            List<Result> results = drive(gateway, certificateMode(gateway));

            assertThat(HostileGatewayTest.ids(results, Outcome.DEVIATION))
                    .containsExactlyInAnyOrderElementsOf(with(DEVIATIONS, "request.accept")); // of the download
            assertThat(HostileGatewayTest.ids(results, Outcome.WARNING))
                    .containsExactly("signature.type", "refusal.redirect", "request.nonce");
            assertThat(thrown).containsEntry("headersNoSerial", "ValidationException");
            findingsOfTheReferenceReappear();
        }
    }

    private static List<String> with(List<String> ids, String more) {
        return Stream.concat(ids.stream(), Stream.of(more)).toList();
    }

    /** Row by row, and what §2.6 and §2.8 say of it. */
    private void findingsOfTheReferenceReappear() {
        assertThat(thrown)
                .containsAllEntriesOf(Map.of(
                        "headersNoContentType", "NullPointerException",
                        "headersOtherContentType", "MalformedMessageException",
                        "headersNoSignatureType", NOTHING,
                        "serialUnknownCertificate", "ValidationException",
                        "serialUnknownPublicKey", "ValidationException",
                        "rightUnknownField", NOTHING,
                        "serialLowerCase", "ValidationException",
                        "bodyAltered", "ValidationException"))
                .containsAllEntriesOf(Map.of(
                        "refusal500WithToken", "ServiceException",
                        "refusalEmpty", "ServiceException",
                        "refusalProxyPage", "JsonSyntaxException",
                        "refusalNullCode", "UnsupportedOperationException",
                        "refusalArray", "JsonSyntaxException",
                        "rightLowerCaseNames", "IllegalArgumentException",
                        "timePast", "IllegalArgumentException",
                        "signatureProbe", "IllegalArgumentException",
                        "networkReset", "HttpException",
                        "networkSlow", NOTHING));
    }

    private List<Result> drive(HostileGateway gateway, Config config) throws Exception {
        return HostileGatewayTest.drive(
                gateway,
                contractId -> {
                    try {
                        confirm(config, led(gateway), contractId);
                        thrown.put(contractId, NOTHING);
                    } catch (RuntimeException e) {
                        thrown.put(contractId, e.getClass().getSimpleName());
                        throw e;
                    }
                },
                WechatPayException.class);
    }

    private static Config publicKeyMode(GatewayKeys keys) {
        MerchantCredentials merchant = keys.merchant();
        return new RSAPublicKeyConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(merchant.privateKey()))
                .merchantSerialNumber(merchant.serialNo())
                .publicKey(Pem.write(keys.publicKey()))
                .publicKeyId(GatewayKeys.PUBLIC_KEY_ID)
                .apiV3Key(GatewayKeys.API_V3_KEY)
                .build();
    }

    private static Config certificateMode(HostileGateway gateway) {
        MerchantCredentials merchant = gateway.keys().merchant();
        return new RSAAutoCertificateConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(merchant.privateKey()))
                .merchantSerialNumber(merchant.serialNo())
                .apiV3Key(GatewayKeys.API_V3_KEY)
                .httpClientBuilder(new DefaultHttpClientBuilder().okHttpClient(led(gateway)))
                .build();
    }

    /** Leads the host that is written into the SDK to the gateway. */
    private static OkHttpClient led(HostileGateway gateway) {
        HttpUrl target = HttpUrl.get(gateway.url());
        return new OkHttpClient.Builder()
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
    }

    private static void confirm(Config config, OkHttpClient transport, String contractId) {
        HttpHeaders headers = new HttpHeaders();
        headers.addHeader("Accept", "application/json");
        headers.addHeader("Content-Type", "application/json");
        HttpRequest request = new HttpRequest.Builder()
                .httpMethod(HttpMethod.POST)
                .url("https://api.mch.weixin.qq.com/v3/ebike/charge/contracts/" + contractId + "/confirm")
                .headers(headers)
                .body(new JsonRequestBody.Builder()
                        .body(new String(WireJson.write(ConfirmChargeRequest.example()), UTF_8))
                        .build())
                .build();
        new DefaultHttpClientBuilder()
                .config(config)
                .okHttpClient(transport)
                .build()
                .execute(request, JsonObject.class);
    }
}
