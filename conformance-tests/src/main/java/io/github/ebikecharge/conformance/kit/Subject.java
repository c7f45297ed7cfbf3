package io.github.ebikecharge.conformance.kit;

import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is held to the protocol, as reports speak of it.
 *
 * @param name what it is called at the beginning of a sentence
 * @param target where requests are sent; null if it is a client, which sends them
 * @param again how a check is run once more
 */
record Subject(String name, @Nullable URI target, Function<Check, String> again) {
    static Subject server(URI target) {
        return new Subject(target.toString(), target, check -> "The same check alone: add  --only " + check.id());
    }

    static Subject client() {
        return new Subject(
                "The client",
                null,
                check -> check.group().equals("request")
                        ? "Looked at in every run, whatever --only names"
                        : "The same check alone: add  --only " + check.id()
                                + " and let the client confirm for each contract that GET /cases.txt names");
    }
}
