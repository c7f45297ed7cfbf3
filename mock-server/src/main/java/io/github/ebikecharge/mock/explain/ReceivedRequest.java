package io.github.ebikecharge.mock.explain;

import org.jspecify.annotations.Nullable;

/** A request as it stood on the socket, nothing decoded. */
public final class ReceivedRequest {
    private final String method;
    private final String target;
    private final @Nullable String authorization;
    private final byte[] body;
    private final @Nullable String origin;

    /**
     * @param method HTTP method, in the casing it came in
     * @param target path and query of the request line, still percent-encoded
     * @param authorization value of the {@code Authorization} header; null if there was none
     * @param body raw body; empty if there was none
     * @param origin scheme, host and port the caller used, as {@code http://localhost:8080}; null if not known
     */
    public ReceivedRequest(
            String method, String target, @Nullable String authorization, byte[] body, @Nullable String origin) {
        this.method = method;
        this.target = target;
        this.authorization = authorization;
        this.body = body.clone();
        this.origin = origin;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    @Nullable
    String authorization() {
        return authorization;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    String origin() {
        return origin;
    }
}
