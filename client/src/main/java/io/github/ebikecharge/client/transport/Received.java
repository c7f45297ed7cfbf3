package io.github.ebikecharge.client.transport;

import io.github.ebikecharge.api.wire.SignedMessage;
import okhttp3.Headers;

/** An answer as it arrived, and the message whose signature it answers. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Received(int status, Headers headers, byte[] body, SignedMessage signedMessage) {}
