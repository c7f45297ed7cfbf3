package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.WireJson;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is refused, and with which status and code. */
final class RefusalChecks {
    private static final String CALL = "ebike-charge.yaml, ConfirmChargeRequest";

    private RefusalChecks() {}

    static void add(Rules rules) {
        for (String field : new String[] {"appid", "charge_info"}) {
            parameter(rules, "without-" + field.replace('_', '-'), "A body without " + field, b -> b.remove(field));
        }
        for (String field : new String[] {"start_time", "charging_station_name", "charging_gun_number", "device_id"}) {
            parameter(rules, "without-" + field.replace('_', '-'), "A charge_info without " + field, b -> {
                b.withObject("/charge_info").remove(field);
            });
        }
        parameter(rules, "number-for-string", "A number where a string belongs", b -> b.put("appid", 1));
        parameter(rules, "string-for-object", "A string where an object belongs", b -> b.put("charge_info", "x"));
        parameter(rules, "empty-string", "An empty required string", b -> b.put("appid", ""));
        body(rules, "empty-body", "A body of no bytes", "");
        body(rules, "broken-json", "A body that breaks off", "{\"appid\":\"wx47c677487ce3ac47\"");
        body(rules, "array", "A JSON array where an object belongs", "[]");
        rules.seen(
                "refusals.unknown-parameter",
                "A parameter that the API does not document is refused: 400 PARAM_ERROR",
                Sources.UNKNOWN_FIELD_AS_SEEN,
                t -> t.send(changed(t, b -> b.put("foo", "bar"))).refused(400, "PARAM_ERROR"));
        rules.seen(
                "refusals.repeated-path-parameter",
                "A parameter of the path is refused in the body: 400 PARAM_ERROR",
                Sources.REPEATED_FIELD_AS_SEEN,
                t -> t.send(changed(t, b -> b.put("contract_id", t.server().contractId)))
                        .refused(400, "PARAM_ERROR"));
        rules.seen(
                "refusals.no-user-agent",
                "A request without User-Agent is refused: 400 INVALID_REQUEST",
                Sources.BASIC_RULES,
                t -> t.send(t.certificates().without("User-Agent")).refused(400, "INVALID_REQUEST"));
        rules.seen(
                "refusals.no-accept",
                "A request without Accept is refused: 400 INVALID_REQUEST",
                Sources.BASIC_RULES,
                t -> t.send(t.certificates().without("Accept")).refused(400, "INVALID_REQUEST"));
        rules.assumed(
                "refusals.unknown-contract",
                "A contract that is not known is refused: 404 NOT_FOUND or RESOURCE_NOT_EXISTS",
                Sources.STATUSES,
                t -> {
                    Reply reply = t.send(t.confirm("noSuchContractAnywhere")).status(404);
                    String code = reply.json().path("code").asText();
                    if (reply.answer().status() == 404 && !code.equals("RESOURCE_NOT_EXISTS")) {
                        reply.refused(404, "NOT_FOUND");
                    }
                });
        rules.assumed(
                "refusals.four-byte-character",
                "A character of four bytes in UTF-8 (emoji) is refused: 400 PARAM_ERROR",
                Sources.BASIC_RULES,
                t -> t.send(changed(t, b -> b.withObject("/charge_info").put("charging_station_name", "🔌")))
                        .refused(400, "PARAM_ERROR"));
        rules.assumed(
                "refusals.parameters-first",
                "Of a wrong parameter and a wrong signature, the parameter is told",
                Sources.ORDER_AS_SEEN,
                t -> t.send(t.confirm().body("{}").wronglySigned(a -> a.lastLineEnd = ""))
                        .refused(400, "PARAM_ERROR"));
    }

    private static void parameter(Rules rules, String name, String what, Consumer<ObjectNode> change) {
        rules.documented(
                "refusals." + name,
                what + " is refused: 400 PARAM_ERROR",
                CALL,
                t -> t.send(changed(t, change)).refused(400, "PARAM_ERROR"));
    }

    private static void body(Rules rules, String name, String what, String body) {
        rules.documented(
                "refusals." + name,
                what + " is refused: 400 PARAM_ERROR",
                CALL,
                t -> t.send(t.confirm().body(body)).refused(400, "PARAM_ERROR"));
    }

    /** The confirm call with another body. */
    static Draft changed(Trial t, Consumer<ObjectNode> change) {
        Draft draft = t.confirm();
        ObjectNode body = t.server().bodyAsJson();
        change.accept(body);
        return draft.body(new String(WireJson.write(body), UTF_8));
    }
}
