package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.Difference;
import io.github.ebikecharge.mock.model.NearMiss;
import io.github.ebikecharge.mock.model.RequestSummary;
import io.github.ebikecharge.mock.model.Verification;

/** Makes a verification fail a test, and say why. */
final class Failures {
    private Failures() {}

    /** @throws AssertionError if it is not satisfied */
    static void unlessSatisfied(Verification verification) {
        if (verification.satisfied()) {
            return;
        }
        StringBuilder message = new StringBuilder(verification.text());
        verification.requests().forEach(request -> message.append(line(request)).append("as expected"));
        verification.nearMisses().forEach(miss -> append(message, miss));
        throw new AssertionError(message.toString());
    }

    private static void append(StringBuilder message, NearMiss miss) {
        message.append(line(miss.request()));
        String separator = "";
        for (Difference difference : miss.differences()) {
            message.append("%s%s was %s, expected %s"
                    .formatted(separator, difference.field(), difference.actual(), difference.expected()));
            separator = "; ";
        }
    }

    private static String line(RequestSummary request) {
        return "%n  request %s (%d, signature %s): "
                .formatted(
                        request.id(),
                        request.status(),
                        WireJson.toTree(request.verdict()).textValue());
    }
}
