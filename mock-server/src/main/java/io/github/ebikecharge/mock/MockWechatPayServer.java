package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.mock.charge.ConfirmChargeHandler;
import io.github.ebikecharge.mock.charge.Contracts;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.control.Control;
import io.github.ebikecharge.mock.control.ControlHandler;
import io.github.ebikecharge.mock.control.Journal;
import io.github.ebikecharge.mock.control.Settings;
import io.github.ebikecharge.mock.control.Signing;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.KnownKey;
import io.github.ebikecharge.mock.explain.SignatureExplainer;
import io.github.ebikecharge.mock.gateway.CertificatesHandler;
import io.github.ebikecharge.mock.gateway.Gateway;
import io.github.ebikecharge.mock.gateway.Merchants;
import io.github.ebikecharge.mock.gateway.PlatformKeys;
import io.github.ebikecharge.mock.gateway.PlatformKeys.Certified;
import io.github.ebikecharge.mock.gateway.Triggers;
import io.github.ebikecharge.mock.generated.CertificatesApiRoutes;
import io.github.ebikecharge.mock.generated.EbikeChargeApiRoutes;
import io.github.ebikecharge.mock.generated.control.ControlApiRoutes;
import io.github.ebikecharge.mock.generated.control.ScenariosApiRoutes;
import io.github.ebikecharge.mock.generated.control.SigningApiRoutes;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.scenario.ScenarioFile;
import io.github.ebikecharge.mock.scenario.Scenarios;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final HttpServer http;
    private final @Nullable CertificateAuthority certificateAuthority;
    private final DemoKeys demoKeys;
    private final PlatformKeys platformKeys;
    private final Settings settings;
    private final Journal journal;
    private final Scenarios scenarios;
    private final @Nullable ScenarioFile scenarioFile;

    private MockWechatPayServer(Builder builder) {
        demoKeys = DemoKeys.load();
        settings = new Settings(builder.configuration);
        platformKeys = new PlatformKeys(
                new Certified(demoKeys.platformCertificate(), demoKeys.platformKey()),
                new Certified(demoKeys.nextPlatformCertificate(), demoKeys.nextPlatformKey()),
                () -> new Certified(demoKeys.sm2PlatformCertificate(), demoKeys.sm2PlatformKey()),
                DemoKeys.PUBLIC_KEY_ID,
                demoKeys.publicKey(),
                demoKeys.publicKeyPrivate(),
                () -> settings.configuration().platformKeys(),
                builder.clock);
        Merchants merchants = new Merchants();
        merchants.add(demoKeys.merchantCertificate());
        merchants.addSm2(demoKeys::sm2MerchantCertificate);
        merchants.standInForUnsigned(DemoKeys.MCHID);
        Contracts contracts = new Contracts();
        contracts.put(new Contracts.Contract(Contracts.DEMO_CONTRACT_ID, DemoKeys.MCHID));
        for (FaultKind kind : FaultKind.values()) {
            contracts.put(new Contracts.Contract(Triggers.contractId(kind), DemoKeys.MCHID));
        }
        journal = new Journal(
                new SignatureExplainer(() -> knownKeys(merchants), builder.clock),
                () -> settings.configuration().journalSize());
        scenarios = new Scenarios(builder.clock, contracts::setState);
        Path file = builder.scenarioFile;
        scenarioFile = file == null ? null : new ScenarioFile(file, scenarios, status -> {});
        Gateway gateway = new Gateway(
                merchants, platformKeys, settings.faults(), scenarios, settings::configuration, journal, builder.clock);

        certificateAuthority = builder.certificateAuthority;
        KeyStore tls = certificateAuthority == null ? null : certificateAuthority.serverKeyStore(builder.clock);
        http = new HttpServer(
                new HttpServer.Address(builder.host, builder.port, tls, builder.tlsPort), gateway, routes -> {
                    EbikeChargeApiRoutes.register(
                            routes,
                            gateway,
                            new ConfirmChargeHandler(
                                    contracts,
                                    () -> settings.configuration().assumptions().missingContractIsResourceNotExists()));
                    CertificatesApiRoutes.register(
                            routes, gateway, new CertificatesHandler(platformKeys, DemoKeys.API_V3_KEY));
                    ControlApiRoutes.register(
                            routes, new ControlHandler(), new Control(demoKeys, platformKeys, settings, journal));
                    SigningApiRoutes.register(
                            routes, new ControlHandler(), new Signing(demoKeys.merchant(), builder.clock));
                    ScenariosApiRoutes.register(routes, new ControlHandler(), scenarios);
                });
    }

    /** Every key that a signature could come from. */
    private List<KnownKey> knownKeys(Merchants merchants) {
        List<KnownKey> keys = new ArrayList<>();
        merchants.forEach((mchid, serialNo, key) -> keys.add(KnownKey.ofMerchant(mchid, serialNo, key)));
        keys.addAll(demoKeys.knownPlatformKeys());
        return keys;
    }

    /** Starts on a free port of the loopback interface, with the system's clock. */
    public static MockWechatPayServer start() {
        return builder().start();
    }

    /** Settings of a mock; none is required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it listens: scheme, host and port. */
    public URI baseUrl() {
        return http.baseUrl();
    }

    /** Where it listens under TLS: scheme, host and port; empty if it does not. */
    public Optional<URI> tlsBaseUrl() {
        return http.tlsBaseUrl();
    }

    /** Who has to be trusted to reach it under TLS; empty if nobody can. */
    public Optional<X509Certificate> certificateAuthority() {
        return Optional.ofNullable(certificateAuthority).map(CertificateAuthority::certificate);
    }

    /** What the demo merchant signs with. */
    public MerchantCredentials merchant() {
        return demoKeys.merchant();
    }

    /** What the demo merchant signs with in SM2 (国密). */
    public MerchantCredentials sm2Merchant() {
        return demoKeys.sm2Merchant();
    }

    /** The platform certificate that answers to such requests are signed under. */
    public X509Certificate sm2PlatformCertificate() {
        return demoKeys.sm2PlatformCertificate();
    }

    /** Key that platform certificates are encrypted with (APIv3密钥). */
    public String apiV3Key() {
        return DemoKeys.API_V3_KEY;
    }

    /** ID of the platform public key (微信支付公钥ID). */
    public String publicKeyId() {
        return platformKeys.publicKeyId();
    }

    /** The platform public key (微信支付公钥). */
    public PublicKey publicKey() {
        return platformKeys.publicKey();
    }

    /** The platform certificates in force (平台证书). */
    public List<X509Certificate> platformCertificates() {
        return platformKeys.certificates();
    }

    /** The configuration in force, with the faults that may still strike. */
    public MockConfiguration configuration() {
        return settings.current();
    }

    /**
     * Replaces the configuration, from the next request on.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void configure(MockConfiguration configuration) {
        settings.replace(Configurations.validated(configuration));
    }

    /**
     * Adds a fault behind those that are there.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void inject(Fault fault) {
        settings.add(Configurations.validated(fault));
    }

    /**
     * Replaces the scenarios, from the next call on.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public void play(Scenario... replacement) {
        scenarios.replace(Configurations.validated(new ScenarioList(List.of(replacement))));
    }

    /** Stops listening; requests under way are answered. */
    @Override
    public void close() {
        http.close();
        journal.close();
        if (scenarioFile != null) {
            scenarioFile.close();
        }
    }

    /** Settings of a mock. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private int tlsPort;
        private @Nullable CertificateAuthority certificateAuthority;
        private @Nullable Path scenarioFile;
        private Clock clock = Clock.systemUTC();
        private MockConfiguration configuration = MockConfiguration.builder().build();

        private Builder() {}

        /** Address to listen on. The demo keys are public: think before you leave the loopback interface. */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /** Port to listen on; 0 for any that is free. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Serves HTTPS, too, for the names of WeChat Pay's hosts and for the loopback interface.
         *
         * @param authority who vouches for them
         * @param port port to listen on; 0 for any that is free
         */
        public Builder tls(CertificateAuthority authority, int port) {
            this.certificateAuthority = authority;
            this.tlsPort = port;
            return this;
        }

        /** What timestamps are taken from and compared with. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * How it behaves; all defaults if this is left out.
         *
         * @throws IllegalArgumentException naming each field that does not keep the document
         */
        public Builder configuration(MockConfiguration configuration) {
            this.configuration = Configurations.validated(configuration);
            return this;
        }

        /** YAML of scenarios, as {@code PUT /_mock/scenarios} takes them; read again whenever it is edited. */
        public Builder scenarios(Path file) {
            this.scenarioFile = file;
            return this;
        }

        /**
         * Starts the mock.
         *
         * @throws IllegalArgumentException if the scenario file cannot be read, saying line and reason
         * @throws io.javalin.util.JavalinBindException if the port is taken
         */
        public MockWechatPayServer start() {
            return new MockWechatPayServer(this);
        }
    }
}
