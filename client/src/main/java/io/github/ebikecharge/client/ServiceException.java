package io.github.ebikecharge.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import io.github.ebikecharge.api.wire.WireJson;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * WeChat Pay answered, and did not do what was asked. Branch on {@link #httpStatus()} and {@link #code()}; messages
 * change without notice.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012081717">HTTP status codes (HTTP状态码)</a>
 */
public final class ServiceException extends EbikeChargeException {
    private static final long serialVersionUID = 1;
    private static final Pattern ERROR_NUMBER = Pattern.compile(".*-(\\d{1,18})");

    private final int httpStatus;
    private final byte[] body;
    private final @Nullable String requestId;
    private final @Nullable Reason signatureFault;
    private final @Nullable String signedMessage;

    /**
     * @param httpStatus status of the answer
     * @param body body of the answer, whatever it holds
     * @param requestId value of {@code Request-ID}, or null
     * @param signatureFault why the answer does not verify, or null if it does
     * @param signedMessage what the request's signature was made over, or null
     */
    public ServiceException(
            int httpStatus,
            byte[] body,
            @Nullable String requestId,
            @Nullable Reason signatureFault,
            @Nullable String signedMessage) {
        super(describe(httpStatus, parse(body), requestId), null);
        this.httpStatus = httpStatus;
        this.body = body.clone();
        this.requestId = requestId;
        this.signatureFault = signatureFault;
        this.signedMessage = signedMessage;
    }

    private static String describe(int httpStatus, JsonNode json, @Nullable String requestId) {
        return "%d %s: %s (Request-ID %s)"
                .formatted(
                        httpStatus,
                        text(json, "code").orElse("without a code"),
                        text(json, "message").orElse("without a message"),
                        requestId == null ? "not given" : requestId);
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.ofNullable(json.path(field).textValue());
    }

    private static JsonNode parse(byte[] body) {
        try {
            return WireJson.read(body, JsonNode.class);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** HTTP status of the answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The error code (错误码), or empty if the body is not the JSON of an error. */
    public Optional<String> code() {
        return text(parse(body), "code");
    }

    /** What the error is about (错误详情): any JSON type, as received; empty if there is none. */
    public Optional<JsonNode> detail() {
        JsonNode detail = parse(body).path("detail");
        return detail.isMissingNode() ? Optional.empty() : Optional.of(detail);
    }

    /** The body as received, decoded as UTF-8: JSON, HTML or empty. */
    public String rawBody() {
        return new String(body, UTF_8);
    }

    /** What WeChat Pay's support asks for; empty if the answer had none. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * The number of the error behind the last dash of {@code Request-ID}, as 268443699 for a wrong signature (签名错误);
     * empty if there is none.
     */
    public OptionalLong errorNumber() {
        Matcher matcher = ERROR_NUMBER.matcher(requestId == null ? "" : requestId);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /**
     * Why the answer is not certain to come from WeChat Pay; empty if its signature verifies. Refusals of the gateway
     * itself, 401 and 502 among them, are not signed: {@code MISSING_HEADER}.
     */
    public Optional<Reason> signatureFault() {
        return Optional.ofNullable(signatureFault);
    }

    /**
     * For a 401, what the request's signature was made over (签名串), to be held against what it should be; empty for
     * others. It holds the request's body, and no secret.
     */
    public Optional<String> signedMessage() {
        return Optional.ofNullable(signedMessage);
    }

    /** The request may be in work after 202, and after every 5xx. */
    @Override
    boolean attemptOutcomeUnknown() {
        return httpStatus < 400 || httpStatus >= 500;
    }
}
