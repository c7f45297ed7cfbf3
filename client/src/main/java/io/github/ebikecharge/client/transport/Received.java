package io.github.ebikecharge.client.transport;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.client.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** An answer as it arrived, and the request that it answers. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Received(Request request, int status, Headers headers, byte[] body) {
    /** What the request's signature was made over. */
    SignedMessage signedMessage() {
        AuthorizationHeader authorization = requireNonNull(request.tag(AuthorizationHeader.class), "tag");
        return SignedMessage.ofRequest(
                request.method(),
                SignedHttp.target(request.url()),
                authorization.timestamp(),
                authorization.nonceStr(),
                SignedBody.of(request));
    }

    /** Both, for a listener to see. */
    Exchange exchange() {
        return new Exchange(
                request.method(),
                SignedHttp.target(request.url()),
                toMap(request.headers()),
                new String(SignedBody.of(request), UTF_8),
                status,
                toMap(headers),
                new String(body, UTF_8));
    }

    private static Map<String, String> toMap(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach(header -> map.merge(header.getFirst(), header.getSecond(), (a, b) -> a + ", " + b));
        return map;
    }
}
