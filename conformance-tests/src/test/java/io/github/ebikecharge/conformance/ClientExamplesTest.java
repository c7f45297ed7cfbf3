package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.client.observation.ObservationListener;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.micrometer.observation.ObservationRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The examples of the client's package page: that they are these, and that these run. */
class ClientExamplesTest {
    private static final Path PAGE = Path.of("../client/src/main/java/io/github/ebikecharge/client/package-info.java");
    private static final Path HERE = Path.of("src/test/java/io/github/ebikecharge/conformance/ClientExamplesTest.java");

    private final String contractId = OfficialSdk.CONTRACT_ID;
    private final List<String> told = new ArrayList<>();
    private final MockWechatPayServer wechatPay = MockWechatPayServer.start();
    private final MerchantCredentials merchant = wechatPay.merchant();
    private final PlatformTrust trust = PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey());
    private EbikeChargeClient client;
    private ConfirmChargeRequest request;

    @BeforeEach
    void start() {
        client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(merchant)
                .platformTrust(trust)
                .build();
        request = ConfirmChargeRequest.example();
    }

    @AfterEach
    void stop() {
        client.close();
        wechatPay.close();
    }

    @Test
    void isOnThePageAsItIsHere() throws IOException {
        String page = Files.readString(PAGE);
        String here = withoutWhitespace(Files.readString(HERE));
        List<String> examples = Pattern.compile("<pre>\\{@code(.*?)\\n \\* }</pre>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1).replaceAll("(?m)^ \\*", ""))
                .toList();

        assertThat(examples)
                .hasSizeGreaterThan(5)
                .allSatisfy(example -> assertThat(here).contains(withoutWhitespace(example)));
    }

    private static String withoutWhitespace(String text) {
        return text.replaceAll("\\s", "");
    }

    @Test
    void makesAClient() {
        // the demo keys' files are not in the working folder, so the first file that is missing is told
        assertThatThrownBy(ClientExamplesTest::fromFiles).hasMessageContaining("apiclient_key.pem");
    }

    private static EbikeChargeClient fromFiles() throws IOException {
        EbikeChargeClient client = EbikeChargeClient.builder()
                .merchant(MerchantCredentials.fromPem(
                        Files.readString(Path.of("apiclient_key.pem")),
                        Files.readString(Path.of("apiclient_cert.pem"))))
                .platformTrust(PlatformTrust.publicKey(
                        "PUB_KEY_ID_0112300001092026112400000000000001",
                        Pem.readPublicKey(Files.readString(Path.of("pub_key.pem")))))
                .build();
        return client;
    }

    @Test
    void asksForTheToken() {
        ConfirmChargeRequest request = ConfirmChargeRequest.builder()
                .appid("wx47c677487ce3ac47")
                .chargeInfo(ChargeInfo.builder()
                        .startTime(OffsetDateTime.parse("2017-08-26T09:43:39+08:00"))
                        .chargingStationName("xxx充电站")
                        .chargingGunNumber("6555")
                        .deviceId("12343232")
                        .build())
                .build();
        String token = client.confirmCharge(contractId, request).chargingToken();

        assertThat(token).isNotEmpty();
    }

    @Test
    void asksWithoutWaiting() throws Exception {
        CompletableFuture<String> token =
                client.confirmChargeAsync(contractId, request).thenApply(ConfirmChargeResponse::chargingToken);

        assertThat(token.get(30, TimeUnit.SECONDS)).isNotEmpty();
    }

    @Test
    void tellsFailuresApart() {
        startCharging();
        wechatPay.inject(Fault.builder().kind(FaultKind.RULE_LIMIT).count(1).build());
        startCharging();
        wechatPay.inject(Fault.builder().kind(FaultKind.SYSTEM_ERROR).count(1).build());
        startCharging();

        assertThat(told).hasSize(3);
        assertThat(told.get(1)).contains("RULE_LIMIT");
        assertThat(told.get(2)).isEqualTo("again " + contractId);
    }

    private void startCharging() {
        try {
            start(client.confirmCharge(contractId, request).chargingToken());
        } catch (EbikeChargeException e) {
            if (e.outcomeUnknown()) {
                askAgainLater(contractId, request); // the same values: WeChat Pay may have acted
            } else if (e instanceof ServiceException refusal && refusal.code().equals(Optional.of("RULE_LIMIT"))) {
                tellUser(refusal.getMessage());
            } else {
                throw e;
            }
        }
    }

    private void start(String token) {
        told.add("started " + token);
    }

    private void askAgainLater(String contract, ConfirmChargeRequest values) {
        assertThat(values).isEqualTo(request);
        told.add("again " + contract);
    }

    private void tellUser(String message) {
        told.add(message);
    }

    @Test
    void trustsCertificates() {
        String apiV3Key = wechatPay.apiV3Key();
        String publicKeyId = wechatPay.publicKeyId();
        PublicKey publicKey = wechatPay.publicKey();

        PlatformTrust certificates = PlatformTrust.downloadedCertificates(apiV3Key);
        PlatformTrust both = PlatformTrust.publicKey(publicKeyId, publicKey).and(certificates);

        assertThat(both.toString()).contains(publicKeyId);
    }

    @Test
    void repeatsAndTurnsToASecondHost() {
        MockWechatPayServer gone = MockWechatPayServer.start();
        URI host = gone.baseUrl();
        gone.close();
        URI backupHost = wechatPay.baseUrl();

        EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(host)
                .backupBaseUrl(backupHost) // https://api2.mch.weixin.qq.com
                .merchant(merchant)
                .platformTrust(trust)
                .retryPolicy(RetryPolicy.documented().maxAttempts(4))
                .deadline(Duration.ofSeconds(20))
                .build();

        try (client) {
            assertThat(client.confirmCharge(contractId, request)).isNotNull();
        }
    }

    @Test
    void isObserved() {
        List<String> observed = new ArrayList<>();
        ObservationRegistry observationRegistry = ObservationRegistry.create();
        observationRegistry.observationConfig().observationHandler(context -> {
            observed.add(context.getName());
            return false;
        });
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        PrintStream screen = new PrintStream(seen, true, UTF_8);
        URI host = wechatPay.baseUrl();

        EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(host)
                .merchant(merchant)
                .platformTrust(trust)
                .listener(new ObservationListener(observationRegistry))
                .listener(ClientListener.ofExchanges(exchange -> screen.println(exchange.responseBody())))
                .build();

        try (client) {
            String token = client.confirmCharge(contractId, request).chargingToken();
            assertThat(seen.toString(UTF_8)).contains(token);
        }
        assertThat(observed).contains(ObservationListener.NAME);
    }
}
