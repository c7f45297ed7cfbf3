package io.github.ebikecharge.conformance;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static io.github.ebikecharge.conformance.OfficialSdk.CONTRACT_ID;
import static io.github.ebikecharge.conformance.OfficialSdk.confirm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The official SDK, unmodified, takes the mock for WeChat Pay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialSdkTest {
    private MockWechatPayServer wechatPay;
    private OfficialSdk sdk;

    @BeforeAll
    void start() {
        wechatPay = MockWechatPayServer.start();
        sdk = new OfficialSdk(wechatPay);
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    @Test
    void confirmsInPublicKeyMode() {
        assertThat(confirm(sdk.publicKeyMode(), sdk.ledToTheMock(), CONTRACT_ID))
                .isNotEmpty();
    }

    @Test
    void downloadsTheCertificatesAndConfirmsInAutomaticCertificateMode() {
        assertThat(confirm(sdk.automaticCertificateMode(sdk.ledToTheMock()), sdk.ledToTheMock(), CONTRACT_ID))
                .isNotEmpty();
    }

    @Test
    void refusesATamperedAnswerInPublicKeyMode() {
        assertThatThrownBy(() -> confirm(sdk.publicKeyMode(), sdk.ledToTheMock(OfficialSdkTest::tamper), CONTRACT_ID))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void refusesATamperedAnswerInAutomaticCertificateMode() {
        Config config = sdk.automaticCertificateMode(sdk.ledToTheMock());

        assertThatThrownBy(() -> confirm(config, sdk.ledToTheMock(OfficialSdkTest::tamper), CONTRACT_ID))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void readsTheErrorOfAnUnknownContract() {
        assertThatThrownBy(() -> confirm(sdk.publicKeyMode(), sdk.ledToTheMock(), "unknown"))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.getHttpStatusCode()).isEqualTo(404);
                    assertThat(e.getErrorCode()).isEqualTo("NOT_FOUND");
                });
    }

    @Test
    void isRefusedWithTheSignatureErrorWhenItsKeyIsAnother() {
        Config wrongKey = sdk.publicKeyMode(Keys.rsa().getPrivate());

        assertThatThrownBy(() -> confirm(wrongKey, sdk.ledToTheMock(), CONTRACT_ID))
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
