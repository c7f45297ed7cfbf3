package io.github.ebikecharge.client.transport;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.client.TransportException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Over HTTP/1.1: signs the very bytes that leave, sends them once, and hands over the answer's bytes as they came. Its
 * threads are those of calls that nobody waits for, and end when idle.
 */
public final class SignedHttp implements AutoCloseable {
    private static final byte[] NO_BODY = {};
    /** The gateway closes a connection that is idle for 8 s. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(7);
    /** Threads and connections that are idle end after this. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int MAX_CALLS = 64;
    /** The longest documented answer has a few thousand bytes. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final Settings settings;
    private final List<HttpUrl> baseUrls;
    private final Signer signer;
    private final OkHttpClient http;
    private volatile boolean closed;

    /**
     * What requests are made with.
     *
     * @param baseUrls scheme, host and port: the host, and the ones to turn to when it fails
     * @param merchant who signs
     * @param timeout for each of connecting, writing and reading
     * @param userAgent value of {@code User-Agent}
     * @param clock what timestamps are taken from
     */
    public record Settings(
            List<URI> baseUrls, MerchantCredentials merchant, Duration timeout, String userAgent, Clock clock) {}

    /**
     * @throws IllegalArgumentException if a base URL is more than scheme, host and port, the timeout is not positive,
     *     or the merchant's key is of an unknown type
     */
    public SignedHttp(Settings settings) {
        this.settings = settings;
        this.baseUrls = settings.baseUrls().stream().map(SignedHttp::httpUrl).toList();
        this.signer =
                new Signer(settings.merchant().serialNo(), settings.merchant().privateKey(), settings.clock());
        if (settings.timeout().isNegative() || settings.timeout().isZero()) {
            throw new IllegalArgumentException("timeout must be positive; this one is " + settings.timeout());
        }
        // threads end by themselves when idle, so that nothing that waits in the queue is lost when the client is
        // closed
        Dispatcher dispatcher = new Dispatcher(new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "ebike-charge-client");
                    thread.setDaemon(true);
                    return thread;
                }));
        dispatcher.setMaxRequests(MAX_CALLS);
        dispatcher.setMaxRequestsPerHost(MAX_CALLS);
        http = new OkHttpClient.Builder()
                .eventListener(Dispatch.LISTENER)
                .addNetworkInterceptor(SignedHttp::keepFromFollowing)
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(MAX_CALLS, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
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

    /** OkHttp sends a request again by itself, nonce and all, after a 503 that says {@code Retry-After: 0}. */
    private static Response keepFromFollowing(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == SERVICE_UNAVAILABLE
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    boolean isClosed() {
        return closed;
    }

    /** Signs the next attempt of a call, with the time and a nonce of its own: a nonce is not to be used twice. */
    Call newAttempt(SignedCall call, Optional<String> answerSerial) {
        call.beginAttempt();
        if (closed) {
            throw new TransportException(
                    call.call() + " was not sent", new IllegalStateException("the client is closed"), false);
        }
        HttpUrl url = baseUrls.get(call.failedHosts() % baseUrls.size()).resolve(call.target());
        if (url == null) {
            throw new IllegalArgumentException("Not a request target: " + call.target());
        }
        String method = call.call().method();
        byte[] json = call.body();
        byte[] body = json == null ? NO_BODY : json;
        String target = target(url);
        AuthorizationHeader authorization =
                signer.signRequest(settings.merchant().mchid(), method, target, body);
        Request.Builder request = new Request.Builder()
                .url(url)
                .method(method, json == null ? null : new SignedBody(json))
                .tag(Dispatch.class, new Dispatch())
                .tag(AuthorizationHeader.class, authorization)
                .header("Accept", "application/json")
                .header("User-Agent", settings.userAgent());
        answerSerial.ifPresent(serial -> request.header(WechatPayHeaders.SERIAL, serial));
        request.header(WechatPayHeaders.AUTHORIZATION, authorization.toHeaderValue());
        Call attempt = http.newCall(request.build());
        attempt.timeout().timeout(Math.max(1, call.timeLeft().toMillis()), TimeUnit.MILLISECONDS);
        return call.running(attempt);
    }

    static Received receive(Request request, Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(MAX_ANSWER_BYTES + 1L)) {
            throw new IOException("the answer is longer than " + MAX_ANSWER_BYTES + " bytes");
        }
        return new Received(request, response.code(), response.headers(), source.readByteArray());
    }

    /** As it is signed, and stands in the request line. */
    static String target(HttpUrl url) {
        return url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + '?' + url.encodedQuery();
    }

    /** Sends no more attempts, and ends idle connections; attempts under way are finished. */
    @Override
    public void close() {
        closed = true;
        http.connectionPool().evictAll();
    }
}
