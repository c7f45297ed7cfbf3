package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.control.ControlOptions;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.Scenario;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import io.github.ebikecharge.mock.world.MockClock;
import io.github.ebikecharge.mock.world.World;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
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
    private final Assembly mock;

    private MockWechatPayServer(Builder builder) {
        mock = new Assembly(builder);
    }

    /** Starts on a free port of the loopback interface, with the system's mock.clock. */
    public static MockWechatPayServer start() {
        return builder().start();
    }

    /** Settings of a mock; none is required. */
    public static Builder builder() {
        return new Builder();
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
        return mock.settings.current();
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

    /** Stops listening; requests under way are answered. */
    @Override
    public void close() {
        mock.close();
    }

    /** Settings of a mock. */
    public static final class Builder {
        String host = "127.0.0.1";
        int port;
        int tlsPort;

        @Nullable
        CertificateAuthority certificateAuthority;

        ControlOptions control = ControlOptions.BESIDE_THE_GATEWAY;

        @Nullable
        Path scenarioFile;

        Clock clock = Clock.systemUTC();
        MockConfiguration configuration = MockConfiguration.builder().build();

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

        /** Where the control API listens, and who may use it; beside the gateway if this is left out. */
        public Builder control(ControlOptions control) {
            this.control = control;
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
