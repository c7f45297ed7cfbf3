package io.github.ebikecharge.client.transport;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.ServiceException;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Tells refusals, and of successes lets only those through that verify and hold what the contract says. */
final class Answers {
    private final Verifier verifier;
    private final Function<Object, Optional<String>> violations;

    Answers(Verifier verifier, Function<Object, Optional<String>> violations) {
        this.verifier = verifier;
        this.violations = violations;
    }

    <T> T read(Response response, byte[] body, Class<T> type) {
        String requestId = response.header(WechatPayHeaders.REQUEST_ID);
        if (response.isSuccessful()) {
            verify(response, body, requestId);
        }
        if (response.code() != 200) {
            throw new ServiceException(response.code(), body, requestId);
        }
        T value = parse(body, type, requestId);
        violations.apply(value).ifPresent(fault -> {
            throw atFault(fault, requestId);
        });
        return value;
    }

    private void verify(Response response, byte[] body, @Nullable String requestId) {
        try {
            verifier.verify(ResponseSignature.from(response::header), body);
        } catch (SignatureVerificationException e) {
            throw new ResponseValidationException(
                    "The answer is not to be trusted (%s): %s (Request-ID %s, Date %s)"
                            .formatted(e.reason(), e.getMessage(), requestId, response.header("Date")),
                    e,
                    requestId);
        }
    }

    private static <T> T parse(byte[] body, Class<T> type, @Nullable String requestId) {
        try {
            return WireJson.read(body, type);
        } catch (JacksonException e) {
            // the parser's words may quote the body, and with it a token
            throw atFault("it is not the JSON of a " + type.getSimpleName(), requestId);
        }
    }

    private static ResponseValidationException atFault(String fault, @Nullable String requestId) {
        return new ResponseValidationException(
                "The answer is signed, but its body does not keep the contract: %s (Request-ID %s)"
                        .formatted(fault, requestId),
                null,
                requestId);
    }
}
