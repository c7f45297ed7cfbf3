package io.github.ebikecharge.conformance;

import com.google.gson.annotations.SerializedName;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The official SDK, unmodified, takes the mock for WeChat Pay. Only its calls are led to the mock's address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialSdkTest {
    private static final String PATH = "/v3/ebike/charge/contracts/%s/confirm";
    private static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private MockWechatPayServer wechatPay;

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    /** Read by the SDK's own JSON library. */
    private static final class Token {
        @SerializedName("charging_token")
        private String chargingToken;
    }

    private OkHttpClient ledToTheMock(UnaryOperator<Response> tampering) {
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

    private Config publicKeyMode() {
        MerchantCredentials merchant = wechatPay.merchant();
        return new RSAPublicKeyConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(merchant.privateKey()))
                .merchantSerialNumber(merchant.serialNo())
                .publicKey(Pem.write(wechatPay.publicKey()))
                .publicKeyId(wechatPay.publicKeyId())
                .apiV3Key(wechatPay.apiV3Key())
                .build();
    }

    private Config automaticCertificateMode() {
        MerchantCredentials merchant = wechatPay.merchant();
        return new RSAAutoCertificateConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(merchant.privateKey()))
                .merchantSerialNumber(merchant.serialNo())
                .apiV3Key(wechatPay.apiV3Key())
                .httpClientBuilder(new DefaultHttpClientBuilder().okHttpClient(ledToTheMock(UnaryOperator.identity())))
                .build();
    }

    private static String confirm(Config config, OkHttpClient transport, String contractId) {
        HttpClient client = new DefaultHttpClientBuilder()
                .config(config)
                .okHttpClient(transport)
                .build();
        HttpHeaders headers = new HttpHeaders();
        headers.addHeader("Accept", MediaType.APPLICATION_JSON.getValue());
        headers.addHeader("Content-Type", MediaType.APPLICATION_JSON.getValue());
        HttpRequest request = new HttpRequest.Builder()
                .httpMethod(HttpMethod.POST)
                .url("https://api.mch.weixin.qq.com" + PATH.formatted(contractId))
                .headers(headers)
                .body(new JsonRequestBody.Builder()
                        .body(new String(WireJson.write(ConfirmChargeRequest.example()), StandardCharsets.UTF_8))
                        .build())
                .build();
        HttpResponse<Token> response = client.execute(request, Token.class);
        return response.getServiceResponse().chargingToken;
    }

    @Test
    void confirmsInPublicKeyMode() {
        assertThat(confirm(publicKeyMode(), ledToTheMock(UnaryOperator.identity()), CONTRACT_ID))
                .isNotEmpty();
    }

    @Test
    void downloadsTheCertificatesAndConfirmsInAutomaticCertificateMode() {
        assertThat(confirm(automaticCertificateMode(), ledToTheMock(UnaryOperator.identity()), CONTRACT_ID))
                .isNotEmpty();
    }

    @Test
    void refusesATamperedAnswerInPublicKeyMode() {
        assertThatThrownBy(() -> confirm(publicKeyMode(), ledToTheMock(OfficialSdkTest::tamper), CONTRACT_ID))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void refusesATamperedAnswerInAutomaticCertificateMode() {
        Config config = automaticCertificateMode();

        assertThatThrownBy(() -> confirm(config, ledToTheMock(OfficialSdkTest::tamper), CONTRACT_ID))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void readsTheErrorOfAnUnknownContract() {
        assertThatThrownBy(() -> confirm(publicKeyMode(), ledToTheMock(UnaryOperator.identity()), "unknown"))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.getHttpStatusCode()).isEqualTo(404);
                    assertThat(e.getErrorCode()).isEqualTo("NOT_FOUND");
                });
    }

    @Test
    void isRefusedWithTheSignatureErrorWhenItsKeyIsAnother() {
        MerchantCredentials merchant = wechatPay.merchant();
        Config wrongKey = new RSAPublicKeyConfig.Builder()
                .merchantId(merchant.mchid())
                .privateKey(Pem.write(Keys.rsa().getPrivate()))
                .merchantSerialNumber(merchant.serialNo())
                .publicKey(Pem.write(wechatPay.publicKey()))
                .publicKeyId(wechatPay.publicKeyId())
                .apiV3Key(wechatPay.apiV3Key())
                .build();

        assertThatThrownBy(() -> confirm(wrongKey, ledToTheMock(UnaryOperator.identity()), CONTRACT_ID))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.getHttpStatusCode()).isEqualTo(401);
                    assertThat(e.getErrorCode()).isEqualTo("SIGN_ERROR");
                    assertThat(e.getErrorMessage()).isEqualTo("错误的签名，验签失败");
                });
    }

    private static Response tamper(Response response) {
        try {
            String body = response.body().string();
            return response.newBuilder()
                    .body(ResponseBody.create(
                            body.replaceFirst("charging_token\":\".", "charging_token\":\"!"),
                            response.body().contentType()))
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
