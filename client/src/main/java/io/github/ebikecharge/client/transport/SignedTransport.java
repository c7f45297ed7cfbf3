package io.github.ebikecharge.client.transport;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.ClientCall;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.RetryPolicy;
import io.github.ebikecharge.client.TransportException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a body once, sends it until an attempt succeeds or must not be repeated, and reads what has verified. */
public final class SignedTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(SignedTransport.class);
    private static final double JITTER = 0.25;

    private final SignedHttp http;
    private final PlatformKeys keys;
    private final Settings settings;
    private final Answers answers;

    /**
     * What a transport works with.
     *
     * @param violations says what in an answer does not keep the contract; empty if it keeps it
     * @param retryPolicy which attempts are repeated
     * @param deadline for a call with all its attempts
     * @param clock what timestamps of answers are compared with
     * @param listener hears of everything
     */
    public record Settings(
            Function<Object, Optional<String>> violations,
            RetryPolicy retryPolicy,
            Duration deadline,
            Clock clock,
            ClientListener listener) {}

    /** Sends over {@code http} and believes what verifies with {@code keys}. */
    public SignedTransport(SignedHttp http, PlatformKeys keys, Settings settings) {
        this.http = http;
        this.keys = keys;
        this.settings = settings;
        this.answers = new Answers(keys, settings.violations(), settings.clock());
    }

    @Override
    public <T> T send(String operation, String method, Target target, @Nullable Object body, Class<T> type) {
        SignedCall call = begin(operation, method, target, body);
        Throwable failure = null;
        try {
            return attempts(call).get(() -> attempt(call, type));
        } catch (FailsafeException e) { // interrupted between two attempts
            Thread.currentThread().interrupt();
            EbikeChargeException interrupted =
                    call.failed(new TransportException(call.call() + " was interrupted", e, false));
            failure = interrupted;
            throw interrupted;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            settings.listener().ended(call.call(), failure);
        }
    }

    @Override
    public <T> CompletableFuture<T> sendAsync(
            String operation, String method, Target target, @Nullable Object body, Class<T> type) {
        SignedCall call = begin(operation, method, target, body);
        CompletableFuture<T> future = attempts(call).getStageAsync(() -> attemptAsync(call, type));
        Object unused = future.whenComplete((value, failure) -> {
            if (failure != null) {
                call.cancel(); // by the caller, or by a time-out of the caller's own
            }
            settings.listener().ended(call.call(), failure);
        });
        return future;
    }

    private SignedCall begin(String operation, String method, Target target, @Nullable Object body) {
        ClientCall call = new ClientCall(operation, method, target.template());
        byte[] json = body == null ? null : WireJson.write(body);
        settings.listener().started(call);
        return new SignedCall(call, target.toString(), json, settings.deadline());
    }

    private FailsafeExecutor<Object> attempts(SignedCall call) {
        return Failsafe.with(dev.failsafe.RetryPolicy.builder()
                .withMaxAttempts(-1)
                .withMaxDuration(settings.deadline())
                .handleIf(failure -> failure instanceof EbikeChargeException e
                        && settings.retryPolicy().repeats(e)
                        && settings.retryPolicy().delay(e).compareTo(call.timeLeft()) < 0
                        && !http.isClosed()
                        && !call.isCancelled()
                        && !Thread.currentThread().isInterrupted())
                .withDelayFn(attempt -> settings.retryPolicy().delay(attempt.getLastException()))
                .withJitter(JITTER)
                .onRetryScheduled(attempt -> repeating(call, attempt.getLastException(), attempt.getDelay()))
                .build());
    }

    private void repeating(SignedCall call, Throwable failure, Duration delay) {
        LOG.info("{} is repeated in {} ms: {}", call.call(), delay.toMillis(), failure.getMessage());
        if (failure instanceof EbikeChargeException e) {
            settings.listener().repeating(call.call(), e, delay);
        }
    }

    private <T> T attempt(SignedCall call, Class<T> type) {
        try {
            awaitKeys(call);
            Call attempt = http.newAttempt(call, keys.preferredSerial());
            Received answer;
            try (Response response = attempt.execute()) {
                answer = receive(call, attempt.request(), response);
            } catch (IOException e) {
                throw noAnswer(attempt.request(), e);
            }
            try {
                return answers.read(answer, type);
            } catch (ResponseValidationException e) {
                CompletableFuture<Void> search = searchForKey(answer, e).orElseThrow(() -> e);
                if (await(search, call) != null) {
                    throw e;
                }
                return answers.read(answer, type);
            }
        } catch (EbikeChargeException e) {
            throw call.failed(e);
        }
    }

    private <T> CompletableFuture<T> attemptAsync(SignedCall call, Class<T> type) {
        return keys.ready()
                .handle((ready, failure) -> {
                    if (failure != null) {
                        throw noKeys(call, failure);
                    }
                    return http.newAttempt(call, keys.preferredSerial());
                })
                .thenCompose(attempt -> enqueue(call, attempt))
                .thenCompose(answer -> readAsync(call, answer, type))
                .handle((value, failure) -> {
                    if (failure == null) {
                        return value;
                    }
                    Throwable cause =
                            failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
                    throw cause instanceof EbikeChargeException e ? call.failed(e) : new CompletionException(cause);
                });
    }

    private CompletableFuture<Received> enqueue(SignedCall call, Call attempt) {
        CompletableFuture<Received> answered = new CompletableFuture<>();
        attempt.enqueue(new Callback() {
            @Override
            public void onResponse(Call attempt, Response response) {
                try (response) {
                    answered.complete(receive(call, attempt.request(), response));
                } catch (IOException | RuntimeException | Error e) {
                    answered.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call attempt, IOException e) {
                answered.completeExceptionally(e);
            }
        });
        // the deadline holds in the queue, too; and what callers do next takes no thread that calls wait for
        return answered.orTimeout(call.timeLeft().toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync((answer, failure) -> {
                    if (failure instanceof IOException || failure instanceof TimeoutException) {
                        attempt.cancel();
                        throw noAnswer(attempt.request(), failure);
                    }
                    if (failure != null) {
                        throw new CompletionException(failure);
                    }
                    return answer;
                });
    }

    private <T> CompletableFuture<T> readAsync(SignedCall call, Received answer, Class<T> type) {
        try {
            return CompletableFuture.completedFuture(answers.read(answer, type));
        } catch (ResponseValidationException e) {
            return searchForKey(answer, e)
                    .orElseThrow(() -> e)
                    .copy()
                    .orTimeout(call.timeLeft().toNanos(), TimeUnit.NANOSECONDS)
                    .handle((found, failure) -> answers.read(answer, type));
        }
    }

    /** Where a new key was seen, the answer need not be asked for again: the key is looked for. */
    private Optional<CompletableFuture<Void>> searchForKey(Received answer, ResponseValidationException fault) {
        return fault.signatureFault()
                .filter(reason -> reason == Reason.UNKNOWN_SERIAL)
                .flatMap(reason -> Optional.ofNullable(answer.headers().get(WechatPayHeaders.SERIAL)))
                .flatMap(keys::lookFor);
    }

    private void awaitKeys(SignedCall call) {
        Throwable failure = await(keys.ready(), call);
        if (failure != null) {
            throw noKeys(call, failure);
        }
    }

    private static @Nullable Throwable await(CompletableFuture<Void> future, SignedCall call) {
        try {
            future.get(call.timeLeft().toNanos(), TimeUnit.NANOSECONDS);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            return e;
        }
    }

    private Received receive(SignedCall call, Request request, Response response) throws IOException {
        Received answer = SignedHttp.receive(request, response);
        LOG.debug(
                "{} {} -> {} (Request-ID {})",
                request.method(),
                request.url(),
                response.code(),
                response.header(WechatPayHeaders.REQUEST_ID));
        settings.listener().exchanged(call.call(), answer.exchange());
        return answer;
    }

    private static TransportException noAnswer(Request request, Throwable e) {
        return new TransportException(
                request.method() + " " + request.url() + " got no answer",
                e,
                Dispatch.of(request).begun());
    }

    private static TransportException noKeys(SignedCall call, Throwable failure) {
        return new TransportException(
                call.call() + " could not be sent: there is no platform certificate to verify its answer with",
                failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure,
                false);
    }
}
