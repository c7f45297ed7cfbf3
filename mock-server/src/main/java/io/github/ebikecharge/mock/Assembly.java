package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.charge.ConfirmChargeHandler;
import io.github.ebikecharge.mock.contract.OperationHandler;
import io.github.ebikecharge.mock.control.Control;
import io.github.ebikecharge.mock.control.Journal;
import io.github.ebikecharge.mock.control.Settings;
import io.github.ebikecharge.mock.control.Signing;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.SignatureExplainer;
import io.github.ebikecharge.mock.gateway.CertificatesHandler;
import io.github.ebikecharge.mock.gateway.Gateway;
import io.github.ebikecharge.mock.gateway.Merchants;
import io.github.ebikecharge.mock.gateway.PlatformKeys;
import io.github.ebikecharge.mock.gateway.PlatformKeys.Certified;
import io.github.ebikecharge.mock.generated.CertificatesApiRoutes;
import io.github.ebikecharge.mock.generated.EbikeChargeApiRoutes;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.scenario.ScenarioFile;
import io.github.ebikecharge.mock.scenario.Scenarios;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import io.github.ebikecharge.mock.world.Alarms;
import io.github.ebikecharge.mock.world.CallbackSender;
import io.github.ebikecharge.mock.world.Changes;
import io.github.ebikecharge.mock.world.EventLog;
import io.github.ebikecharge.mock.world.MockClock;
import io.github.ebikecharge.mock.world.Store;
import io.github.ebikecharge.mock.world.StoreAccess;
import io.github.ebikecharge.mock.world.World;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a mock, put together; started when made. */
final class Assembly implements AutoCloseable {
    private static final int EVENTS_HELD = 4096;
    private static final long BYTES_OF_EVENTS = 8L * 1024 * 1024;

    final Listeners listeners;
    final @Nullable CertificateAuthority certificateAuthority;
    final DemoKeys demoKeys;
    final PlatformKeys platformKeys;
    final Settings settings;
    final Journal journal;
    final MockClock clock;
    private final EventLog events;
    private final Changes changes;
    private final Alarms alarms;
    final World world;
    final Scenarios scenarios;
    final Control control;
    private final @Nullable ScenarioFile scenarioFile;
    private final Gateway gateway;

    /** @throws io.javalin.util.JavalinBindException if a port is taken */
    Assembly(MockWechatPayServerBuilder builder, Store store) {
        demoKeys = DemoKeys.load();
        clock = new MockClock(builder.clock);
        events = new EventLog(EVENTS_HELD, BYTES_OF_EVENTS, clock);
        clock.listen(() ->
                events.publish(Event.builder().type(EventType.CLOCK_CHANGED).clock(clock.state())));
        StoreAccess access = new StoreAccess(store);
        changes = new Changes(access, events);
        settings = new Settings(builder.configuration, changes);
        platformKeys = new PlatformKeys(
                new Certified(demoKeys.platformCertificate(), demoKeys.platformKey()),
                new Certified(demoKeys.nextPlatformCertificate(), demoKeys.nextPlatformKey()),
                () -> new Certified(demoKeys.sm2PlatformCertificate(), demoKeys.sm2PlatformKey()),
                DemoKeys.PUBLIC_KEY_ID,
                demoKeys.publicKey(),
                demoKeys.publicKeyPrivate(),
                () -> settings.configuration().platformKeys(),
                clock);
        Merchants merchants = new Merchants();
        merchants.add(demoKeys.merchantCertificate());
        merchants.addSm2(demoKeys::sm2MerchantCertificate);
        merchants.standInForUnsigned(DemoKeys.MCHID);
        alarms = new Alarms(clock);
        clock.listen(alarms::wake);
        world = new World(
                DemoKeys.MCHID,
                changes,
                alarms,
                new CallbackSender(platformKeys::signCallback, DemoKeys.API_V3_KEY),
                settings::configuration,
                clock);
        journal = new Journal(
                new SignatureExplainer(() -> KnownKeys.of(demoKeys, merchants), clock),
                settings::configuration,
                events,
                access);
        changes.begin(change -> {
            world.begin(change);
            settings.begin(change);
        });
        scenarios = new Scenarios(
                clock,
                world::setContractState,
                status -> events.publish(
                        Event.builder().type(EventType.SCENARIOS_CHANGED).scenarios(status)));
        Path file = builder.scenarioFile;
        scenarioFile = file == null ? null : new ScenarioFile(file, scenarios);
        gateway = new Gateway(
                merchants, access, platformKeys, settings.faults(), scenarios, settings::configuration, journal, clock);

        control = new Control(
                demoKeys,
                platformKeys,
                settings,
                journal,
                world,
                clock,
                events,
                scenarios,
                new Signing(demoKeys.merchant(), clock),
                gateway,
                changes,
                access,
                this::gatewayElsewhere);
        certificateAuthority = builder.certificateAuthority;
        KeyStore tls = certificateAuthority == null ? null : certificateAuthority.serverKeyStore(clock);
        listeners = new Listeners(
                new HttpServer.Address(builder.host, builder.port, tls, builder.tlsPort),
                gateway,
                access.isElsewhere(),
                routes -> {
                    OperationHandler upToDate = (context, operation, call) -> {
                        changes.refresh();
                        gateway.handle(context, operation, call);
                    };
                    EbikeChargeApiRoutes.register(
                            routes, upToDate, new ConfirmChargeHandler(world, settings::configuration));
                    CertificatesApiRoutes.register(
                            routes, upToDate, new CertificatesHandler(platformKeys, DemoKeys.API_V3_KEY));
                },
                control,
                builder.control);
        if (scenarioFile != null) {
            scenarioFile.watch();
        }
        changes.watch();
    }

    private Optional<URI> gatewayElsewhere() {
        URI gateway = listeners.gateway().baseUrl();
        return listeners
                .controlUrl()
                .filter(control -> !control.equals(gateway))
                .map(control -> gateway);
    }

    /** As {@link MockWechatPayServer#close}. */
    @Override
    public void close() {
        events.close();
        gateway.close();
        listeners.close();
        journal.close();
        alarms.close();
        changes.close();
        if (scenarioFile != null) {
            scenarioFile.close();
        }
    }
}
