package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.stream.Collectors.toMap;

/** Puts an answer on the wire, with the headers of every answer, spelled and ordered as the gateway's. */
final class AnswerSender {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerSender.class);
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    // encoded once: they stand in every answer
    private static final HttpField SERVER = new PreEncodedHttpField("Server", "nginx");
    private static final HttpField JSON = new PreEncodedHttpField("Content-Type", Answer.JSON);
    private static final HttpField KEEP_ALIVE = new PreEncodedHttpField("Keep-Alive", "timeout=8");
    private static final HttpField CACHE_CONTROL =
            new PreEncodedHttpField("Cache-Control", "no-cache, must-revalidate");
    private static final HttpField NOSNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final Map<String, HttpField> LANGUAGES = Stream.of("en", "zh-CN", "zh-HK", "zh-TW")
            .collect(toMap(language -> language, language -> new PreEncodedHttpField("Content-Language", language)));
    private static final HttpField DEFAULT_LANGUAGE =
            Objects.requireNonNull(LANGUAGES.get("zh-CN"), "The gateway speaks Chinese");
    /** Of no known header: Jetty takes those of {@code Connection} for its own affair, and leaves them out. */
    private static final HttpField CONNECTION = new HttpField((HttpHeader) null, "Connection", "keep-alive");

    private final Clock clock;
    private final Delays delays;
    private volatile Dated date = Dated.of(0);

    /** A second, and how it is written. */
    private record Dated(long second, HttpField field) {
        static Dated of(long second) {
            return new Dated(second, new PreEncodedHttpField("Date", HTTP_DATE.format(Instant.ofEpochSecond(second))));
        }
    }

    AnswerSender(Clock clock, Delays delays) {
        this.clock = clock;
        this.delays = delays;
    }

    /**
     * Sends it; later, if it is to wait, and by a thread that did not wait with it. One that the caller may leave unread is sent
     * by a thread on which nobody else depends.
     *
     * @param before gets the headers as they are sent, before the caller gets any of it
     */
    void send(Context context, Answer answer, Consumer<HttpFields> before) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        if (answer.delay().isZero() && !mayWait(request, answer)) {
            send(context, request, answer, before);
            return;
        }
        Executor threads = request.getConnectionMetaData().getConnector().getExecutor();
        context.future(
                () -> delays.after(answer.delay()).thenRunAsync(() -> send(context, request, answer, before), threads));
    }

    /** Whether it is written there and then; up to a certain length, it is kept and goes as the caller reads. */
    private static boolean mayWait(Request request, Answer answer) {
        HttpConfiguration configuration = request.getConnectionMetaData().getHttpConfiguration();
        return answer.delivery() == Answer.Delivery.TRUNCATED
                || answer.body().length > configuration.getOutputAggregationSize();
    }

    private void send(Context context, ServletContextRequest request, Answer answer, Consumer<HttpFields> before) {
        if (answer.delivery() == Answer.Delivery.RESET) {
            before.accept(HttpFields.EMPTY);
            reset(request);
            return;
        }
        context.status(answer.status());
        // Jetty's own view of the headers: the servlet's would respell some of them
        HttpFields headers =
                writeHeaders(request, request.getServletContextResponse().getWrapped(), answer);
        before.accept(headers);
        try {
            OutputStream out = context.res().getOutputStream();
            if (answer.delivery() == Answer.Delivery.TRUNCATED) {
                out.write(answer.body(), 0, answer.body().length / 2);
                out.flush();
                endPoint(request).close();
            } else {
                out.write(answer.body());
            }
        } catch (IOException e) {
            LOG.debug("The caller closed the connection", e);
        }
    }

    /** Sends an answer without a body where the server itself gave up on a request; it has set the status. */
    void sendEmpty(Request request, Response response, Callback callback) {
        request.setAttribute(Gateway.LAST_REQUEST, true);
        writeHeaders(request, response, Answer.of(response.getStatus(), new byte[0], 0));
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    private HttpFields writeHeaders(Request request, Response response, Answer answer) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.clear();
        headers.add(SERVER);
        Instant now = clock.instant();
        headers.add(date(now.getEpochSecond()));
        if (Answer.JSON.equals(answer.contentType())) {
            headers.add(JSON);
        } else if (answer.contentType() != null) {
            headers.add("Content-Type", answer.contentType());
        }
        headers.add("Content-Length", answer.body().length);
        if (staysOpen(request)) {
            headers.add(CONNECTION);
            headers.add(KEEP_ALIVE);
        }
        headers.add(CACHE_CONTROL);
        headers.add(NOSNIFF);
        if (answer.number() != null) {
            headers.add(own(WechatPayHeaders.REQUEST_ID, RequestId.next(now, answer.number())));
        }
        headers.add(language(request.getHeaders().get("Accept-Language")));
        answer.headers().forEach((name, value) -> headers.add(own(name, value)));
        return headers.asImmutable();
    }

    /** Of a name that HTTP does not know: it is not looked for among those that it does. */
    private static HttpField own(String name, String value) {
        return new HttpField((HttpHeader) null, name, value);
    }

    private HttpField date(long second) {
        Dated last = date;
        if (last.second != second) {
            last = Dated.of(second);
            date = last;
        }
        return last.field;
    }

    private static boolean staysOpen(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && !request.getHeaders().contains(HttpHeader.CONNECTION, "close")
                && request.getAttribute(Gateway.LAST_REQUEST) == null;
    }

    private static HttpField language(@Nullable String accepted) {
        return accepted == null ? DEFAULT_LANGUAGE : LANGUAGES.getOrDefault(accepted, DEFAULT_LANGUAGE);
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Ends the connection with a TCP reset, in place of an answer. */
    private static void reset(Request request) {
        EndPoint endPoint = endPoint(request);
        Object transport = endPoint.getTransport();
        while (transport instanceof EndPoint below) { // below TLS
            transport = below.getTransport();
        }
        if (transport instanceof NetworkChannel channel) {
            try {
                SocketOption<Integer> linger = StandardSocketOptions.SO_LINGER;
                channel.setOption(linger, 0);
                channel.close();
            } catch (IOException e) {
                LOG.debug("The connection was gone before it was reset", e);
            }
        }
        endPoint.close();
    }
}
