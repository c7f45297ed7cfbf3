package io.github.ebikecharge.benchmark;

import com.google.gson.annotations.SerializedName;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.net.URI;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The same call by the official SDK, as its users make calls that it has no class for: one client for all of them. */
final class SdkCall {
    private final String url;
    private final HttpClient client;

    SdkCall(URI mock) {
        DemoKeys keys = DemoKeys.load();
        MerchantCredentials merchant = keys.merchant();
        url = mock + "/v3/ebike/charge/contracts/" + Requests.CONTRACT_ID + "/confirm";
        client = new DefaultHttpClientBuilder()
                .config(new RSAPublicKeyConfig.Builder()
                        .merchantId(merchant.mchid())
                        .privateKey(Pem.write(merchant.privateKey()))
                        .merchantSerialNumber(merchant.serialNo())
                        .publicKey(Pem.write(keys.publicKey()))
                        .publicKeyId(DemoKeys.PUBLIC_KEY_ID)
                        .apiV3Key(DemoKeys.API_V3_KEY)
                        .build())
                .okHttpClient(new OkHttpClient())
                .build();
    }

    /** Read by the SDK's own JSON library. */
    private static final class Token {
        @SerializedName("charging_token")
        private @Nullable String chargingToken;
    }

    void confirm() {
        HttpHeaders headers = new HttpHeaders();
        headers.addHeader("Accept", "application/json");
        headers.addHeader("Content-Type", "application/json");
        HttpRequest request = new HttpRequest.Builder()
                .httpMethod(HttpMethod.POST)
                .url(url)
                .headers(headers)
                .body(new JsonRequestBody.Builder()
                        .body(new String(WireJson.write(Requests.session()), UTF_8))
                        .build())
                .build();
        if (client.execute(request, Token.class).getServiceResponse().chargingToken == null) {
            throw new IllegalStateException("An answer without a token");
        }
    }
}
