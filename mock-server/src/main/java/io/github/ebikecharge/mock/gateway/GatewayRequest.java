package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationRequest;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it stood on the socket: the raw target, still percent-encoded, and the raw body. */
final class GatewayRequest {
    private final Context context;
    private final Operation operation;
    private final String target;
    private final byte[] body;

    GatewayRequest(Context context, Operation operation) {
        this.context = context;
        this.operation = operation;
        String query = context.req().getQueryString();
        String path = context.req().getRequestURI();
        this.target = query == null ? path : path + '?' + query;
        this.body = context.bodyAsBytes();
    }

    Operation operation() {
        return operation;
    }

    String method() {
        return context.req().getMethod();
    }

    String target() {
        return target;
    }

    byte[] body() {
        return body;
    }

    /** The header's value, its name compared without regard to case; null if there is none. */
    @Nullable
    String header(String name) {
        return context.req().getHeader(name);
    }

    Map<String, String> pathParameters() {
        return context.pathParamMap();
    }

    /** The first value of each, decoded, in the order of the query. */
    Map<String, String> queryParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        // a value that does not decode is missing from the list
        context.queryParamMap()
                .forEach((name, values) ->
                        parameters.put(name, values.stream().findFirst().orElse("")));
        return parameters;
    }

    /** What the operation reads, once its caller is known and its body parsed. */
    OperationRequest signedBy(Caller caller, JsonNode parsedBody) {
        return new OperationRequest() {
            @Override
            public Caller caller() {
                return caller;
            }

            @Override
            public String path(String name) {
                return context.pathParam(name);
            }

            @Override
            public @Nullable String query(String name) {
                return context.queryParam(name);
            }

            @Override
            public <T> T body(Class<T> type) {
                try {
                    return WireJson.read(WireJson.write(parsedBody), type);
                } catch (JacksonException e) {
                    throw new IllegalStateException("A body that passed the checks is not a " + type.getName(), e);
                }
            }
        };
    }
}
