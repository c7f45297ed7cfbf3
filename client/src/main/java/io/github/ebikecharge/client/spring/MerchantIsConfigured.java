package io.github.ebikecharge.client.spring;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** An application that has the client on its classpath and does not use it need not configure it. */
final class MerchantIsConfigured extends AnyNestedCondition {
    MerchantIsConfigured() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("ebike-charge.merchant-private-key")
    static class ByPem {}

    @ConditionalOnProperty("ebike-charge.merchant-pkcs12")
    static class ByPkcs12 {}
}
