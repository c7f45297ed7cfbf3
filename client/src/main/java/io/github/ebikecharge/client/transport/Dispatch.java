package io.github.ebikecharge.client.transport;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;

import static java.util.Objects.requireNonNull;

/** Whether a request began to leave; from then on it may have arrived. Travels as a tag of its request. */
final class Dispatch {
    static final EventListener LISTENER = new EventListener() {
        @Override
        public void requestHeadersStart(Call call) {
            of(call.request()).begun = true;
        }
    };

    private volatile boolean begun;

    static Dispatch of(Request request) {
        return requireNonNull(request.tag(Dispatch.class), "tag");
    }

    boolean begun() {
        return begun;
    }
}
