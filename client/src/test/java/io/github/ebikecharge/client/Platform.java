package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

import static io.github.ebikecharge.client.Keys.PLATFORM;
import static io.github.ebikecharge.client.Keys.PUBLIC_KEY_ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A socket that answers as WeChat Pay does, and a client that calls it, both at one moment of time. */
final class Platform implements AutoCloseable {
    static final long NOW = 1_714_000_000;
    static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";
    static final String TOKEN = "sdjf23kdsHJfdksj8dj";
    static final String GOOD = "{\"charging_token\":\"" + TOKEN + "\"}";
    static final String REQUEST_ID = "08F5B8C2B506102C18FDDFEEA30620BE821E28EDC405-0";

    final MockWebServer server = new MockWebServer();
    private final HeldExchanges exchanges = new HeldExchanges();
    final EbikeChargeClient client;

    Platform() {
        server.setDispatcher(exchanges);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = settings().build();
    }

    /** Of a client that trusts this platform, and repeats nothing. */
    EbikeChargeClient.Builder settings() {
        return EbikeChargeClient.builder()
                .baseUrl(server.url("/").uri())
                .merchant(Keys.MERCHANT)
                .platformTrust(PlatformTrust.publicKey(PUBLIC_KEY_ID, PLATFORM.getPublic()))
                .timeout(Duration.ofSeconds(20))
                .retryPolicy(RetryPolicy.none())
                .clock(clockAt(NOW))
                .listener(exchanges);
    }

    static Clock clockAt(long epochSecond) {
        return Clock.fixed(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC);
    }

    static MockResponse.Builder signed(int status, String body) {
        return signed(status, body, NOW);
    }

    static MockResponse.Builder signed(int status, String body, long timestamp) {
        return signed(status, body.getBytes(UTF_8), PUBLIC_KEY_ID, PLATFORM, timestamp);
    }

    static MockResponse.Builder signed(int status, byte[] body, String serial, KeyPair keys, long timestamp) {
        var answer = unsigned(status, body);
        new Signer(serial, keys.getPrivate(), clockAt(timestamp))
                .signResponse(body)
                .toHeaders()
                .forEach(answer::setHeader);
        return answer;
    }

    static MockResponse.Builder unsigned(int status, String body) {
        return unsigned(status, body.getBytes(UTF_8));
    }

    static MockResponse.Builder unsigned(int status, byte[] body) {
        var answer = new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .setHeader("Request-ID", REQUEST_ID);
        return status == 204 ? answer.removeHeader("Content-Length") : answer.body(new Buffer().write(body));
    }

    ConfirmChargeResponse confirm(MockResponse.Builder answer) {
        server.enqueue(answer.build());
        return client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example());
    }

    /** How the call fails with this answer; it has to fail in the same way whether the caller waits or not. */
    <E extends EbikeChargeException> E failure(Class<E> type, MockResponse.Builder answer) {
        server.enqueue(answer.build());
        server.enqueue(answer.build());
        return failure(type, client, CONTRACT_ID, ConfirmChargeRequest.example());
    }

    /** How this call fails; it has to fail in the same way whether the caller waits or not. */
    static <E extends EbikeChargeException> E failure(
            Class<E> type, EbikeChargeClient client, String contractId, ConfirmChargeRequest request) {
        var thrown = catchThrowableOfType(type, () -> client.confirmCharge(contractId, request));
        assertThat(thrown).isNotNull();
        var future = client.confirmChargeAsync(contractId, request);
        var failed = catchThrowableOfType(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
        assertThat(failed).isNotNull();
        assertThat(failed.getCause()).isExactlyInstanceOf(type);
        var later = requireNonNull(type.cast(failed.getCause()));
        assertThat(told(later)).isEqualTo(told(thrown));
        assertThat(later.outcomeUnknown()).isEqualTo(thrown.outcomeUnknown());
        return thrown;
    }

    /** The message without the words of the operating system, which vary from one time to the next. */
    private static String told(EbikeChargeException thrown) {
        var message = requireNonNull(thrown.getMessage());
        return thrown instanceof TransportException ? message.replace(String.valueOf(thrown.getCause()), "") : message;
    }

    RecordedRequest takeRequest() {
        try {
            var request = server.takeRequest(30, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        exchanges.assertAllAsDocumented();
    }
}
