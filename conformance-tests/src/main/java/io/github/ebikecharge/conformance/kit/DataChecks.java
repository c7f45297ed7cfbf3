package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a server must take as the same data, however it is written. */
final class DataChecks {

    private DataChecks() {}

    static void add(Rules rules) {
        rules.documented(
                "schema.success",
                "A success has the fields of the document: ConfirmChargeResponse",
                "ebike-charge.yaml, ConfirmChargeResponse",
                t -> {
                    Reply reply = t.send(t.confirm()).status(200);
                    Schemas.faults("ConfirmChargeResponse", reply.answer().text())
                            .forEach(
                                    fault -> reply.finding(fault, reply.answer().text()));
                });
        rules.documented(
                "data.key-order",
                "The order of a body's keys means nothing",
                Sources.BASIC_RULES,
                t -> t.send(t.confirm().body(reversed(t.server().bodyAsJson()).toString()))
                        .status(200));
        rules.documented(
                "data.white-space",
                "A body may be written with spaces and line breaks, also one at its end; it is signed as it is sent",
                Sources.GO_SDK,
                t -> t.send(t.confirm().body(t.server().bodyAsJson().toPrettyString() + '\n'))
                        .status(200)
                        .verifies());
        rules.documented(
                "data.escapes",
                "A body may be written with \\u and \\/ escapes, as the official PHP SDK does",
                Sources.PHP_SDK,
                t -> t.send(t.confirm().body(escaped(text(t)))).status(200).verifies());
        rules.documented(
                "data.three-byte-characters",
                "Characters of up to three bytes in UTF-8 are taken",
                Sources.BASIC_RULES,
                t -> t.send(station(t, "东门充电站 é")).status(200));
        for (String date : List.of(
                "2026-11-24T04:00:00Z",
                "2026-11-24T04:00:00.123Z",
                "2026-11-24T12:00:00+08:00",
                "2026-11-24T12:00:00.123+08:00")) {
            rules.documented(
                    "data.date-" + date.substring(19).replaceAll("[^0-9Z]", "-").replaceAll("^-", ""),
                    "A date may be written as " + date,
                    Sources.BASIC_RULES,
                    t -> t.send(RefusalChecks.changed(
                                    t, b -> b.withObject("/charge_info").put("start_time", date)))
                            .status(200));
        }
        rules.documented(
                "data.content-type-with-charset",
                "Content-Type may name its charset, in any case",
                Sources.JAVA_SDK,
                t -> t.send(t.confirm().header("Content-Type", "application/json; charset=UTF-8"))
                        .status(200));
        rules.documented(
                "data.any-accept",
                "Accept may be */*, as of the official Go SDK",
                Sources.GO_SDK,
                t -> t.send(t.confirm().header("Accept", "*/*")).status(200));
        rules.documented(
                "data.language",
                "Accept-Language chooses the language, and Content-Language tells it",
                Sources.BASIC_RULES,
                t -> t.send(t.confirm().header("Accept-Language", "en"))
                        .status(200)
                        .header("Content-Language", "en", "en"::equals));
    }

    private static String text(Trial t) {
        return new String(t.server().body, UTF_8);
    }

    private static Draft station(Trial t, String name) {
        return RefusalChecks.changed(t, b -> b.withObject("/charge_info").put("charging_station_name", name));
    }

    private static ObjectNode reversed(ObjectNode object) {
        ObjectNode reversed = object.objectNode();
        List<String> names = object.propertyStream().map(Map.Entry::getKey).toList();
        for (int i = names.size() - 1; i >= 0; i--) {
            JsonNode value = object.get(names.get(i));
            reversed.set(names.get(i), value instanceof ObjectNode inner ? reversed(inner) : value);
        }
        return reversed;
    }

    private static String escaped(String json) {
        StringBuilder text = new StringBuilder();
        json.chars().forEach(unit -> {
            if (unit == '/') {
                text.append("\\/");
            } else if (unit > 126) {
                text.append("\\u%04x".formatted(unit));
            } else {
                text.append((char) unit);
            }
        });
        return text.toString();
    }
}
