package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.RsaProvider;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.Cause;
import io.github.ebikecharge.mock.gateway.Gateway;
import io.github.ebikecharge.mock.gateway.PlatformKeys;
import io.github.ebikecharge.mock.generated.control.ClockApiRoutes;
import io.github.ebikecharge.mock.generated.control.ControlApi;
import io.github.ebikecharge.mock.generated.control.ControlApiRoutes;
import io.github.ebikecharge.mock.generated.control.ScenariosApiRoutes;
import io.github.ebikecharge.mock.generated.control.SigningApi;
import io.github.ebikecharge.mock.generated.control.SigningApiRoutes;
import io.github.ebikecharge.mock.generated.control.WorldApiRoutes;
import io.github.ebikecharge.mock.model.Expectation;
import io.github.ebikecharge.mock.model.Explanation;
import io.github.ebikecharge.mock.model.ExplanationText;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.Health;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.MockCredentials;
import io.github.ebikecharge.mock.model.PlatformCertificateEntry;
import io.github.ebikecharge.mock.model.Problem;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.RequestList;
import io.github.ebikecharge.mock.model.Verification;
import io.github.ebikecharge.mock.scenario.Scenarios;
import io.github.ebikecharge.mock.world.Changes;
import io.github.ebikecharge.mock.world.EventLog;
import io.github.ebikecharge.mock.world.MockClock;
import io.github.ebikecharge.mock.world.StoreAccess;
import io.github.ebikecharge.mock.world.World;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the control API does. */
public final class Control implements ControlApi {
    private static final String ROOT = "/_mock/";

    private final DemoKeys demoKeys;
    private final PlatformKeys platformKeys;
    private final Settings settings;
    private final Journal journal;
    private final World world;
    private final MockClock clock;
    private final EventLog events;
    private final Scenarios scenarios;
    private final SigningApi signing;
    private final Gateway gateway;
    private final Changes changes;
    private final StoreAccess store;
    private final Supplier<Optional<URI>> gatewayUrl;

    /**
     * Controls a mock with these keys.
     *
     * @param gatewayUrl where the gateway is; empty if it is where the control API is
     */
    public Control(
            DemoKeys demoKeys,
            PlatformKeys platformKeys,
            Settings settings,
            Journal journal,
            World world,
            MockClock clock,
            EventLog events,
            Scenarios scenarios,
            SigningApi signing,
            Gateway gateway,
            Changes changes,
            StoreAccess store,
            Supplier<Optional<URI>> gatewayUrl) {
        this.demoKeys = demoKeys;
        this.platformKeys = platformKeys;
        this.settings = settings;
        this.journal = journal;
        this.world = world;
        this.clock = clock;
        this.events = events;
        this.scenarios = scenarios;
        this.signing = signing;
        this.gateway = gateway;
        this.changes = changes;
        this.store = store;
        this.gatewayUrl = gatewayUrl;
    }

    /**
     * Routes everything below {@code /_mock}.
     *
     * @param options whom it answers
     */
    public void register(JavalinDefaultRoutingApi routes, ControlOptions options) {
        routes.before(ROOT + "*", new OwnPages(options));
        String token = options.token();
        if (token != null) {
            routes.before(ROOT + "*", new ControlAccess(token));
        }
        ControlHandler handler = new ControlHandler(changes::refresh);
        ControlApiRoutes.register(routes, handler, this);
        routes.after(ControlApiRoutes.GET_HEALTH.path(), context -> {
            if (store.outage().isPresent()) {
                context.status(503);
            }
        });
        WorldApiRoutes.register(routes, handler, new WorldControl(world));
        ClockApiRoutes.register(routes, handler, new ClockControl(clock));
        ScenariosApiRoutes.register(routes, handler, scenarios);
        SigningApiRoutes.register(routes, handler, signing);
        routes.get(ControlApiRoutes.STREAM_EVENTS.path(), new EventStream(events));
        Documentation.register(routes);
        Dashboard.register(routes);
    }

    /** Whether a path is the control API's. */
    public static boolean owns(String path) {
        return path.startsWith(ROOT) || path.equals(ROOT.substring(0, ROOT.length() - 1));
    }

    /** Says what was wrong with a request to the control API. */
    public static void refuse(Context context, int status, Exception reason) {
        context.status(status).json(new Problem(String.valueOf(reason.getMessage())));
    }

    @Override
    public Health getHealth() {
        Optional<String> outage = store.outage();
        return new Health(outage.isEmpty() ? "UP" : "DOWN", RsaProvider.describe(), outage.orElse(null));
    }

    @Override
    public MockCredentials getCredentials() {
        MerchantCredentials merchant = demoKeys.merchant();
        return new MockCredentials(
                merchant.mchid(),
                merchant.serialNo(),
                Pem.write(merchant.privateKey()),
                Pem.write(demoKeys.merchantCertificate()),
                DemoKeys.API_V3_KEY,
                platformKeys.certificates().stream().map(Control::entry).toList(),
                platformKeys.publicKeyId(),
                Pem.write(platformKeys.publicKey()),
                gatewayUrl.get().map(URI::toString).orElse(null));
    }

    private static PlatformCertificateEntry entry(X509Certificate certificate) {
        return new PlatformCertificateEntry(Certificates.serialNo(certificate), Pem.write(certificate));
    }

    @Override
    public MockConfiguration getConfiguration() {
        return settings.configuration();
    }

    @Override
    public MockConfiguration setConfiguration(MockConfiguration configuration) {
        settings.replace(configuration);
        return settings.configuration();
    }

    @Override
    public MockConfiguration changeConfiguration(JsonNode patch) {
        settings.change(patch);
        return settings.configuration();
    }

    @Override
    public MockConfiguration addFault(Fault fault) {
        settings.add(fault);
        return settings.configuration();
    }

    @Override
    public void removeFaults(@Nullable String kind) {
        settings.removeFaults(kind == null ? null : Configurations.read(WireJson.write(kind), FaultKind.class));
    }

    @Override
    public RequestList listRequests() {
        return journal.list();
    }

    @Override
    public void forgetRequests() {
        journal.clear();
    }

    @Override
    public RequestDetail getRequest(String id) {
        return entry(id).detail();
    }

    @Override
    public Explanation explainRequest(String id) {
        var explanation = journal.explain(entry(id));
        return Explanation.builder()
                .cause(explanation.cause().wireName())
                .also(explanation.also().stream().map(Cause::wireName).toList())
                .text(new ExplanationText(
                        explanation.text().en(), explanation.text().zh()))
                .expectedMessage(explanation.expectedMessage())
                .signedMessage(explanation.signedMessage())
                .build();
    }

    @Override
    public Verification verify(Expectation expectation) {
        return Verifications.verify(
                expectation, journal.entries().map(Journal.Entry::detail).toList());
    }

    @Override
    public void reset() {
        clock.reset();
        gateway.reset();
        journal.clear();
        settings.reset();
        world.reset();
        scenarios.reset();
    }

    private Journal.Entry entry(String id) {
        return journal.find(id)
                .orElseThrow(() -> new NotFoundResponse("The journal holds no request " + id
                        + "; it never came, was forgotten, or left when newer ones came"));
    }
}
