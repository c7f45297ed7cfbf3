package io.github.ebikecharge.client;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Keys.MERCHANT;
import static io.github.ebikecharge.client.Keys.PLATFORM;
import static io.github.ebikecharge.client.Keys.PUBLIC_KEY_ID;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EbikeChargeClientBuilderTest {
    private final PlatformTrust trust = PlatformTrust.publicKey(PUBLIC_KEY_ID, PLATFORM.getPublic());

    @Test
    void needsOnlyMerchantAndPlatformTrust() {
        assertThatCode(() -> complete().build().close()).doesNotThrowAnyException();
    }

    @Test
    void namesTheSettingThatIsMissing() {
        assertThatThrownBy(() -> EbikeChargeClient.builder().build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("merchant is required");
        assertThatThrownBy(() -> EbikeChargeClient.builder().merchant(MERCHANT).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("platformTrust is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.mch.weixin.qq.com", "https://api.mch.weixin.qq.com/", "http://[::1]:8080"})
    void takesSchemeHostAndPort(String url) {
        assertThatCode(() -> complete().baseUrl(URI.create(url)).build().close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.mch.weixin.qq.com/v3",
                "https://api.mch.weixin.qq.com//",
                "https://api.mch.weixin.qq.com?a=b",
                "https://api.mch.weixin.qq.com/?",
                "https://api.mch.weixin.qq.com/#top",
                "ftp://api.mch.weixin.qq.com",
                "api.mch.weixin.qq.com",
                "localhost:8080",
                "/v3",
                ""
            })
    void refusesABaseUrlThatIsMoreOrLess(String url) {
        assertThatThrownBy(() -> complete().baseUrl(URI.create(url)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "baseUrl is scheme, host and port, as in https://api.mch.weixin.qq.com; this one is " + url);
    }

    @Test
    void doesNotRepeatAPasswordInABaseUrl() {
        assertThatThrownBy(() -> complete()
                        .baseUrl(URI.create("https://me:hunter2@api.mch.weixin.qq.com"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baseUrl must not hold a user name or password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void refusesToWaitForEver(String timeout) {
        assertThatThrownBy(() -> complete().timeout(Duration.parse(timeout)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be positive; this one is " + timeout);
    }

    @Test
    void refusesAMerchantKeyOfAnotherKind() {
        var credentials = new MerchantCredentials(
                MERCHANT.mchid(), MERCHANT.serialNo(), Keys.generate("EC").getPrivate());

        assertThatThrownBy(() -> complete().merchant(credentials).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EC");
    }

    private EbikeChargeClient.Builder complete() {
        return EbikeChargeClient.builder().merchant(MERCHANT).platformTrust(trust);
    }
}
