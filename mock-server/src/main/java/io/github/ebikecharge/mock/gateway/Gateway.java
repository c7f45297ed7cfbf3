package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationHandler;
import io.github.ebikecharge.mock.gateway.Authentication.Verdict;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request through the gateway, top to bottom: verdict over the raw bytes, headers, parameters,
 * authentication, the service behind; then the answer, signed if and only if the request verified.
 */
public final class Gateway implements OperationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Set<String> LANGUAGES = Set.of("en", "zh-CN", "zh-HK", "zh-TW");
    private static final String DEFAULT_LANGUAGE = "zh-CN";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Authentication authentication;
    private final PlatformKeys platformKeys;
    private final Clock clock;

    /** A gateway to which {@code merchants} may call. */
    public Gateway(Merchants merchants, PlatformKeys platformKeys, Clock clock) {
        this.authentication = new Authentication(merchants, clock);
        this.platformKeys = platformKeys;
        this.clock = clock;
    }

    @Override
    public void handle(Context context, Operation operation, Call call) {
        GatewayRequest request = new GatewayRequest(context, operation);
        Verdict verdict = authentication.examine(request);
        try {
            byte[] body = WireJson.write(answer(request, verdict, call));
            send(context, 200, body, 0, sign(request, verdict, body));
        } catch (Refusal refusal) {
            LOG.info("{} {} -> {} {}", request.method(), request.target(), refusal.status(), refusal.number());
            byte[] body = refusal.body();
            send(context, refusal.status(), body, refusal.number(), sign(request, verdict, body));
        }
    }

    private static Object answer(GatewayRequest request, Verdict verdict, Call call) throws Refusal {
        HeaderCheck.check(request);
        ParameterCheck.check(request);
        try {
            Object answer = call.apply(request.signedBy(verdict.callerOrRefuse()));
            return answer == null ? new Object() : answer;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (Exception e) {
            LOG.error("{} {} failed", request.method(), request.target(), e);
            throw Refusal.systemError();
        }
    }

    private Optional<ResponseSignature> sign(GatewayRequest request, Verdict verdict, byte[] body) {
        if (!verdict.verified()) {
            return Optional.empty();
        }
        return Optional.of(
                platformKeys.signerFor(request.header(WechatPayHeaders.SERIAL)).signResponse(body));
    }

    /** Answers that there is no such route (404), or none with this method (405): with an empty body, unsigned. */
    public void refuseRoute(Context context, int status) {
        send(context, status, new byte[0], 0, Optional.empty());
    }

    private void send(Context context, int status, byte[] body, long number, Optional<ResponseSignature> signature) {
        context.status(status);
        // Jetty's own view of the headers: the servlet's would respell some of them
        HttpFields.Mutable headers = ServletContextRequest.getServletContextRequest(context.req())
                .getServletContextResponse()
                .getWrapped()
                .getHeaders();
        headers.clear();
        headers.add("Server", "nginx");
        headers.add("Date", HTTP_DATE.format(clock.instant()));
        headers.add("Content-Type", "application/json; charset=utf-8");
        headers.add("Content-Length", body.length);
        if (staysOpen(context.req())) {
            headers.add(new HttpField((HttpHeader) null, "Connection", "keep-alive"));
            headers.add("Keep-Alive", "timeout=8");
        }
        headers.add("Cache-Control", "no-cache, must-revalidate");
        headers.add("X-Content-Type-Options", "nosniff");
        headers.add(WechatPayHeaders.REQUEST_ID, RequestId.next(clock.instant(), number));
        headers.add("Content-Language", language(context.req().getHeader("Accept-Language")));
        signature.ifPresent(s -> s.toHeaders().forEach(headers::add));
        try {
            context.res().getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("The caller closed the connection", e);
        }
    }

    private static boolean staysOpen(HttpServletRequest request) {
        String connection = request.getHeader("Connection");
        return request.getProtocol().equals("HTTP/1.1")
                && (connection == null || !connection.equalsIgnoreCase("close"));
    }

    private static String language(@Nullable String accepted) {
        return accepted != null && LANGUAGES.contains(accepted) ? accepted : DEFAULT_LANGUAGE;
    }
}
