package io.github.ebikecharge.client.spring;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.client.observation.ObservationListener;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An {@link EbikeChargeClient} from {@link EbikeChargeProperties}, once the merchant's key is set and unless the application
 * has one of its own. A clock that is a bean is its clock; beans that are a
 * {@link ClientListener} hear of its calls; where there is an observation registry,
 * calls are observed, and where there are health indicators, the last call shows in one.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@Conditional(MerchantIsConfigured.class)
@EnableConfigurationProperties(EbikeChargeProperties.class)
public final class EbikeChargeAutoConfiguration {
    /** Made by Spring. */
    public EbikeChargeAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EbikeChargeClient ebikeChargeClient(
            EbikeChargeProperties properties, ObjectProvider<ClientListener> listeners, ObjectProvider<Clock> clock) {
        EbikeChargeClient.Builder builder = EbikeChargeClient.builder()
                .baseUrl(properties.baseUrl())
                .merchant(merchant(properties))
                .platformTrust(platformTrust(properties))
                .timeout(properties.timeout())
                .deadline(properties.deadline())
                .retryPolicy(retryPolicy(properties))
                .clock(clock.getIfUnique(Clock::systemUTC));
        properties.backupBaseUrls().forEach(builder::backupBaseUrl);
        listeners.orderedStream().forEach(builder::listener);
        return builder.build();
    }

    @Bean
    ClientHealth ebikeChargeClientHealth(ObjectProvider<Clock> clock) {
        return new ClientHealth(clock.getIfUnique(Clock::systemUTC));
    }

    private static MerchantCredentials merchant(EbikeChargeProperties properties) {
        if (properties.merchantPkcs12() != null) {
            String mchid = require("mchid", properties.mchid());
            return read(
                    "merchant-pkcs12", properties.merchantPkcs12(), in -> MerchantCredentials.fromPkcs12(in, mchid));
        }
        return MerchantCredentials.fromPem(
                text("merchant-private-key", properties.merchantPrivateKey()),
                text("merchant-certificate", properties.merchantCertificate()));
    }

    private static PlatformTrust platformTrust(EbikeChargeProperties properties) {
        if (properties.platformPublicKey() != null) {
            require("platform-public-key-id", properties.platformPublicKeyId());
        }
        Optional<PlatformTrust> publicKey = Optional.ofNullable(properties.platformPublicKeyId())
                .map(id -> PlatformTrust.publicKey(
                        id, Pem.readPublicKey(text("platform-public-key", properties.platformPublicKey()))));
        Optional<PlatformTrust> certificates =
                Optional.ofNullable(properties.apiV3Key()).map(PlatformTrust::downloadedCertificates);
        return Stream.of(publicKey, certificates)
                .flatMap(Optional::stream)
                .reduce(PlatformTrust::and)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Answers could not be verified: set ebike-charge.platform-public-key-id and"
                                + " ebike-charge.platform-public-key, or ebike-charge.api-v3-key, or all three"));
    }

    private static RetryPolicy retryPolicy(EbikeChargeProperties properties) {
        RetryPolicy policy = switch (properties.retry()) {
            case NONE -> RetryPolicy.none();
            case CAUTIOUS -> RetryPolicy.cautious();
            case DOCUMENTED -> RetryPolicy.documented();
        };
        return policy.maxAttempts(properties.maxAttempts());
    }

    private static String text(String property, @Nullable Resource resource) {
        return read(property, require(property, resource), in -> {
            try {
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        });
    }

    private static <T> T read(String property, Resource resource, Function<InputStream, T> reader) {
        try (InputStream in = resource.getInputStream()) {
            return reader.apply(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "ebike-charge." + property + " cannot be used (" + resource.getDescription() + "): "
                            + e.getMessage(),
                    e);
        }
    }

    private static <T> T require(String property, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("ebike-charge." + property + " is not set");
        }
        return value;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class Observed {
        @Bean
        @ConditionalOnBean(ObservationRegistry.class)
        @ConditionalOnMissingBean
        ObservationListener ebikeChargeObservationListener(ObservationRegistry registry) {
            return new ObservationListener(registry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class HealthOfBoot3 {
        @Bean
        org.springframework.boot.actuate.health.HealthIndicator ebikeChargeHealthIndicator(ClientHealth health) {
            return () -> new org.springframework.boot.actuate.health.Health.Builder()
                    .status(health.status())
                    .withDetails(health.details())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class HealthOfBoot4 {
        @Bean
        org.springframework.boot.health.contributor.HealthIndicator ebikeChargeHealthIndicator(ClientHealth health) {
            return () -> new org.springframework.boot.health.contributor.Health.Builder()
                    .status(health.status())
                    .withDetails(health.details())
                    .build();
        }
    }
}
