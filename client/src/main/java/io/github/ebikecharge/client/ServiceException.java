package io.github.ebikecharge.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ebikecharge.api.wire.WireJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * WeChat Pay answered, and did not do what was asked. Branch on {@link #httpStatus()} and {@link #code()}; messages
 * change without notice. The answer's signature is a hint at most: errors of the gateway itself carry none.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012081717">HTTP status codes (HTTP状态码)</a>
 */
public final class ServiceException extends EbikeChargeException {
    private static final long serialVersionUID = 1;

    private final int httpStatus;
    private final byte[] body;
    private final @Nullable String requestId;

    /**
     * @param httpStatus status of the answer
     * @param body body of the answer, whatever it holds
     * @param requestId value of {@code Request-ID}, or null
     */
    public ServiceException(int httpStatus, byte[] body, @Nullable String requestId) {
        super(describe(httpStatus, parse(body), requestId), null);
        this.httpStatus = httpStatus;
        this.body = body.clone();
        this.requestId = requestId;
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

    /** Whether the request may be in work: 202, and every 5xx. */
    @Override
    public boolean outcomeUnknown() {
        return httpStatus < 400 || httpStatus >= 500;
    }
}
