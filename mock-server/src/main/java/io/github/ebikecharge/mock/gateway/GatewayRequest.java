package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationRequest;
import io.javalin.http.Context;
import java.util.Map;
import java.util.stream.Collectors;
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

    Map<String, String> queryParameters() {
        return context.queryParamMap().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    /** What the operation reads, once its caller is known. */
    OperationRequest signedBy(Caller caller) {
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
                    return WireJson.read(body, type);
                } catch (JacksonException e) {
                    throw new IllegalStateException("A body that passed the checks is not a " + type.getName(), e);
                }
            }
        };
    }
}
