package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Decides what is done to calls that have passed the checks. */
@FunctionalInterface
public interface Script {
    /**
     * What is done to this call; empty to leave it to others.
     *
     * @param body the parsed body; a missing node if the operation has none
     */
    Optional<Intervention> next(GatewayRequest request, JsonNode body);
}
