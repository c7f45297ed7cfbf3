package io.github.ebikecharge.mock;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;

/** A request takes a thread once its body is there as a whole, so that callers who send slowly keep nobody waiting. */
final class WholeBodies extends EagerContentHandler {
    private final long largest;

    /** @param largest in bytes; longer ones are not waited for, but refused by whoever reads them */
    WholeBodies(long largest) {
        super(new RetainedContentLoaderFactory(largest, -1, false));
        this.largest = largest;
    }

    @Override
    protected boolean onConditionsMet(Request request, Response response, Callback callback) throws Exception {
        boolean asked = request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
        if (asked && request.getLength() <= largest) {
            CompletableFuture<Void> unused = response.writeInterim(HttpStatus.CONTINUE_100, HttpFields.EMPTY);
        }
        return super.onConditionsMet(request, response, callback);
    }
}
