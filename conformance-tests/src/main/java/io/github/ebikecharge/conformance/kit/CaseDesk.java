package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.ClientUnderTest.Reaction;
import io.github.ebikecharge.conformance.kit.ClientUnderTest.Told;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/** Where a client's owner asks which cases there are, and tells what the client made of each. */
final class CaseDesk {
    private static final Pattern OUTCOME = Pattern.compile("/cases/([^/]+)/outcome");

    private final ClientUnderTest client;
    private final Profile profile;
    private volatile boolean over;

    CaseDesk(ClientUnderTest client, Profile profile) {
        this.client = client;
        this.profile = profile;
    }

    /** Whether every case is told, or its owner has ended it. */
    boolean isOver() {
        return over;
    }

    /** The case with this id, or this contract. */
    Optional<ClientCase> find(String name) {
        return client.cases().stream()
                .filter(each -> each.id().equals(name) || each.contractId().equals(name))
                .findFirst();
    }

    Answer answer(String method, String path, byte[] body) {
        Matcher outcome = OUTCOME.matcher(path);
        if (path.equals("/cases") && method.equals("GET")) {
            return json(
                    "200 OK",
                    Map.of("cases", client.cases().stream().map(this::shown).toList()));
        }
        if (path.equals("/cases.txt") && method.equals("GET")) {
            String lines = client.cases().stream()
                    .map(each -> each.contractId() + '\n')
                    .collect(joining());
            return written("200 OK", "text/plain; charset=utf-8", lines.getBytes(UTF_8));
        }
        if (path.equals("/cases/end") && method.equals("POST")) {
            over = true;
            return json(
                    "200 OK",
                    Map.of("summary", Terminal.summary(client.results(profile)), "not_told", client.untold()));
        }
        if (outcome.matches() && method.equals("POST")) {
            return find(outcome.group(1))
                    .map(told -> tell(told, body))
                    .orElseGet(() -> error("404 Not Found", "there is no case " + outcome.group(1)));
        }
        return error(
                "404 Not Found",
                "here are GET /cases, GET /cases.txt, GET /credentials, POST /cases/{case}/outcome, POST /cases/end,"
                        + " POST /v3/ebike/charge/contracts/{contract_id}/confirm and GET /v3/certificates");
    }

    private Map<String, String> shown(ClientCase each) {
        return Map.of(
                "id", each.id(),
                "contract_id", each.contractId(),
                "answer", each.answer(),
                "expected", each.expectation().wireName(),
                "source", each.source(),
                "outcome", outcome(each));
    }

    private String outcome(ClientCase each) {
        Told told = client.told(each);
        if (client.calls(each) == 0) {
            return "not called";
        }
        return told == null ? "not told" : told.reaction().name();
    }

    private Answer tell(ClientCase asked, byte[] body) {
        JsonNode json;
        try {
            json = WireJson.read(body, JsonNode.class);
        } catch (JacksonException e) {
            return error("400 Bad Request", "the body is not JSON: " + e.getOriginalMessage());
        }
        Optional<Reaction> reaction = Stream.of(Reaction.values())
                .filter(known -> known.name().equals(json.path("outcome").textValue()))
                .findFirst();
        if (reaction.isEmpty()) {
            return error(
                    "400 Bad Request",
                    "outcome has to be accepted, rejected or crashed: {\"outcome\":\"rejected\",\"detail\":\"…\"}");
        }
        Result result =
                client.tell(asked, new Told(reaction.get(), json.path("detail").asText("")), profile);
        if (client.allTold()) {
            over = true;
        }
        if (result.outcome() == Outcome.NOT_APPLICABLE) {
            return error("409 Conflict", result.findings().get(0).deviation());
        }
        return json(
                "200 OK",
                Map.of(
                        "verdict",
                        result.outcome().name().toLowerCase(Locale.ROOT),
                        "findings",
                        result.findings().stream().map(Finding::deviation).toList()));
    }

    private static Answer error(String status, String message) {
        return json(status, Map.of("message", message));
    }

    static Answer json(String status, Object value) {
        return written(status, "application/json; charset=utf-8", WireJson.write(value));
    }

    private static Answer written(String status, String type, byte[] body) {
        return new Answer(
                "HTTP/1.1 " + status,
                Integer.parseInt(status.substring(0, 3)),
                List.of(
                        new Header("Content-Type", type),
                        new Header("Content-Length", Integer.toString(body.length)),
                        new Header("Connection", "close")),
                body);
    }
}
