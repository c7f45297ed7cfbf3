package io.github.ebikecharge.client.transport;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.ResponseValidationException;
import io.github.ebikecharge.client.ServiceException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells refusals, and of successes lets only those through that verify and hold what the contract says. */
final class Answers {
    private static final int UNAUTHORIZED = 401;

    private final PlatformKeys keys;
    private final Function<Object, Optional<String>> violations;
    private final Clock clock;

    Answers(PlatformKeys keys, Function<Object, Optional<String>> violations, Clock clock) {
        this.keys = keys;
        this.violations = violations;
        this.clock = clock;
    }

    <T> T read(Received answer, Class<T> type) {
        String requestId = answer.headers().get(WechatPayHeaders.REQUEST_ID);
        SignatureVerificationException fault = signatureFault(answer);
        if (fault != null && answer.status() / 100 == 2) {
            throw new ResponseValidationException(
                    "The answer is not to be trusted (%s): %s (Request-ID %s, Date %s)"
                            .formatted(
                                    fault.reason(),
                                    fault.getMessage(),
                                    requestId,
                                    answer.headers().get("Date")),
                    fault,
                    requestId);
        }
        if (answer.status() != 200) {
            throw new ServiceException(
                    answer.status(),
                    answer.body(),
                    requestId,
                    fault == null ? null : fault.reason(),
                    answer.status() == UNAUTHORIZED ? answer.signedMessage().toString() : null);
        }
        T value = parse(answer.body(), type, requestId);
        violations.apply(value).ifPresent(violation -> {
            throw atFault(violation, requestId);
        });
        return value;
    }

    private @Nullable SignatureVerificationException signatureFault(Received answer) {
        try {
            new Verifier(serial -> keys.find(serial, answer.body()), clock)
                    .verify(ResponseSignature.from(answer.headers()::get), answer.body());
            return null;
        } catch (SignatureVerificationException e) {
            return e;
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
