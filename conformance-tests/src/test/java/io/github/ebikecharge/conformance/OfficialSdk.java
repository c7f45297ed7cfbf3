package io.github.ebikecharge.conformance;

import com.google.gson.annotations.SerializedName;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.HttpResponse;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.MediaType;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The official SDK, unmodified. Only its calls are led to the mock's address. */
final class OfficialSdk {
    static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private static final String URL = "https://api.mch.weixin.qq.com/v3/ebike/charge/contracts/%s/confirm";

    private final MockWechatPayServer wechatPay;

    OfficialSdk(MockWechatPayServer wechatPay) {
        this.wechatPay = wechatPay;
    }

    /** Read by the SDK's own JSON library. */
    private static final class Token {
        @SerializedName("charging_token")
        private String chargingToken;
    }

    /** Leads calls to the mock. */
    OkHttpClient ledToTheMock() {
        return ledToTheMock(UnaryOperator.identity());
    }

    /** As above, and changes the answers on their way. */
    OkHttpClient ledToTheMock(UnaryOperator<Response> tampering) {
        HttpUrl mock = HttpUrl.get(wechatPay.baseUrl());
        Interceptor lead = chain -> tampering.apply(chain.proceed(chain.request()
                .newBuilder()
                .url(chain.request()
                        .url()
                        .newBuilder()
                        .scheme(mock.scheme())
                        .host(mock.host())
                        .port(mock.port())
                        .build())
                .build()));
        return new OkHttpClient.Builder().addInterceptor(lead).build();
    }

    Config publicKeyMode() {
        return publicKeyMode(wechatPay.merchant().privateKey());
    }

    Config publicKeyMode(PrivateKey privateKey) {
        MerchantCredentials merchant = wechatPay.merchant();
        return new RSAPublicKeyConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(privateKey))
                .merchantSerialNumber(merchant.serialNo())
                .publicKey(Pem.write(wechatPay.publicKey()))
                .publicKeyId(wechatPay.publicKeyId())
                .apiV3Key(wechatPay.apiV3Key())
                .build();
    }

    /** Downloads the certificates at once. */
    Config automaticCertificateMode(OkHttpClient transport) {
        MerchantCredentials merchant = wechatPay.merchant();
        return new RSAAutoCertificateConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(merchant.privateKey()))
                .merchantSerialNumber(merchant.serialNo())
                .apiV3Key(wechatPay.apiV3Key())
                .httpClientBuilder(new DefaultHttpClientBuilder().okHttpClient(transport))
                .build();
    }

    /** The token that the SDK returns. */
    static String confirm(Config config, OkHttpClient transport, String contractId) {
        HttpClient client = new DefaultHttpClientBuilder()
                .config(config)
                .okHttpClient(transport)
                .build();
        HttpHeaders headers = new HttpHeaders();
        headers.addHeader("Accept", MediaType.APPLICATION_JSON.getValue());
        headers.addHeader("Content-Type", MediaType.APPLICATION_JSON.getValue());
        HttpRequest request = new HttpRequest.Builder()
                .httpMethod(HttpMethod.POST)
                .url(URL.formatted(contractId))
                .headers(headers)
                .body(new JsonRequestBody.Builder()
                        .body(new String(WireJson.write(ConfirmChargeRequest.example()), StandardCharsets.UTF_8))
                        .build())
                .build();
        HttpResponse<Token> response = client.execute(request, Token.class);
        return response.getServiceResponse().chargingToken;
    }
}
