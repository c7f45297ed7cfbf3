package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An application of Spring Boot's with the client in it: only its properties say whom it calls, and with which keys. */
class SpringBootTest {
    private final MockWechatPayServer wechatPay = MockWechatPayServer.start();

    @TempDir
    private Path files;

    @AfterEach
    void stop() {
        wechatPay.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(StationService.class)
    static class StationApplication {
        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    /** What an application does with the client. */
    record StationService(EbikeChargeClient client) {
        String tokenFor(String contractId) {
            return client.confirmCharge(contractId, ConfirmChargeRequest.example())
                    .chargingToken();
        }
    }

    @Test
    void confirmsWithAPublicKeyAndExportsAnObservation() throws Exception {
        try (ConfigurableApplicationContext application = start(publicKeyMode())) {
            assertThat(application.getBean(StationService.class).tokenFor(OfficialSdk.CONTRACT_ID))
                    .isNotEmpty();

            Timer timer = application
                    .getBean(MeterRegistry.class)
                    .get("ebikecharge.client.call")
                    .tags("operation", "confirmCharge", "status", "200", "outcome", "SUCCESS", "code", "NONE")
                    .timer();
            assertThat(timer.count()).isEqualTo(1);
            assertThat(health(application)).startsWith("UP");
        }
    }

    @Test
    void confirmsWithDownloadedCertificatesAndAPkcs12FileByPropertiesAlone() throws Exception {
        Path p12 = files.resolve("apiclient_cert.p12");
        Files.copy(DemoKeys.load().merchantPkcs12(), p12);

        try (ConfigurableApplicationContext application = start(Map.of(
                "merchant-pkcs12",
                "file:" + p12,
                "mchid",
                wechatPay.merchant().mchid(),
                "api-v3-key",
                wechatPay.apiV3Key()))) {
            assertThat(application.getBean(StationService.class).tokenFor(OfficialSdk.CONTRACT_ID))
                    .isNotEmpty();
        }
    }

    @Test
    void tellsOfARefusalAndOfATroubleInObservationAndHealth() throws Exception {
        try (ConfigurableApplicationContext application = start(publicKeyMode())) {
            StationService service = application.getBean(StationService.class);
            assertThat(health(application)).startsWith("UNKNOWN");

            assertThatThrownBy(() -> service.tokenFor("unknown")).isInstanceOf(ServiceException.class);
            assertThat(health(application)).startsWith("UP");
            wechatPay.inject(
                    Fault.builder().kind(FaultKind.SYSTEM_ERROR).count(1).build());
            assertThatThrownBy(() -> service.tokenFor(OfficialSdk.CONTRACT_ID)).isInstanceOf(ServiceException.class);

            assertThat(health(application)).startsWith("DOWN").contains("500 SYSTEM_ERROR");
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("ebikecharge.client.call")
                            .tags("status", "500", "outcome", "ServiceException", "code", "SYSTEM_ERROR")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void saysWhichPropertyIsMissingOrWrong() throws Exception {
        Map<String, String> noTrust = new HashMap<>(publicKeyMode());
        noTrust.remove("platform-public-key-id");
        assertThatThrownBy(() -> start(noTrust).close())
                .rootCause()
                .hasMessage("ebike-charge.platform-public-key-id is not set");
        noTrust.remove("platform-public-key");
        assertThatThrownBy(() -> start(noTrust).close())
                .rootCause()
                .hasMessageContaining("set ebike-charge.platform-public-key-id and");

        Map<String, String> noFile = new HashMap<>(publicKeyMode());
        noFile.put("merchant-private-key", "file:" + files.resolve("none.pem"));
        assertThatThrownBy(() -> start(noFile).close())
                .hasStackTraceContaining("ebike-charge.merchant-private-key cannot be used")
                .hasStackTraceContaining("none.pem");
    }

    @Test
    void leavesAnApplicationAloneThatDoesNotConfigureIt() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Bare.class)
                .web(WebApplicationType.NONE)
                .run()) {
            assertThat(application.getBeanNamesForType(EbikeChargeClient.class)).isEmpty();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Bare {}

    private Map<String, String> publicKeyMode() throws IOException {
        DemoKeys keys = DemoKeys.load();
        return Map.of(
                "merchant-private-key",
                        file("apiclient_key.pem", Pem.write(keys.merchant().privateKey())),
                "merchant-certificate", file("apiclient_cert.pem", Pem.write(keys.merchantCertificate())),
                "platform-public-key", file("pub_key.pem", Pem.write(wechatPay.publicKey())),
                "platform-public-key-id", wechatPay.publicKeyId());
    }

    private String file(String name, String text) throws IOException {
        return "file:" + Files.writeString(files.resolve(name), text);
    }

    private ConfigurableApplicationContext start(Map<String, String> properties) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--ebike-charge.base-url=" + wechatPay.baseUrl());
        properties.forEach((name, value) -> arguments.add("--ebike-charge." + name + "=" + value));
        return new SpringApplicationBuilder(StationApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    /** Status and details; by name, since Spring Boot 4 has the types elsewhere. */
    private static String health(ConfigurableApplicationContext application) throws ReflectiveOperationException {
        Object indicator = application.getBean("ebikeChargeHealthIndicator");
        Method health = indicator.getClass().getMethod("health");
        health.setAccessible(true);
        return String.valueOf(health.invoke(indicator));
    }
}
