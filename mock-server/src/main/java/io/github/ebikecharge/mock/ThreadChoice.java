package io.github.ebikecharge.mock;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Chooses the thread that handles a request. A call of the gateway waits for nothing but a processor once its body is
 * there: the thread that has read it handles it, too, for a change of threads costs more than any other step but RSA. What may
 * wait goes to one of the pool.
 */
final class ThreadChoice extends Handler.Wrapper {
    private final boolean gatewayMayWait;

    /** @param gatewayMayWait whether a call of the gateway waits for more than a processor */
    ThreadChoice(boolean gatewayMayWait) {
        this.gatewayMayWait = gatewayMayWait;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!mayWait(request)) {
            return super.handle(request, response, callback);
        }
        onAnother(super::handle, request, response, callback);
        return true;
    }

    private boolean mayWait(Request request) {
        return gatewayMayWait || !Request.getPathInContext(request).startsWith("/v3/");
    }

    /** Has one of the pool's threads handle it. */
    static void onAnother(Request.Handler handler, Request request, Response response, Callback callback) {
        request.getContext().execute(() -> {
            try {
                if (!handler.handle(request, response, callback)) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable e) {
                Response.writeError(request, response, callback, e);
            }
        });
    }
}
