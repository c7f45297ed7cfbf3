package io.github.ebikecharge.mock;

import org.eclipse.jetty.http.HttpFields;

/**
 * A request and its answer, as they went through the server.
 *
 * @param isWhole whether all of the answer left
 */
@SuppressWarnings("ArrayRecordComponent") // read, and not compared
record WatchedExchange(
        String method,
        String target,
        HttpFields requestHeaders,
        byte[] requestBody,
        int status,
        HttpFields answerHeaders,
        byte[] answerBody,
        boolean isWhole) {

    /** The target without its query. */
    String path() {
        return target.replaceFirst("[?].*", "");
    }

    @Override
    public String toString() {
        return "%s %s -> %d".formatted(method, target, status);
    }
}
