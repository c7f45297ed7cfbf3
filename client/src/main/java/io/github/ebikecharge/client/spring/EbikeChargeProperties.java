package io.github.ebikecharge.client.spring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * What {@code ebike-charge.…} sets. From a mock to WeChat Pay, only these change.
 *
 * @param baseUrl scheme, host and port to call
 * @param backupBaseUrls hosts to turn to when that one fails an attempt that may be repeated
 * @param merchantPrivateKey the merchant's key as WeChat Pay hands it out (apiclient_key.pem)
 * @param merchantCertificate the merchant's certificate as WeChat Pay hands it out (apiclient_cert.pem)
 * @param merchantPkcs12 key and certificate in one, in place of the other two (apiclient_cert.p12)
 * @param mchid merchant number (商户号); needed for the PKCS#12 file only, whose password it is
 * @param platformPublicKeyId ID of the platform public key (微信支付公钥ID)
 * @param platformPublicKey the platform public key (pub_key.pem)
 * @param apiV3Key the merchant's APIv3 key (APIv3密钥); if set, platform certificates are downloaded
 * @param timeout how long each of connecting, writing and reading may take
 * @param deadline how long a call may take with all its attempts
 * @param retry which attempts are repeated
 * @param maxAttempts how many attempts a call has at most
 */
@ConfigurationProperties("ebike-charge")
public record EbikeChargeProperties(
        @DefaultValue("https://api.mch.weixin.qq.com") URI baseUrl,
        @DefaultValue List<URI> backupBaseUrls,
        @Nullable Resource merchantPrivateKey,
        @Nullable Resource merchantCertificate,
        @Nullable Resource merchantPkcs12,
        @Nullable String mchid,
        @Nullable String platformPublicKeyId,
        @Nullable Resource platformPublicKey,
        @Nullable String apiV3Key,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("30s") Duration deadline,
        @DefaultValue("cautious") Retry retry,
        @DefaultValue("3") int maxAttempts) {

    /** The policies of {@link io.github.ebikecharge.client.RetryPolicy}. */
    public enum Retry {
        /** Repeats nothing. */
        NONE,
        /** Repeats what cannot have acted, and once an answer whose signature does not verify. */
        CAUTIOUS,
        /** Repeats all that WeChat Pay's documents tell callers to repeat. */
        DOCUMENTED
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "EbikeChargeProperties[baseUrl=%s, retry=%s]".formatted(baseUrl, retry);
    }
}
