package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.EncryptCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.CallbackResource;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeCallback;
import io.github.ebikecharge.mock.model.NoticeOutcome;
import io.github.ebikecharge.mock.model.UserNotice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reports a user's answer in the form of WeChat Pay's callbacks (回调通知): its resource encrypted with the APIv3 key,
 * the body signed with a platform key. Not documented for this call, assumed.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012068829">Callbacks (回调通知)</a>
 */
public final class CallbackSender {
    private static final String ORIGINAL_TYPE = "ebike_charge";
    /** WeChat Pay waits this long for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Function<byte[], ResponseSignature> signature;
    private final CertificateEnvelope envelope;
    private final Duration patience;

    /**
     * How an attempt ended.
     *
     * @param status HTTP status; null if there was no answer
     * @param error why it failed; null if it was taken
     */
    record Outcome(@Nullable Integer status, @Nullable String error) {
        boolean taken() {
            return error == null;
        }
    }

    /**
     * @param signature signs a body with a platform key
     * @param apiV3Key the merchant's APIv3 key
     */
    public CallbackSender(Function<byte[], ResponseSignature> signature, String apiV3Key) {
        this(signature, apiV3Key, PATIENCE);
    }

    /** @param patience how long an attempt may take, from its beginning to the end of the answer's body */
    CallbackSender(Function<byte[], ResponseSignature> signature, String apiV3Key, Duration patience) {
        this.signature = signature;
        this.envelope = new CertificateEnvelope(apiV3Key);
        this.patience = patience;
    }

    /** Sends it once, signed anew, and says later how that went; no later than after five seconds. */
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome tells everything
    void send(UserNotice notice, ChargingToken token, Consumer<Outcome> ended) {
        try {
            var exchange = Clients.CLIENT.sendAsync(request(notice, token), BodyHandlers.discarding());
            // a request's own timeout ends where the body of the answer begins
            exchange.copy()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(answer -> outcome(answer.statusCode()))
                    .exceptionally(this::failed)
                    .thenAccept(outcome -> {
                        exchange.cancel(true);
                        ended.accept(outcome);
                    });
        } catch (IllegalArgumentException e) {
            ended.accept(failed(e)); // not a URL after all
        }
    }

    private static Outcome outcome(int status) {
        return new Outcome(status, status == 200 || status == 204 ? null : "HTTP " + status);
    }

    private Outcome failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new Outcome(null, "TimeoutException: no whole answer within %d ms".formatted(patience.toMillis()));
        }
        return new Outcome(
                null, cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
    }

    private HttpRequest request(UserNotice notice, ChargingToken token) {
        byte[] body = WireJson.write(callback(notice, token));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(Objects.requireNonNull(notice.callback()).url()))
                .header("Content-Type", "application/json")
                .header("Accept", "*/*")
                .header("User-Agent", "Mozilla/4.0");
        signature.apply(body).toHeaders().forEach(request::header);
        return request.POST(BodyPublishers.ofByteArray(body)).build();
    }

    private NoticeCallback callback(UserNotice notice, ChargingToken token) {
        OffsetDateTime answeredAt = Objects.requireNonNull(notice.answeredAt());
        byte[] outcome = WireJson.write(NoticeOutcome.builder()
                .answer(notice.answer())
                .answerTime(answeredAt)
                .appid(token.appid())
                .chargeInfo(token.chargeInfo())
                .chargingToken(token.chargingToken())
                .contractId(token.contractId())
                .mchid(token.mchid())
                .subAppid(token.subAppid())
                .subMchid(token.subMchid())
                .build());
        EncryptCertificate sealed = envelope.seal(outcome, ORIGINAL_TYPE);
        return new NoticeCallback(
                answeredAt,
                "EBIKE_CHARGE." + notice.answer(),
                id(notice, answeredAt),
                new CallbackResource(
                        sealed.algorithm(),
                        sealed.associatedData(),
                        sealed.ciphertext(),
                        sealed.nonce(),
                        ORIGINAL_TYPE),
                "encrypt-resource",
                summary(notice.answer()));
    }

    /** The same at each attempt, another for each answer and in each run: stations go by it to know repeats. */
    private static String id(UserNotice notice, OffsetDateTime answeredAt) {
        String name = String.join(" ", notice.id(), notice.chargingToken(), answeredAt.toString());
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private static String summary(NoticeAnswer answer) {
        return switch (answer) {
            case CONFIRMED -> "用户已确认充电";
            case IGNORED -> "用户未处理充电确认";
            case DECLINED -> "用户已拒绝充电";
            case WAITING -> throw new IllegalStateException("There is no answer yet");
        };
    }

    /** Made for the first callback: a mock without a webhook starts without it. */
    private static final class Clients {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }
}
