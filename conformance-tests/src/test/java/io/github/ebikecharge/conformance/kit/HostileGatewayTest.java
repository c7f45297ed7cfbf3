package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The hostile gateway passes our client, and finds one that believes everything. */
class HostileGatewayTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A call of a client: it returns, or throws. */
    @FunctionalInterface
    interface Call {
        void confirm(String contractId);
    }

    static Stream<Function<GatewayKeys, PlatformTrust>> trusts() {
        Function<GatewayKeys, PlatformTrust> publicKey =
                keys -> PlatformTrust.publicKey(GatewayKeys.PUBLIC_KEY_ID, keys.publicKey());
        Function<GatewayKeys, PlatformTrust> certificates =
                keys -> PlatformTrust.certificates(List.of(keys.platformCertificate()));
        return Stream.of(
                publicKey,
                certificates,
                keys -> PlatformTrust.downloadedCertificates(GatewayKeys.API_V3_KEY),
                keys -> publicKey.apply(keys).and(certificates.apply(keys)));
    }

    @ParameterizedTest
    @MethodSource("trusts")
    void passesOurClient(Function<GatewayKeys, PlatformTrust> trust) throws Exception {
        try (HostileGateway gateway = start();
                EbikeChargeClient client = EbikeChargeClient.builder()
                        .baseUrl(gateway.url())
                        .merchant(gateway.keys().merchant())
                        .platformTrust(trust.apply(gateway.keys()))
                        .retryPolicy(RetryPolicy.cautious().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
                        .build()) {
            List<Result> results = drive(
                    gateway,
                    contractId -> client.confirmCharge(contractId, ConfirmChargeRequest.example()),
                    EbikeChargeException.class);

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.outcome())
                            .as("%s: %s", result.check().id(), result.findings())
                            .isEqualTo(Outcome.KEPT));
        }
    }

    @Test
    void findsAClientThatBelievesEverything() throws Exception {
        try (HostileGateway gateway = start()) {
            List<Result> results = drive(gateway, contractId -> believe(gateway, contractId), AssertionError.class);

            assertThat(ids(results, Outcome.DEVIATION))
                    .contains("signature.none", "body.altered", "time.past", "request.signature")
                    .doesNotContain("right.plain");
        }
    }

    @Test
    void saysWhichCasesNobodyTold() throws Exception {
        try (HostileGateway gateway = start()) {
            assertThat(gateway.results())
                    .hasSizeGreaterThan(40)
                    .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.NOT_APPLICABLE));
            assertThat(post(gateway.url().resolve("/cases/right.plain/outcome"), "{\"outcome\":\"accepted\"}"))
                    .contains("no confirm for the contract rightPlain has come yet");
            assertThat(post(gateway.url().resolve("/cases/right.plain/outcome"), "?"))
                    .contains("not JSON");
        }
    }

    @Test
    void everyCaseHasAContractOfItsOwn() {
        assertThat(ClientCases.all())
                .extracting(ClientCase::contractId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9A-Za-z]+"));
        assertThat(ClientCases.all()).extracting(ClientCase::expectation).contains(Expectation.values());
    }

    static HostileGateway start() throws IOException {
        return new HostileGateway(0, Profile.wechat, check -> true, Clock.systemUTC());
    }

    /** As the owner of a client in any language would: over HTTP alone. */
    static List<Result> drive(HostileGateway gateway, Call call, Class<? extends Throwable> own) throws Exception {
        String contracts = HTTP.send(
                        java.net.http.HttpRequest.newBuilder(gateway.url().resolve("/cases.txt"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        for (String contractId : contracts.lines().toList()) {
            String outcome;
            String detail = "";
            try {
                call.confirm(contractId);
                outcome = "accepted";
            } catch (RuntimeException e) {
                outcome = own.isInstance(e) ? "rejected" : "crashed";
                detail = e.getClass().getSimpleName();
            }
            post(
                    gateway.url().resolve("/cases/" + contractId + "/outcome"),
                    new String(WireJson.write(Map.of("outcome", outcome, "detail", detail)), UTF_8));
        }
        gateway.awaitEnd();
        return gateway.results();
    }

    static List<String> ids(List<Result> results, Outcome outcome) {
        return results.stream()
                .filter(result -> result.outcome() == outcome)
                .map(result -> result.check().id())
                .toList();
    }

    private static void believe(HostileGateway gateway, String contractId) {
        try {
            post(gateway.url().resolve("/v3/ebike/charge/contracts/" + contractId + "/confirm"), "{}");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String post(URI target, String body) throws IOException, InterruptedException {
        return HTTP.send(
                        java.net.http.HttpRequest.newBuilder(target)
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
