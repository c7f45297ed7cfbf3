package io.github.ebikecharge.mock.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationRequest;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** A request as it stood on the socket: the raw target, still percent-encoded, and the raw body. */
public final class GatewayRequest {
    /** Attribute of a request whose body has come, and is fit to be read: its bytes. */
    public static final String WHOLE_BODY = GatewayRequest.class.getName() + ".whole-body";

    private final @Nullable Operation operation;
    private final String method;
    private final String target;
    private final @Nullable String origin;
    private final HttpFields headers;
    private final Map<String, String> pathParameters;
    private final Map<String, String> queryParameters;
    private final byte[] body;

    /** @param operation null if the request met no route */
    GatewayRequest(Context context, @Nullable Operation operation) {
        this(
                operation,
                context.req().getMethod(),
                target(context),
                context.req().getScheme(),
                ServletContextRequest.getServletContextRequest(context.req()).getHeaders(),
                operation == null ? Map.of() : context.pathParamMap(),
                operation == null || context.req().getQueryString() == null ? Map.of() : queryParameters(context),
                operation == null ? bodyIfAny(context) : body(context));
    }

    GatewayRequest(
            @Nullable Operation operation,
            String method,
            String target,
            String scheme,
            HttpFields headers,
            Map<String, String> pathParameters,
            Map<String, String> queryParameters,
            byte[] body) {
        this.operation = operation;
        this.method = method;
        this.target = target;
        this.headers = headers;
        String host = headers.get(HttpHeader.HOST);
        this.origin = host == null ? null : scheme + "://" + host;
        this.pathParameters = pathParameters;
        this.queryParameters = queryParameters;
        this.body = body;
    }

    /** One that is remembered: what came, without what was made of it. */
    GatewayRequest(String method, String target, @Nullable String origin, List<HeaderEntry> headers, byte[] body) {
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(header -> fields.add(header.name(), header.value()));
        this.operation = null;
        this.method = method;
        this.target = target;
        this.origin = origin;
        this.headers = fields.asImmutable();
        this.pathParameters = Map.of();
        this.queryParameters = Map.of();
        this.body = body;
    }

    private static String target(Context context) {
        String query = context.req().getQueryString();
        String path = context.req().getRequestURI();
        return query == null ? path : path + '?' + query;
    }

    /** The bytes that are there already; else Javalin reads them, or says why they cannot be read. */
    private static byte[] body(Context context) {
        return ServletContextRequest.getServletContextRequest(context.req()).getAttribute(WHOLE_BODY)
                        instanceof byte[] whole
                ? whole
                : context.bodyAsBytes();
    }

    /** A request that met no route may have none because its body cannot be read. */
    private static byte[] bodyIfAny(Context context) {
        try {
            return context.bodyAsBytes();
        } catch (Exception e) {
            return new byte[0];
        }
    }

    /** The operation that it asks for. */
    public Operation operation() {
        return Objects.requireNonNull(operation, "A request that met no route has no operation");
    }

    /** HTTP method, as it came. */
    public String method() {
        return method;
    }

    /** Path and query, still percent-encoded. */
    public String target() {
        return target;
    }

    /** The raw body; empty if there is none. */
    public byte[] body() {
        return body;
    }

    /** The header's value, its name compared without regard to case; null if there is none. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Names and values of all headers, in their order. */
    public List<HeaderEntry> headers() {
        return entries(headers);
    }

    /** Scheme, host and port that the caller used; null if it named no host. */
    public @Nullable String origin() {
        return origin;
    }

    /** Parameters of the path, decoded. */
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    /** The first value of each, decoded, in the order of the query. */
    Map<String, String> queryParameters() {
        return queryParameters;
    }

    private static Map<String, String> queryParameters(Context context) {
        Map<String, String> parameters = new LinkedHashMap<>();
        // a value that does not decode is missing from the list
        context.queryParamMap()
                .forEach((name, values) ->
                        parameters.put(name, values.stream().findFirst().orElse("")));
        return parameters;
    }

    /** As the journal has them. */
    static List<HeaderEntry> entries(HttpFields headers) {
        List<HeaderEntry> entries = new ArrayList<>(headers.size());
        for (HttpField field : headers) {
            entries.add(new HeaderEntry(field.getName(), String.valueOf(field.getValue())));
        }
        return entries;
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
                return Objects.requireNonNull(pathParameters.get(name), name);
            }

            @Override
            public @Nullable String query(String name) {
                return queryParameters.get(name);
            }

            @Override
            public <T> T body(Class<T> type) {
                try {
                    return WireJson.fromTree(parsedBody, type);
                } catch (JacksonException e) {
                    throw new IllegalStateException("A body that passed the checks is not a " + type.getName(), e);
                }
            }
        };
    }
}
