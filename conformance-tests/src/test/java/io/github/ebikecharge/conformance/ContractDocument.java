package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.OpenApiDocument;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document of the gateway, as it travels in the api jar, and what an answer to confirm keeps of it. */
final class ContractDocument {
    static final String CONFIRM = "/v3/ebike/charge/contracts/{contract_id}/confirm";

    private static final OpenApiDocument DOCUMENT =
            OpenApiDocument.ofResource(ConfirmChargeRequest.class, "/META-INF/openapi/ebike-charge.yaml");
    private static final OpenApiDocument.Operation OPERATION =
            DOCUMENT.operation("POST", CONFIRM).orElseThrow();

    private ContractDocument() {}

    static JsonNode root() {
        return DOCUMENT.root();
    }

    /** What is documented of the confirm call. */
    static JsonNode confirm() {
        return OPERATION.json();
    }

    /** What is documented of its answers with this status; missing if nothing is. */
    static JsonNode answer(int status) {
        return DOCUMENT.answer(OPERATION, status);
    }

    /** What keeps this text from being JSON of a schema of the document. */
    static List<String> faults(String schema, String json) {
        return DOCUMENT.faults(schema, json);
    }

    /** What keeps an answer from being one that the document knows. */
    static List<String> faultsOfAnswer(int status, Function<String, @Nullable String> header, String body) {
        return DOCUMENT.faultsOfAnswer(OPERATION, status, header, body);
    }
}
