package io.github.ebikecharge.client.transport;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The bytes that were signed, sent once: a nonce is not to be used twice, nor a user asked twice. */
final class SignedBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private static final byte[] NO_BODY = {};

    private final byte[] json;

    SignedBody(byte[] json) {
        this.json = json;
    }

    /** The bytes that a request sends; empty for none. */
    static byte[] of(Request request) {
        return request.body() instanceof SignedBody body ? body.json : NO_BODY;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return json.length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(json);
    }

    /** Keeps OkHttp from following a 503 that says {@code Retry-After: 0}. */
    @Override
    public boolean isOneShot() {
        return true;
    }
}
