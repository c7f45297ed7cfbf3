package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Nonces;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationHandler;
import io.github.ebikecharge.mock.contract.OperationRequest;
import io.github.ebikecharge.mock.contract.Printable;
import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.gateway.Authentication.Verdict;
import io.github.ebikecharge.mock.gateway.PlatformKeys.SigningKey;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.Problem;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request through the gateway, top to bottom: verdict over the raw bytes, headers, parameters,
 * authentication, the service behind; then the answer, signed if and only if the request verified.
 */
public final class Gateway implements OperationHandler, AutoCloseable {
    /** Attribute of a request after which its connection is closed. */
    public static final String LAST_REQUEST = Gateway.class.getName() + ".last-request";

    /** Carries an explanation where answers shall tell; WeChat Pay knows no such header. */
    private static final String EXPLANATION = "Mock-Explanation";
    /** Marks what was let through without a signature; WeChat Pay knows no such header. */
    private static final String UNSIGNED = "Mock-Unsigned";
    /** Marks an answer that is the mock's own: the caller asked it for something that it does not know. */
    private static final String ERROR = "Mock-Error";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Authentication authentication;
    private final PlatformKeys platformKeys;
    private final Faults faults;
    private final Script script;
    private final Supplier<MockConfiguration> configuration;
    private final GatewayListener listener;
    private final Delays delays = new Delays();
    private final AnswerSender sender;
    private final Clock clock;
    private final AtomicInteger resets = new AtomicInteger();

    /**
     * A gateway to which {@code merchants} may call.
     *
     * @param script is asked before the faults
     * @param configuration asked for anew at each request
     */
    public Gateway(
            Merchants merchants,
            Nonces nonces,
            PlatformKeys platformKeys,
            Faults faults,
            Script script,
            Supplier<MockConfiguration> configuration,
            GatewayListener listener,
            Clock clock) {
        this.authentication = new Authentication(merchants, nonces, clock);
        this.platformKeys = platformKeys;
        this.faults = faults;
        this.script = script;
        this.configuration = configuration;
        this.listener = listener;
        this.sender = new AnswerSender(clock, delays);
        this.clock = clock;
    }

    @Override
    public void handle(Context context, Operation operation, Call call) {
        new Passage(context, new GatewayRequest(context, operation)).pass(call);
    }

    /** Answers a request that reached no operation (404, 405, 400 where it is no HTTP): with an empty body, unsigned. */
    public void refuseRoute(Context context, int status) {
        new Passage(context, new GatewayRequest(context, null)).refuseRoute(status);
    }

    /**
     * As {@link #refuseRoute}, where the server itself gave up on a request; it has set the status. Of HTTP/2 it says 426, which
     * without the name of another protocol means nothing, and of a version that is none 505, as if the fault were its own: then
     * 400.
     */
    public boolean refuseUnreadable(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (status == HttpStatus.UPGRADE_REQUIRED_426 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            response.setStatus(HttpStatus.BAD_REQUEST_400);
        }
        sender.sendEmpty(request, response, callback);
        return true;
    }

    /** Forgets what was asked; a request that is still under way is answered, and nobody is told of it. */
    public void reset() {
        resets.incrementAndGet();
        authentication.reset();
        platformKeys.reset();
    }

    /** Sends at once whatever was to wait. */
    @Override
    public void close() {
        delays.close();
    }

    /** One request on its way. */
    private final class Passage {
        private final Context context;
        private final GatewayRequest request;
        private final MockConfiguration settings = configuration.get();
        private final Assumptions assumptions = settings.assumptions();
        private final int resetsBefore = resets.get();
        private final Instant receivedAt = clock.instant();
        private final long started = System.nanoTime();
        private @Nullable FaultKind fault;
        private @Nullable String chosenBy;
        private @Nullable SigningKey signingKey;

        Passage(Context context, GatewayRequest request) {
            this.context = context;
            this.request = request;
        }

        void pass(Call call) {
            Verdict verdict = authentication.examine(request, settings);
            Answer answer;
            try {
                Optional<Intervention> triggered = Triggers.read(
                        request.header(Triggers.HEADER),
                        request.pathParameters().values());
                JsonNode body = check(verdict);
                OperationRequest checked = request.signedBy(verdict.callerOrRefuse(), body);
                Optional<Intervention> intervention = triggered.or(() -> intervention(body));
                chosenBy = intervention.map(Intervention::chosenBy).orElse(null);
                Optional<Disturbance> disturbance = disturbance(intervention, verdict);
                Answer made = act(call, checked, verdict, disturbance);
                answer = intervention.map(chosen -> chosen.conclude(made)).orElse(made);
            } catch (Refusal refusal) {
                answer = refused(refusal, verdict);
            } catch (StoreUnavailableException e) {
                answer = refused(Refusal.serviceUnavailable(), verdict);
            } catch (Triggers.UnknownTriggerException e) {
                answer = Answer.of(400, WireJson.write(new Problem(String.valueOf(e.getMessage()))), 0)
                        .withoutRequestId()
                        .with(ERROR, "no answer of WeChat Pay's; the body says what was wrong");
            }
            send(answer, verdict.name());
        }

