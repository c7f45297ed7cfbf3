package io.github.ebikecharge.client;

import java.util.Map;

/**
 * One request and its answer, as they went over the wire. It holds signatures and the token: show it to a developer,
 * never to a log.
 *
 * @param method HTTP method
 * @param target path and query, as signed
 * @param requestHeaders as sent; several of one name joined by commas
 * @param requestBody as sent, decoded as UTF-8; empty for none
 * @param status HTTP status
 * @param responseHeaders as received; several of one name joined by commas
 * @param responseBody as received, decoded as UTF-8
 */
public record Exchange(
        String method,
        String target,
        Map<String, String> requestHeaders,
        String requestBody,
        int status,
        Map<String, String> responseHeaders,
        String responseBody) {

    /** Method, target and status only. */
    @Override
    public String toString() {
        return "Exchange[%s %s -> %d]".formatted(method, target, status);
    }
}
