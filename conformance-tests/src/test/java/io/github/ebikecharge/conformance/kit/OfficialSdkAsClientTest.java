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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/** The hostile gateway tells how the official SDK reacts to every answer, in both of its modes. */
class OfficialSdkAsClientTest {
    /**
     * Each rule, and what became of it: its verdict, and what came of the confirm, in public key mode and, where it differs,
     * in certificate mode.
     */
    private static final String REACTIONS = """
            right.plain | ✓ token
            right.unknown-field | ✓ token
            right.white-space | ✓ token
            right.clock | ✓ token
            right.lower-case-names | ✗ IllegalArgumentException
            right.no-request-id | ✓ token
            signature.none | ✗ IllegalArgumentException
            signature.other-body | ✓ ValidationException
            signature.other-key | ✓ ValidationException
            signature.no-last-line-feed | ✓ ValidationException
            signature.probe | ✗ IllegalArgumentException
            signature.probe-once | ✗ IllegalArgumentException
            signature.empty | ✓ ValidationException
            signature.not-base64 | ✗ IllegalArgumentException
            signature.type | ! token
            serial.unknown-certificate | ✓ ValidationException
            serial.unknown-public-key | ✓ ValidationException
            serial.renamed | ✓ ValidationException
            serial.other-kind | ✓ ValidationException
            serial.lower-case | ✓ ValidationException
            time.past | ✗ IllegalArgumentException
            time.future | ✗ IllegalArgumentException
            time.no-number | ✗ IllegalArgumentException
            headers.no-signature | ✗ NullPointerException
            headers.no-timestamp | ✗ IllegalArgumentException
            headers.no-nonce | ✓ ValidationException
            headers.no-serial | ✗ NullPointerException | ✓ ValidationException
            headers.no-signature-type | ✓ token
            headers.no-content-type | ✗ NullPointerException
            headers.other-content-type | ✓ MalformedMessageException
            headers.content-type-case | ✗ MalformedMessageException
            headers.two-signatures | ✓ token
            headers.two-nonces | ✓ token
            body.altered | ✓ ValidationException
            body.reserialised | ✓ ValidationException
            body.line-feed | ✓ ValidationException
            body.truncated | ✓ ValidationException
            body.empty | ✓ ValidationException
            body.cut-short | ✓ MalformedMessageException
            content.html | ✓ MalformedMessageException
            content.empty | ✗ token
            content.array | ✓ MalformedMessageException
            content.no-token | ✗ token
            content.null-token | ✗ token
            content.empty-token | ✗ token
            content.202 | ✗ token
            content.204 | ✗ token
            refusal.500-with-token | ✓ ServiceException
            refusal.401 | ✓ ServiceException
            refusal.429 | ✓ ServiceException
            refusal.empty | ✓ ServiceException
            refusal.array | ✗ JsonSyntaxException
            refusal.null-code | ✗ UnsupportedOperationException
            refusal.proxy-page | ✗ JsonSyntaxException
            refusal.redirect | ! token
            network.reset | ✓ HttpException
            network.slow | ✓ token
            request.authorization | ✓
            request.signature | ✗
            request.time | ✓
            request.nonce | !
            request.accept | ✓ | ✗
            request.user-agent | ✓
            request.content-type | ✓
            request.serial | ✓
            request.body | ✓
            request.repeat | -
            """;

    private static final String TOKEN = "token";

    /** What came of a confirm: a token, or what was thrown. By the contract. */
    private final Map<String, String> reactions = new TreeMap<>();

    private static List<String> expected(boolean byPublicKey) {
        return REACTIONS
                .lines()
                .map(row -> List.of(row.split(" \\| ", -1)))
                .map(row -> row.get(0) + " | " + row.get(byPublicKey ? 1 : row.size() - 1))
                .toList();
    }

    private List<String> rows(List<Result> results) {
        Map<String, String> contracts =
                ClientCases.all(false).stream().collect(toMap(ClientCase::id, ClientCase::contractId));
        return results.stream()
                .map(result -> {
                    String id = result.check().id();
                    String reaction = reactions.getOrDefault(contracts.getOrDefault(id, ""), "");
                    return "%s | %s %s"
                            .formatted(id, result.outcome().sign, reaction)
                            .strip();
                })
                .toList();
    }

    @Test
    void namesEveryCase() {
        assertThat(expected(true).stream().map(row -> row.substring(0, row.indexOf(' '))))
                .containsAll(ClientCases.all(false).stream().map(ClientCase::id).toList());
    }

    @Test
    void reactsInPublicKeyModeAsWritten() throws Exception {
        try (HostileGateway gateway = HostileGatewayTest.start(false)) {
            assertThat(rows(drive(gateway, publicKeyMode(gateway.keys())))).isEqualTo(expected(true));
        }
    }

    @Test
    void reactsInCertificateModeAsWritten() throws Exception {
        try (HostileGateway gateway = HostileGatewayTest.start(false)) {
            assertThat(rows(drive(gateway, certificateMode(gateway)))).isEqualTo(expected(false));
        }
    }

    private List<Result> drive(HostileGateway gateway, Config config) throws Exception {
        return HostileGatewayTest.drive(
                gateway,
                contractId -> {
                    try {
                        confirm(config, led(gateway), contractId);
                        reactions.put(contractId, TOKEN);
                    } catch (RuntimeException e) {
                        reactions.put(contractId, e.getClass().getSimpleName());
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
