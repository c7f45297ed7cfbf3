package io.github.ebikecharge.mock.contract;

import org.jspecify.annotations.Nullable;

/** A request that has passed every check, as the generated stubs read it. */
public interface OperationRequest {
    /** Who signed it. */
    Caller caller();

    /** A path parameter, decoded. */
    String path(String name);

    /** A query parameter, decoded; null if there is none. */
    @Nullable
    String query(String name);

    /** The body. */
    <T> T body(Class<T> type);
}
