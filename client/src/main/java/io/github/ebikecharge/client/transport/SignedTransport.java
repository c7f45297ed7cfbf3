package io.github.ebikecharge.client.transport;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.Exchange;
import io.github.ebikecharge.client.TransportException;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Over HTTP/1.1: writes the body once, signs those bytes, and reads an answer only after its bytes have verified. */
public final class SignedTransport implements Transport, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignedTransport.class);
    private static final byte[] NO_BODY = {};
    /** The gateway closes a connection that is idle for 8 s. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(7);

    private final Settings settings;
    private final HttpUrl baseUrl;
    private final Signer signer;
    private final Answers answers;
    private final OkHttpClient http;

    /**
     * What a transport works with.
     *
     * @param baseUrl scheme, host and port
     * @param merchant who signs
     * @param keyBySerial finds a trusted platform key
     * @param answerSerial names the key that shall sign the next answer
     * @param violations says what in an answer does not keep the contract; empty if it keeps it
     * @param timeout for each of connecting, writing and reading
     * @param userAgent value of {@code User-Agent}
     * @param clock what timestamps are taken from and compared with
     * @param observer sees every exchange before its answer is verified
     */
    public record Settings(
            URI baseUrl,
            MerchantCredentials merchant,
            Function<String, Optional<PublicKey>> keyBySerial,
            Supplier<String> answerSerial,
            Function<Object, Optional<String>> violations,
            Duration timeout,
            String userAgent,
            Clock clock,
            Consumer<Exchange> observer) {}

    /**
     * @throws IllegalArgumentException if the base URL is more than scheme, host and port, the timeout is not positive,
     *     or the merchant's key is of an unknown type
     */
    public SignedTransport(Settings settings) {
        this.settings = settings;
        this.baseUrl = httpUrl(settings.baseUrl());
        this.signer =
                new Signer(settings.merchant().serialNo(), settings.merchant().privateKey(), settings.clock());
        this.answers = new Answers(new Verifier(settings.keyBySerial(), settings.clock()), settings.violations());
        if (settings.timeout().isNegative() || settings.timeout().isZero()) {
            throw new IllegalArgumentException("timeout must be positive; this one is " + settings.timeout());
        }
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
        http = new OkHttpClient.Builder()
                .eventListener(Dispatch.LISTENER)
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(dispatcher)
                .connectionPool(
                        new ConnectionPool(dispatcher.getMaxRequests(), KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
    }

    private static HttpUrl httpUrl(URI baseUrl) {
        HttpUrl url = HttpUrl.get(baseUrl);
        if (baseUrl.getRawUserInfo() != null) {
            throw new IllegalArgumentException("baseUrl must not hold a user name or password");
        }
        if (url == null
                || !url.encodedPath().equals("/")
                || baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "baseUrl is scheme, host and port, as in https://api.mch.weixin.qq.com; this one is " + baseUrl);
        }
        return url;
    }

    @Override
    public <T> T send(String method, Target target, @Nullable Object body, Class<T> type) {
        Request request = sign(method, target, body);
        try (Response response = http.newCall(request).execute()) {
            return accept(request, response, type);
        } catch (IOException e) {
            throw failed(request, e);
        }
    }

    @Override
    public <T> CompletableFuture<T> sendAsync(String method, Target target, @Nullable Object body, Class<T> type) {
        Call call = http.newCall(sign(method, target, body));
        CompletableFuture<T> future = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                boolean cancelled = super.cancel(mayInterruptIfRunning);
                call.cancel();
                return cancelled;
            }
        };
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    future.complete(accept(call.request(), response, type));
                } catch (IOException e) {
                    future.completeExceptionally(failed(call.request(), e));
                } catch (RuntimeException | Error e) {
                    future.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                future.completeExceptionally(failed(call.request(), e));
            }
        });
        return future;
    }

    private Request sign(String method, Target target, @Nullable Object value) {
        byte[] body = value == null ? NO_BODY : WireJson.write(value);
        HttpUrl url = baseUrl.resolve(target.toString());
        if (url == null) {
            throw new IllegalArgumentException("Not a request target: " + target);
        }
        return new Request.Builder()
                .url(url)
                .method(method, value == null ? null : new SignedBody(body))
                .tag(Dispatch.class, new Dispatch())
                .header("Accept", "application/json")
                .header("User-Agent", settings.userAgent())
                .header(WechatPayHeaders.SERIAL, settings.answerSerial().get())
                .header(
                        WechatPayHeaders.AUTHORIZATION,
                        signer.signRequest(settings.merchant().mchid(), method, target(url), body)
                                .toHeaderValue())
                .build();
    }

    private <T> T accept(Request request, Response response, Class<T> type) throws IOException {
        byte[] body = response.body().bytes();
        LOG.debug(
                "{} {} -> {} (Request-ID {})",
                request.method(),
                request.url(),
                response.code(),
                response.header(WechatPayHeaders.REQUEST_ID));
        settings.observer().accept(exchange(request, response, body));
        return answers.read(response, body, type);
    }

    private static Exchange exchange(Request request, Response response, byte[] body) throws IOException {
        Buffer sent = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(sent);
        }
        return new Exchange(
                request.method(),
                target(request.url()),
                toMap(request.headers()),
                sent.readUtf8(),
                response.code(),
                toMap(response.headers()),
                new String(body, UTF_8));
    }

    private static Map<String, String> toMap(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach(header -> map.merge(header.getFirst(), header.getSecond(), (a, b) -> a + ", " + b));
        return map;
    }

    private static String target(HttpUrl url) {
        return url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + '?' + url.encodedQuery();
    }

    private static TransportException failed(Request request, IOException e) {
        return new TransportException(
                request.method() + " " + request.url() + " got no answer",
                e,
                Dispatch.of(request).begun());
    }

    /** Ends idle connections and threads; calls under way are finished. */
    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
