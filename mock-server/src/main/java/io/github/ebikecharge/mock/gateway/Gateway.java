package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationHandler;
import io.github.ebikecharge.mock.gateway.Authentication.Verdict;
import io.javalin.http.Context;
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
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
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
        JsonNode body = ParameterCheck.check(request);
        try {
            Object answer = call.apply(request.signedBy(verdict.callerOrRefuse(), body));
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

    /** Answers a request that reached no operation (404, 405, 400 where it is no HTTP): with an empty body, unsigned. */
    public void refuseRoute(Context context, int status) {
        send(context, status, new byte[0], 0, Optional.empty());
    }

    /** As {@link #refuseRoute}, where the server itself gave up on a request; it has set the status. */
    public boolean refuseUnreadable(Request request, Response response, Callback callback) {
        writeHeaders(request, response, 0, 0, Optional.empty());
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        return true;
    }

    private void send(Context context, int status, byte[] body, long number, Optional<ResponseSignature> signature) {
        context.status(status);
        // Jetty's own view of the headers: the servlet's would respell some of them
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        writeHeaders(request, request.getServletContextResponse().getWrapped(), body.length, number, signature);
        try {
            context.res().getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("The caller closed the connection", e);
        }
    }

    private void writeHeaders(
            Request request, Response response, int length, long number, Optional<ResponseSignature> signature) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.clear();
        headers.add("Server", "nginx");
        headers.add("Date", HTTP_DATE.format(clock.instant()));
        headers.add("Content-Type", "application/json; charset=utf-8");
        headers.add("Content-Length", length);
        if (staysOpen(request)) {
            headers.add(new HttpField((HttpHeader) null, "Connection", "keep-alive"));
            headers.add("Keep-Alive", "timeout=8");
        }
        headers.add("Cache-Control", "no-cache, must-revalidate");
        headers.add("X-Content-Type-Options", "nosniff");
        headers.add(WechatPayHeaders.REQUEST_ID, RequestId.next(clock.instant(), number));
        headers.add("Content-Language", language(request.getHeaders().get("Accept-Language")));
        signature.ifPresent(s -> s.toHeaders().forEach(headers::add));
    }

    private static boolean staysOpen(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && !request.getHeaders().contains(HttpHeader.CONNECTION, "close");
    }

    private static String language(@Nullable String accepted) {
        return accepted != null && LANGUAGES.contains(accepted) ? accepted : DEFAULT_LANGUAGE;
    }
}
