package io.github.ebikecharge.mock.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.generated.EbikeChargeApiRoutes;
import io.github.ebikecharge.mock.model.Difference;
import io.github.ebikecharge.mock.model.Expectation;
import io.github.ebikecharge.mock.model.NearMiss;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.Verification;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers whether confirm was called as expected, from the journal. */
final class Verifications {
    private static final int NEAR_MISSES = 5;
    private static final Pattern CONFIRM = Pattern.compile(
            EbikeChargeApiRoutes.CONFIRM_CHARGE.path().replace("{contract_id}", "([^/?]*)") + "(?:\\?.*)?");

    private Verifications() {}

    /** @param requests of the journal, newest first */
    static Verification verify(Expectation expectation, List<RequestDetail> requests) {
        List<NearMiss> calls = requests.stream()
                .flatMap(request -> contractId(request)
                        .map(contractId ->
                                new NearMiss(request.summary(), differences(expectation, facts(contractId, request))))
                        .stream())
                .toList();
        List<NearMiss> misses = calls.stream()
                .filter(call -> !call.differences().isEmpty())
                .sorted(Comparator.comparingInt(call -> call.differences().size()))
                .limit(NEAR_MISSES)
                .toList();
        List<NearMiss> hits =
                calls.stream().filter(call -> call.differences().isEmpty()).toList();
        Integer times = expectation.times();
        boolean satisfied = times == null ? !hits.isEmpty() : hits.size() == times;
        return new Verification(
                satisfied,
                hits.size(),
                text(expectation, hits.size(), calls.size(), misses),
                hits.stream().map(NearMiss::request).toList(),
                misses);
    }

    private static Optional<String> contractId(RequestDetail request) {
        Matcher target = CONFIRM.matcher(request.summary().target());
        return request.summary().method().equals(EbikeChargeApiRoutes.CONFIRM_CHARGE.method()) && target.matches()
                ? Optional.of(decoded(target.group(1)))
                : Optional.empty();
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return segment; // what stood on the wire says it best
        }
    }

    /** What the request holds, under the names that an expectation has. */
    private static Map<String, JsonNode> facts(String contractId, RequestDetail request) {
        JsonNode body = Journal.json(request.requestBody().getBytes(UTF_8));
        Map<String, JsonNode> facts = new HashMap<>();
        body.properties().forEach(field -> facts.put(field.getKey(), field.getValue()));
        body.path("charge_info").properties().forEach(field -> facts.put(field.getKey(), field.getValue()));
        JsonNode summary = WireJson.toTree(request.summary());
        facts.put("status", summary.path("status"));
        facts.put("verdict", summary.path("verdict"));
        facts.put("contract_id", WireJson.toTree(contractId));
        return facts;
    }

    private static List<Difference> differences(Expectation expectation, Map<String, JsonNode> facts) {
        List<Difference> differences = new ArrayList<>();
        WireJson.toTree(expectation).properties().stream()
                .filter(expected -> !expected.getKey().equals("times"))
                .filter(expected -> !expected.getValue().equals(facts.get(expected.getKey())))
                .forEach(expected -> differences.add(new Difference(
                        expected.getKey(),
                        text(expected.getValue()),
                        Optional.ofNullable(facts.get(expected.getKey()))
                                .map(Verifications::text)
                                .orElse(null))));
        return differences;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String text(Expectation expectation, int hits, int calls, List<NearMiss> misses) {
        String expected = expectation.times() == null ? "at least once" : times(expectation.times());
        String text = "Confirm was called like this %s; expected: %s.".formatted(times(hits), expected);
        if (hits > 0) {
            return text;
        }
        if (misses.isEmpty()) {
            return text + (calls == 0 ? " The journal holds no confirm call at all." : "");
        }
        NearMiss nearest = misses.get(0);
        return text
                + nearest.differences().stream()
                        .map(difference -> "%s %s in place of %s"
                                .formatted(
                                        difference.field(),
                                        difference.actual() == null ? "nothing" : difference.actual(),
                                        difference.expected()))
                        .collect(Collectors.joining(
                                ", ",
                                " The nearest is request " + nearest.request().id() + ", with ",
                                "."));
    }

    private static String times(int count) {
        return switch (count) {
            case 0 -> "never";
            case 1 -> "once";
            default -> count + " times";
        };
    }
}
