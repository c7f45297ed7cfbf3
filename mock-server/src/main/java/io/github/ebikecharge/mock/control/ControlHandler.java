package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.contract.Operation;
import io.github.ebikecharge.mock.contract.OperationHandler;
import io.github.ebikecharge.mock.contract.OperationRequest;
import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.InternalServerErrorResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests of the control API: plain JSON, no signatures. */
public final class ControlHandler implements OperationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);

    private final Runnable before;
    private final LongAnswers answers = new LongAnswers();

    /** @param before done before each request */
    ControlHandler(Runnable before) {
        this.before = before;
    }

    @Override
    public void handle(Context context, Operation operation, Call call) {
        before.run();
        try {
            Object answer = call.apply(new Unsigned(context));
            if (answer == null) {
                context.status(204);
            } else {
                answers.send(context.contentType("application/json"), WireJson.write(answer));
            }
        } catch (HttpResponseException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        } catch (NoSuchElementException e) {
            throw new NotFoundResponse(String.valueOf(e.getMessage()));
        } catch (StoreUnavailableException e) {
            throw new ServiceUnavailableResponse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw e.getCause() instanceof HttpResponseException refused
                    ? refused
                    : new BadRequestResponse("The body did not come whole, or not as its headers say");
        } catch (Exception e) {
            LOG.error("{} failed", operation.id(), e);
            throw new InternalServerErrorResponse(operation.id() + " failed; the mock's log says why");
        }
    }

    private record Unsigned(Context context) implements OperationRequest {
        @Override
        public Caller caller() {
            throw new UnsupportedOperationException("Nobody signs a request to the control API");
        }

        @Override
        public String path(String name) {
            return context.pathParam(name);
        }

        @Override
        public @Nullable String query(String name) {
            return context.queryParam(name);
        }

        @Override
        public <T> T body(Class<T> type) {
            return Configurations.read(context.bodyAsBytes(), type);
        }
    }
}
