package io.github.ebikecharge.client;

/**
 * One call of an operation, with all its attempts: what a {@link ClientListener} is told about. Two are equal only if
 * they are the same call.
 */
public final class ClientCall {
    private final String operation;
    private final String method;
    private final String uriTemplate;

    /**
     * @param operation name of the operation in the document
     * @param method HTTP method
     * @param uriTemplate path, its parameters in braces
     */
    public ClientCall(String operation, String method, String uriTemplate) {
        this.operation = operation;
        this.method = method;
        this.uriTemplate = uriTemplate;
    }

    /** Name of the operation in the document: {@code confirmCharge} or {@code listCertificates}. */
    public String operation() {
        return operation;
    }

    /** HTTP method. */
    public String method() {
        return method;
    }

    /** Path with its parameters in braces, as {@code /v3/ebike/charge/contracts/{contract_id}/confirm}. */
    public String uriTemplate() {
        return uriTemplate;
    }

    /** The operation, method and path. */
    @Override
    public String toString() {
        return "%s (%s %s)".formatted(operation, method, uriTemplate);
    }
}
