package io.github.ebikecharge.mock.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document says of one operation.
 *
 * @param id its operationId
 * @param method HTTP method
 * @param path path with its parameters in braces
 * @param pathParameters parameters of the path
 * @param queryParameters parameters of the query
 * @param body fields of the request body, or null if there is none
 */
public record Operation(
        String id,
        String method,
        String path,
        List<Field> pathParameters,
        List<Field> queryParameters,
        @Nullable List<Field> body) {}
