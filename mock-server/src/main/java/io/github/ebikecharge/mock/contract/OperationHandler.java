package io.github.ebikecharge.mock.contract;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Stands between a route and what the operation does. */
@FunctionalInterface
public interface OperationHandler {
    /** Answers the request, by way of {@code call} if it is to be carried out. */
    void handle(Context context, Operation operation, Call call);

    /** What the operation does. */
    @FunctionalInterface
    interface Call {
        /**
         * Does it.
         *
         * @return what the answer holds, or null for none
         */
        @Nullable
        Object apply(OperationRequest request) throws Exception;
    }
}
