package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.model.Expectation;
import io.github.ebikecharge.mock.model.Explanation;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.model.ScenarioStep;
import io.github.ebikecharge.mock.scenario.ScenarioFile;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import io.github.ebikecharge.mock.world.MockClock;
import io.github.ebikecharge.mock.world.Store;
import io.github.ebikecharge.mock.world.World;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A local WeChat Pay gateway for the confirm call. It verifies requests and signs answers as WeChat Pay does, with demo
 * keys that are the same in every copy.
 *
 * <pre>{@code
 * try (MockWechatPayServer wechatPay = MockWechatPayServer.start()) {
 *     var client = EbikeChargeClient.builder()
 *             .baseUrl(wechatPay.baseUrl())
 *             .merchant(wechatPay.merchant())
 *             .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
 *             .build();
 * }
 * }</pre>
 */
public final class MockWechatPayServer implements AutoCloseable {
    private final Assembly mock;

    MockWechatPayServer(MockWechatPayServerBuilder builder) {
        Store store = builder.store.get();
        try {
            mock = new Assembly(builder, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Starts on a free port of the loopback interface, with the system's mock.clock. */
    public static MockWechatPayServer start() {
        return builder().start();
    }

    /** Settings of a mock; none is required. */
    public static MockWechatPayServerBuilder builder() {
        return new MockWechatPayServerBuilder();
    }

    /** Where it listens: scheme, host and port. */
    public URI baseUrl() {
        return mock.listeners.gateway().baseUrl();
    }

    /** Where it listens under TLS: scheme, host and port; empty if it does not. */
    public Optional<URI> tlsBaseUrl() {
        return mock.listeners.gateway().tlsBaseUrl();
    }

    /** Where the control API listens: scheme, host and port; empty if it is switched off. */
    public Optional<URI> controlUrl() {
        return mock.listeners.controlUrl();
    }

    /** What callers of the control API have to send as {@code Authorization: Bearer …}; empty for nothing. */
    public Optional<String> controlToken() {
        return mock.listeners.controlToken();
    }

    /** Who has to be trusted to reach it under TLS; empty if nobody can. */
    public Optional<X509Certificate> certificateAuthority() {
        return Optional.ofNullable(mock.certificateAuthority).map(CertificateAuthority::certificate);
    }

    /** What the demo merchant signs with. */
    public MerchantCredentials merchant() {
        return mock.demoKeys.merchant();
    }

    /** What the demo merchant signs with in SM2 (国密). */
    public MerchantCredentials sm2Merchant() {
        return mock.demoKeys.sm2Merchant();
    }

    /** The platform certificate that answers to such requests are signed under. */
    public X509Certificate sm2PlatformCertificate() {
        return mock.demoKeys.sm2PlatformCertificate();
    }

    /** Key that platform certificates are encrypted with (APIv3密钥). */
    public String apiV3Key() {
        return DemoKeys.API_V3_KEY;
    }

    /** ID of the platform public key (微信支付公钥ID). */
    public String publicKeyId() {
        return mock.platformKeys.publicKeyId();
    }

    /** The platform public key (微信支付公钥). */
    public PublicKey publicKey() {
        return mock.platformKeys.publicKey();
    }

    /** The platform certificates in force (平台证书). */
    public List<X509Certificate> platformCertificates() {
        return mock.platformKeys.certificates();
    }

    /** The configuration in force, with the faults that may still strike. */
    public MockConfiguration configuration() {
        return mock.settings.configuration();
    }

    /**
     * Replaces the configuration, from the next request on.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void configure(MockConfiguration configuration) {
        mock.settings.replace(Configurations.validated(configuration));
    }

    /**
     * Adds a fault behind those that are there.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void inject(Fault fault) {
        mock.settings.add(Configurations.validated(fault));
    }

    /** The contracts, tokens and notices behind the gateway. */
    public World world() {
        return mock.world;
    }

    /** The clock that it goes by, for a test to set. */
    public MockClock clock() {
        return mock.clock;
    }

    /**
     * Replaces the scenarios, from the next call on.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void play(Scenario... replacement) {
        mock.scenarios.replace(Configurations.validated(new ScenarioList(List.of(replacement))));
    }

    /** Replaces the scenarios by those of a YAML text, as {@link #play(Scenario...)}. */
    public void play(String yaml) {
        mock.scenarios.replace(ScenarioFile.parse(yaml.getBytes(UTF_8)));
    }

    /** Begins to say what happens to such calls, as in {@code given(confirm()).answers(FaultKind.RULE_LIMIT)}. */
    public GivenCall given(ConfirmCall call) {
        return new GivenCall(call, mock.scenarios);
    }

    /** Queues answers for the next confirm calls, whatever these are like; once all are taken, it answers as usual. */
    public void enqueue(FaultKind... answers) {
        enqueue(Stream.of(answers).map(GivenCall::step).toArray(ScenarioStep[]::new));
    }

    /**
     * Queues what happens to the next confirm calls; a step without an answer is answered as usual, and one of several
     * {@code times} fills as many places.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void enqueue(ScenarioStep... steps) {
        Stream.of(steps).map(Configurations::validated).forEach(mock.scenarios::enqueue);
    }

    /**
     * Takes the oldest request that was not taken yet, with its answer and the verdict on its signature, and waits for one
     * if there is none. It stays in the journal.
     *
     * @return empty if none came in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Optional<RequestDetail> takeRequest(Duration timeout) throws InterruptedException {
        return mock.journal.take(timeout);
    }

    /** Why the signature of this request failed, in English and Chinese; or that it did not. */
    public Explanation explain(RequestDetail request) {
        return mock.control.explainRequest(request.summary().id());
    }

    /**
     * Holds that there was such a call at least once.
     *
     * @throws AssertionError if there was none, with what came nearest and where it differs
     */
    public void verify(ConfirmCall call) {
        verify(call.expected(null));
    }

    /** Holds that there were exactly so many such calls, as {@link #verify(ConfirmCall)}. */
    public void verify(ConfirmCall call, int times) {
        verify(call.expected(times));
    }

    /** Holds that the journal bears out what is expected, as {@link #verify(ConfirmCall)}. */
    public void verify(Expectation expectation) {
        Failures.unlessSatisfied(mock.control.verify(Configurations.validated(expectation)));
    }

    /** Takes back every change since the start, and forgets what was asked; the address stays. */
    public void reset() {
        mock.control.reset();
    }

    /**
     * Stops listening. Requests under way are answered, those that wait out a delay at once; what is not answered within
     * three seconds, say because its body never came whole, is cut off. Where nothing is under way it takes some milliseconds.
     */
    @Override
    public void close() {
        mock.close();
    }
}
