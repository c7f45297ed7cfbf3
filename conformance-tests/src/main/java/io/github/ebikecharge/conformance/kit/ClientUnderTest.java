package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client that is held to the protocol: what it sent, what it got, and what its owner says it made of that. */
final class ClientUnderTest {
    /** What a client made of an answer, as it stands in JSON. */
    enum Reaction {
        /** It returned a token. */
        accepted,
        /** It failed, with an error of its own that callers are prepared for. */
        rejected,
        /** It broke: a null pointer, a parser's error, whatever callers are not prepared for. */
        crashed
    }

    /**
     * What its owner told of one case.
     *
     * @param detail token or error; empty if nothing more was told
     */
    record Told(Reaction reaction, String detail) {}

    private final GatewayKeys keys;
    private final Map<ClientCase, List<Exchange>> confirms = new LinkedHashMap<>();
    private final Map<ClientCase, Told> told = new LinkedHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();

    ClientUnderTest(GatewayKeys keys, List<ClientCase> cases) {
        this.keys = keys;
        cases.forEach(each -> confirms.put(each, new ArrayList<>()));
    }

    List<ClientCase> cases() {
        return List.copyOf(confirms.keySet());
    }

    synchronized int calls(ClientCase asked) {
        return confirms.getOrDefault(asked, List.of()).size();
    }

    /** Keeps what was sent and how it was answered. */
    synchronized void keep(@Nullable ClientCase asked, Exchange exchange) {
        exchanges.add(exchange);
        if (asked != null) {
            confirms.getOrDefault(asked, new ArrayList<>()).add(exchange);
        }
    }

    synchronized @Nullable Told told(ClientCase asked) {
        return told.get(asked);
    }

    /** The contracts for which no confirm came, or nobody told what came of it, each with what is missing. */
    synchronized Map<String, String> untold() {
        Map<String, String> missing = new LinkedHashMap<>();
        for (ClientCase each : confirms.keySet()) {
            String lack = lack(each);
            if (!lack.isEmpty()) {
                missing.put(each.contractId(), lack);
            }
        }
        return missing;
    }

    private String lack(ClientCase asked) {
        Told what = told.get(asked);
        if (confirms.getOrDefault(asked, List.of()).isEmpty()) {
            return (what == null ? "" : "told as %s, but ".formatted(what.reaction()))
                    + "no confirm for the contract %s has come".formatted(asked.contractId());
        }
        return what == null ? "nobody told the outcome: POST /cases/%s/outcome".formatted(asked.contractId()) : "";
    }

    /** Keeps what its owner says, also where no confirm has come; the last word counts. */
    synchronized Result tell(ClientCase asked, Told what, Profile profile) {
        told.put(asked, what);
        return result(asked, profile);
    }

    synchronized boolean allTold() {
        return told.keySet().containsAll(confirms.keySet());
    }

    /** The cases in their order, then what holds for every request. */
    synchronized List<Result> results(Profile profile) {
        List<Result> results = new ArrayList<>();
        for (ClientCase each : confirms.keySet()) {
            if (profile.looksAt(each.basis())) {
                results.add(result(each, profile));
            }
        }
        results.addAll(RequestChecks.results(keys, profile, exchanges));
        return results;
    }

    private Result result(ClientCase asked, Profile profile) {
        List<Exchange> calls = confirms.getOrDefault(asked, List.of());
        Told what = told.get(asked);
        if (calls.isEmpty() || what == null) {
            return new Result(asked.check(), Outcome.NOT_APPLICABLE, List.of(new Finding(lack(asked), "", List.of())));
        }
        String fault = fault(asked.expectation(), what.reaction(), calls.size());
        if (fault.isEmpty()) {
            return new Result(asked.check(), Outcome.KEPT, List.of(), calls);
        }
        Basis basis = what.reaction() == Reaction.crashed && asked.basis() == Basis.DOCUMENTED
                ? Basis.SEEN // which errors a client has is its own affair, as far as documents go
                : asked.basis();
        return new Result(
                asked.check(),
                profile.onlyWarns(basis) ? Outcome.WARNING : Outcome.DEVIATION,
                List.of(new Finding(
                        what.detail().isEmpty() ? fault : fault + ": " + what.detail(),
                        asked.mark(),
                        List.of(calls.get(0)))));
    }

    private static String fault(Expectation expectation, Reaction reaction, int calls) {
        return switch (reaction) {
            case crashed ->
                "the client broke instead of "
                        + (expectation == Expectation.ACCEPT
                                ? "returning the token"
                                : "failing with an error of its own");
            case accepted ->
                expectation == Expectation.REJECT || (expectation == Expectation.REJECT_FIRST && calls < 2)
                        ? "the client took it for a success"
                        : "";
            case rejected -> expectation == Expectation.ACCEPT ? "the client refused it" : "";
        };
    }
}
