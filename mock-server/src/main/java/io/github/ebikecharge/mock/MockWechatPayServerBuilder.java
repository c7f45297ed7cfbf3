package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.control.ControlOptions;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.store.FileStore;
import io.github.ebikecharge.mock.store.RedisStore;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import io.github.ebikecharge.mock.world.MemoryStore;
import io.github.ebikecharge.mock.world.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings of a mock. */
public final class MockWechatPayServerBuilder {
    String host = "127.0.0.1";
    int port;
    int tlsPort;

    @Nullable
    CertificateAuthority certificateAuthority;

    ControlOptions control = ControlOptions.BESIDE_THE_GATEWAY;

    @Nullable
    Path scenarioFile;

    Supplier<Store> store = MemoryStore::new;
    Clock clock = Clock.systemUTC();
    MockConfiguration configuration = MockConfiguration.builder().build();

    MockWechatPayServerBuilder() {}

    /** Address to listen on. The demo keys are public: think before you leave the loopback interface. */
    public MockWechatPayServerBuilder host(String host) {
        this.host = host;
        return this;
    }

    /** Port to listen on; 0 for any that is free. */
    public MockWechatPayServerBuilder port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Serves HTTPS, too, for the names of WeChat Pay's hosts and for the loopback interface.
     *
     * @param authority who vouches for them
     * @param port port to listen on; 0 for any that is free
     */
    public MockWechatPayServerBuilder tls(CertificateAuthority authority, int port) {
        this.certificateAuthority = authority;
        this.tlsPort = port;
        return this;
    }

    /** Where the control API listens, and who may use it; beside the gateway if this is left out. */
    public MockWechatPayServerBuilder control(ControlOptions control) {
        this.control = control;
        return this;
    }

    /** What timestamps are taken from and compared with. */
    public MockWechatPayServerBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * How it behaves; all defaults if this is left out.
     *
     * @throws IllegalArgumentException naming each field that does not keep the document
     */
    public MockWechatPayServerBuilder configuration(MockConfiguration configuration) {
        this.configuration = Configurations.validated(configuration);
        return this;
    }

    /** YAML of scenarios, as {@code PUT /_mock/scenarios} takes them; read again whenever it is edited. */
    public MockWechatPayServerBuilder scenarios(Path file) {
        this.scenarioFile = file;
        return this;
    }

    /**
     * Keeps contracts, tokens, notices and used nonces in a directory: a mock that is started with it again, even after
     * its process was killed, goes on with them. Needs {@code com.h2database:h2-mvstore}.
     */
    public MockWechatPayServerBuilder state(Path directory) {
        store = needing("com.h2database:h2-mvstore", () -> new FileStore(directory));
        return this;
    }

    /**
     * Shares contracts, tokens, notices, used nonces, the configuration with its faults, and the count of requests with
     * all mocks that are given the same Redis or Valkey. Needs {@code io.lettuce:lettuce-core}.
     *
     * @param url {@code redis://[:PASSWORD@]HOST[:PORT][/DATABASE]}, or {@code rediss://} for TLS
     */
    public MockWechatPayServerBuilder store(String url) {
        store = needing("io.lettuce:lettuce-core", () -> new RedisStore(url));
        return this;
    }

    private static Supplier<Store> needing(String artifact, Supplier<Store> open) {
        return () -> {
            try {
                return open.get();
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(artifact + " is missing on the class path; add it to the tests", e);
            }
        };
    }

    /**
     * Starts the mock.
     *
     * @throws IllegalArgumentException if the scenario file cannot be read, saying line and reason; if the directory of
     *     the state cannot be used, or the URL of the store is none
     * @throws IllegalStateException if the store's library is missing
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public MockWechatPayServer start() {
        return new MockWechatPayServer(this);
    }
}