        private JsonNode check(Verdict verdict) throws Refusal {
            if (!assumptions.olderGateway()) {
                HeaderCheck.check(request);
            }
            if (!assumptions.parametersBeforeSignature()) {
                verdict.callerOrRefuse();
            }
            JsonNode body = ParameterCheck.check(request, assumptions);
            verdict.callerOrRefuse();
            return body;
        }

        /** What a scenario, or else a fault that waits, makes of a call that has passed the checks. */
        private Optional<Intervention> intervention(JsonNode body) {
            return script.next(request, body)
                    .or(() -> faults.strike(
                                    request.operation().id(),
                                    request.pathParameters().values())
                            .map(Intervention::of));
        }

        private Optional<Disturbance> disturbance(Optional<Intervention> intervention, Verdict verdict) {
            Optional<Disturbance> disturbance = intervention
                    .flatMap(Intervention::fault)
                    .map(struck -> new Disturbance(
                            struck,
                            (body, skew) -> sign(verdict, body, skew),
                            () -> platformKeys.otherSerial(signingKey(verdict))));
            fault = disturbance.map(Disturbance::kind).orElse(null);
            return disturbance;
        }

        private Answer act(Call call, OperationRequest checked, Verdict verdict, Optional<Disturbance> disturbance) {
            try {
                if (disturbance.isPresent()) {
                    disturbance.get().refuse();
                }
                byte[] body =
                        disturbance.filter(Disturbance::comesBeforeTheService).isPresent()
                                ? new byte[0]
                                : call(call, checked);
                Answer answer = Answer.of(200, body, 0).signed(sign(verdict, body, Duration.ZERO));
                return disturbance.map(struck -> struck.disturb(answer)).orElse(answer);
            } catch (Refusal refusal) {
                return refused(refusal, verdict);
            }
        }

        private byte[] call(Call call, OperationRequest checked) throws Refusal {
            try {
                Object answer = call.apply(checked);
                return WireJson.write(answer == null ? new Object() : answer);
            } catch (Refusal | StoreUnavailableException expected) {
                throw expected;
            } catch (Exception e) {
                LOG.error("{} {} failed", request.method(), Printable.ascii(request.target()), e);
                throw Refusal.systemError();
            }
        }

        private Answer refused(Refusal refusal, Verdict verdict) {
            LOG.info(
                    "{} {} -> {} {}",
                    request.method(),
                    Printable.ascii(request.target()),
                    refusal.status(),
                    refusal.number());
            Answer answer = Answer.of(refusal.status(), refusal.body(), refusal.number());
            // a credential that is refused although its signature matches is refused unsigned, as any other
            if (verdict.passed() && assumptions.errorsSigned() && refusal.status() != 401) {
                return answer.signed(sign(verdict, refusal.body(), Duration.ZERO));
            }
            if (assumptions.olderGateway() && refusal.status() == 401) {
                answer = answer.withoutRequestId();
            }
            if (settings.explanationHeader() && refusal.status() == 401) {
                return answer.with(EXPLANATION, listener.explain(request));
            }
            return answer;
        }

        void refuseRoute(int status) {
            send(Answer.of(status, new byte[0], 0), SignatureVerdict.NOT_CHECKED);
        }

        private void send(Answer answer, SignatureVerdict verdict) {
            Answer last = assumptions.requestIdSent() ? answer : answer.withoutRequestId();
            if (verdict == SignatureVerdict.UNSIGNED) {
                LOG.warn(
                        "{} {} is not signed; WeChat Pay would refuse it",
                        request.method(),
                        Printable.ascii(request.target()));
                last = last.with(UNSIGNED, "no Authorization; WeChat Pay would answer 401");
            }
            Answer leaving = last;
            sender.send(context, leaving, headers -> tell(leaving, headers, verdict));
        }

        /** Whoever has the answer finds it in the journal. */
        private void tell(Answer last, HttpFields sent, SignatureVerdict verdict) {
            if (resets.get() != resetsBefore) {
                return;
            }
            boolean reset = last.delivery() == Answer.Delivery.RESET;
            listener.answered(new GatewayExchange(
                    receivedAt,
                    request,
                    verdict,
                    fault,
                    chosenBy,
                    reset ? 0 : last.status(),
                    GatewayRequest.entries(sent),
                    reset ? new byte[0] : last.body(),
                    Duration.ofNanos(System.nanoTime() - started)));
        }

        private ResponseSignature sign(Verdict verdict, byte[] body, Duration skew) {
            SigningKey key = signingKey(verdict);
            return new Signer(key.serial(), key.key(), Clock.offset(clock, skew)).signResponse(body);
        }

        /** One key an answer, chosen no sooner than something is signed: what goes unsigned has no share in a rotation. */
        private SigningKey signingKey(Verdict verdict) {
            if (signingKey == null) {
                signingKey = platformKeys.signingKey(verdict.scheme(), request.header(WechatPayHeaders.SERIAL));
            }
            return signingKey;
        }
    }
}
