package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, as they stood on the wire.
 *
 * @param receivedAt when the request came, by the mock's clock
 * @param request what came
 * @param verdict what came of its signature
 * @param fault the fault that struck, or null
 * @param chosenBy who chose this answer, or null if nobody did
 * @param status HTTP status of the answer; 0 if the connection was reset instead
 * @param responseHeaders headers of the answer, in their order
 * @param responseBody body of the answer
 * @param duration from request to answer
 */
@SuppressWarnings("ArrayRecordComponent") // made here, read by the journal only
public record GatewayExchange(
        Instant receivedAt,
        GatewayRequest request,
        SignatureVerdict verdict,
        @Nullable FaultKind fault,
        @Nullable String chosenBy,
        int status,
        List<HeaderEntry> responseHeaders,
        byte[] responseBody,
        Duration duration) {}
