package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/** The hostile gateway passes our client, and finds one that believes everything. */
class HostileGatewayTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A call of a client: it returns, or throws. */
    @FunctionalInterface
    interface Call {
        void confirm(String contractId);
    }

    private static PlatformTrust publicKey(GatewayKeys keys) {
        return PlatformTrust.publicKey(GatewayKeys.PUBLIC_KEY_ID, keys.publicKey());
    }

    private static PlatformTrust certificates(GatewayKeys keys) {
        return PlatformTrust.certificates(List.of(keys.platformCertificate()));
    }

    static Stream<Function<GatewayKeys, PlatformTrust>> oneKind() {
        return Stream.of(
                HostileGatewayTest::publicKey,
                HostileGatewayTest::certificates,
                keys -> PlatformTrust.downloadedCertificates(GatewayKeys.API_V3_KEY));
    }

    static Stream<Function<GatewayKeys, PlatformTrust>> bothKinds() {
        return Stream.of(
                keys -> publicKey(keys).and(certificates(keys)),
                keys -> certificates(keys).and(publicKey(keys)));
    }

    @ParameterizedTest
    @MethodSource("oneKind")
    void passesOurClient(Function<GatewayKeys, PlatformTrust> trust) throws Exception {
        try (HostileGateway gateway = start(false)) {
            assertThat(driveOurs(gateway, trust)).allSatisfy(HostileGatewayTest::isKept);
            assertThat(outcomes(gateway))
                    .containsEntry("serial.other-kind", "rejected")
                    .containsEntry("headers.content-type-case", "accepted");
        }
    }

    @ParameterizedTest
    @MethodSource("bothKinds")
    void letsAClientWithBothKindsOfKeysBelieveEither(Function<GatewayKeys, PlatformTrust> trust) throws Exception {
        try (HostileGateway gateway = start(true)) {
            assertThat(driveOurs(gateway, trust)).allSatisfy(HostileGatewayTest::isKept);
            assertThat(outcomes(gateway)).containsEntry("serial.other-kind", "accepted");
        }
    }

    @ParameterizedTest
    @MethodSource("bothKinds")
    void tellsAClientWithBothKindsOfKeysToSaySo(Function<GatewayKeys, PlatformTrust> trust) throws Exception {
        try (HostileGateway gateway = start(false)) {
            List<Result> results = driveOurs(gateway, trust);

            assertThat(ids(results, Outcome.DEVIATION)).containsExactly("serial.other-kind");
            assertThat(results)
                    .extracting(result -> result.check().rule())
                    .anyMatch(rule -> rule.contains("--both-kinds"));
        }
    }

    private static List<Result> driveOurs(HostileGateway gateway, Function<GatewayKeys, PlatformTrust> trust)
            throws Exception {
        try (EbikeChargeClient client = EbikeChargeClient.builder()
                .baseUrl(gateway.url())
                .merchant(gateway.keys().merchant())
                .platformTrust(trust.apply(gateway.keys()))
                .retryPolicy(RetryPolicy.cautious().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
                .build()) {
            return drive(
                    gateway,
                    contractId -> client.confirmCharge(contractId, ConfirmChargeRequest.example()),
                    EbikeChargeException.class);
        }
    }

    private static void isKept(Result result) {
        assertThat(result.outcome())
                .as("%s: %s", result.check().id(), result.findings())
                .isEqualTo(Outcome.KEPT);
    }

    @Test
    void findsAClientThatBelievesEverything() throws Exception {
        try (HostileGateway gateway = start(false)) {
            List<Result> results = drive(gateway, contractId -> believe(gateway, contractId), AssertionError.class);

            assertThat(ids(results, Outcome.DEVIATION))
                    .contains("signature.none", "body.altered", "time.past", "request.signature")
                    .doesNotContain("right.plain");
        }
    }

    @Test
    void saysWhichCasesNobodyTold() throws Exception {
        try (HostileGateway gateway = start(false)) {
            assertThat(gateway.results())
                    .hasSizeGreaterThan(40)
                    .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.NOT_APPLICABLE));
            assertThat(outcomes(gateway)).containsEntry("right.plain", "not called");

            believe(gateway, "rightPlain");

            assertThat(outcomes(gateway)).containsEntry("right.plain", "not told");
            JsonNode ended = json(post(gateway.url().resolve("/cases/end"), ""));
            assertThat(ended.at("/not_told/rightPlain").asText())
                    .isEqualTo("nobody told the outcome: POST /cases/rightPlain/outcome");
            assertThat(ended.at("/not_told/signatureNone").asText())
                    .isEqualTo("no confirm for the contract signatureNone has come");
        }
    }

    @Test
    void believesNobodyWhoTellsWithoutAsking() throws Exception {
        try (HostileGateway gateway = start(false)) {
            URI outcome = gateway.url().resolve("/cases/right.plain/outcome");

            assertThat(post(outcome, "{\"outcome\":\"accepted\"}"))
                    .contains("told as accepted, but no confirm for the contract rightPlain has come");
            assertThat(post(outcome, "?")).contains("not JSON");
            assertThat(ids(gateway.results(), Outcome.KEPT)).isEmpty();
        }
    }

    @Test
    void endsWhenEveryCaseIsToldEvenOfAClientThatNeverAsked() throws Exception {
        try (HostileGateway gateway = start(false)) {
            List<Result> results = drive(gateway, contractId -> {}, AssertionError.class);

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.NOT_APPLICABLE));
        }
    }

    @Test
    void everyCaseHasAContractOfItsOwn() {
        assertThat(ClientCases.all(false))
                .extracting(ClientCase::contractId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9A-Za-z]+"));
        assertThat(ClientCases.all(false)).extracting(ClientCase::expectation).contains(Expectation.values());
    }

    static HostileGateway start(boolean bothKinds) throws IOException {
        return new HostileGateway(0, bothKinds, Profile.wechat, check -> true, Clock.systemUTC());
    }

    /** As the owner of a client in any language would: over HTTP alone. */
    static List<Result> drive(HostileGateway gateway, Call call, Class<? extends Throwable> own) throws Exception {
        String contracts = get(gateway, "/cases.txt");
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

    /** What {@code GET /cases} says of each. */
    private static Map<String, String> outcomes(HostileGateway gateway) throws IOException, InterruptedException {
        return json(get(gateway, "/cases"))
                .path("cases")
                .valueStream()
                .collect(toMap(
                        each -> each.path("id").asText(),
                        each -> each.path("outcome").asText()));
    }

    private static JsonNode json(String text) throws IOException {
        return WireJson.read(text.getBytes(UTF_8), JsonNode.class);
    }

    private static String get(HostileGateway gateway, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(gateway.url().resolve(path)).build(), BodyHandlers.ofString())
                .body();
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
                        HttpRequest.newBuilder(target)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
