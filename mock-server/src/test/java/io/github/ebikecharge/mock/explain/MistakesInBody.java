package io.github.ebikecharge.mock.explain;

import java.nio.charset.Charset;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Another body signed than sent. */
final class MistakesInBody {
    private static final String COMPACT = "{\"b\":\"x/y\",\"a\":{\"d\":[1,2],\"c\":\"充电站\"}}";
    private static final String SPACED = "{\"b\": \"x/y\", \"a\": {\"d\": [1, 2], \"c\": \"充电站\"}}";
    private static final String PRETTY = """
            {
              "b": "x/y",
              "a": {
                "d": [
                  1,
                  2
                ],
                "c": "充电站"
              }
            }""";
    private static final String JACKSON = """
            {
              "b" : "x/y",
              "a" : {
                "d" : [ 1, 2 ],
                "c" : "充电站"
              }
            }""";
    private static final String ESCAPED = escaped(COMPACT);
    private static final String HTML = "{\"a\":\"1 < 2 & 3\"}";

    /** As long and as full of things to escape as a body gets. */
    private static final String FULL = """
            {"sub_mchid":"1900000109","appid":"wx47c677487ce3ac47","sub_appid":"wxcc603d9f0d54eaf0",\
            "charge_info":{"start_time":"2017-08-26T09:43:39+08:00","charging_station_name":"<充电站>/1",\
            "charging_gun_number":"6555","device_id":"12343232"}}""";

    private MistakesInBody() {}

    private static Mistake mistake(String name, String sent, String signed, Cause... causes) {
        return new Mistake(name, new Attempt().body(sent).signingBody(signed), causes);
    }

    private static Mistake mistake(String name, String sent, byte[] signed, Cause... causes) {
        return new Mistake(name, new Attempt().body(sent).signingBody(signed), causes);
    }

    static List<Mistake> mistakes() {
        String noLineFeed = new Attempt().body(PRETTY).text().strip();
        return List.of(
                mistake("spaces", COMPACT, SPACED, Cause.BODY_SPACED),
                mistake("no spaces", SPACED, COMPACT, Cause.BODY_COMPACT),
                mistake("2 spaces", COMPACT, PRETTY, Cause.BODY_INDENTED),
                mistake("4 spaces", COMPACT, PRETTY.replace("  ", "    "), Cause.BODY_INDENTED),
                mistake("tabs", COMPACT, PRETTY.replace("  ", "\t"), Cause.BODY_INDENTED),
                mistake("as Jackson", COMPACT, JACKSON, Cause.BODY_INDENTED),
                mistake("indented, sent with CRLF", PRETTY.replace("\n", "\r\n"), PRETTY, Cause.BODY_LINE_ENDS_CHANGED),
                mistake("indented by hand", "{ \"a\":1}", "{\"a\":1}", Cause.BODY_COMPACT),
                mistake(
                        "sorted keys",
                        COMPACT,
                        "{\"a\":{\"c\":\"充电站\",\"d\":[1,2]},\"b\":\"x/y\"}",
                        Cause.BODY_KEYS_REORDERED),
                mistake(
                        "reversed keys",
                        "{\"b\":1,\"c\":2,\"a\":3}",
                        "{\"a\":3,\"c\":2,\"b\":1}",
                        Cause.BODY_KEYS_REORDERED),
                mistake(
                        "any order",
                        "{\"b\":1,\"c\":2,\"a\":3}",
                        "{\"c\":2,\"a\":3,\"b\":1}",
                        Cause.BODY_KEYS_REORDERED),
                mistake("\\u lower case", COMPACT, ESCAPED, Cause.BODY_UNICODE_ESCAPED),
                mistake("\\u upper case", COMPACT, ESCAPED.replace("7ad9", "7AD9"), Cause.BODY_UNICODE_ESCAPED),
                mistake("plain characters", ESCAPED, COMPACT, Cause.BODY_UNICODE_RAW),
                mistake("escaped slash", COMPACT, COMPACT.replace("/", "\\/"), Cause.BODY_SLASHES_ESCAPED),
                mistake("plain slash", COMPACT.replace("/", "\\/"), COMPACT, Cause.BODY_SLASHES_RAW),
                mistake(
                        "escaped HTML",
                        HTML,
                        HTML.replace("<", "\\u003c").replace("&", "\\u0026"),
                        Cause.BODY_HTML_ESCAPED),
                mistake("plain HTML", HTML.replace("<", "\\u003c").replace("&", "\\u0026"), HTML, Cause.BODY_HTML_RAW),
                mistake("line feed added", COMPACT, COMPACT + "\n", Cause.LINE_FEEDS_REPEATED),
                mistake("line feed missing", COMPACT + "\n", COMPACT, Cause.BODY_LAST_LINE_FEED_MISSING),
                mistake("trimmed", " " + COMPACT + " ", COMPACT, Cause.BODY_TRIMMED),
                mistake("nulls left out", "{\"a\":null,\"b\":1}", "{\"b\":1}", Cause.BODY_EMPTY_VALUES_LEFT_OUT),
                mistake("empty left out", "{\"a\":\"\",\"b\":1}", "{\"b\":1}", Cause.BODY_EMPTY_VALUES_LEFT_OUT),
                mistake(
                        "nulls added",
                        "{\"a\":1}",
                        "{\"sub_mchid\":null,\"a\":1,\"sub_appid\":null}",
                        Cause.BODY_NULLS_ADDED),
                mistake("numbers of Gson", "{\"a\":1}", "{\"a\":1.0}", Cause.BODY_NUMBERS_REWRITTEN),
                mistake("numbers", "{\"a\":1.0}", "{\"a\":1}", Cause.BODY_NUMBERS_REWRITTEN),
                mistake("GBK", COMPACT, COMPACT.getBytes(Charset.forName("GBK")), Cause.BODY_IN_OTHER_CHARSET),
                mistake("ISO-8859-1", COMPACT, COMPACT.getBytes(ISO_8859_1), Cause.BODY_IN_OTHER_CHARSET),
                mistake(
                        "twice encoded",
                        COMPACT,
                        new String(COMPACT.getBytes(UTF_8), ISO_8859_1),
                        Cause.BODY_IN_OTHER_CHARSET),
                mistake("byte order mark", COMPACT, "\uFEFF" + COMPACT, Cause.BODY_BYTE_ORDER_MARK),
                mistake("empty", COMPACT, "", Cause.BODY_SIGNED_EMPTY),
                mistake("{}", COMPACT, "{}", Cause.BODY_SIGNED_OTHER),
                mistake("null", COMPACT, "null", Cause.BODY_SIGNED_OTHER),
                mistake("{} where none was sent", "", "{}", Cause.BODY_SIGNED_BUT_NOT_SENT),
                mistake("twice", COMPACT, COMPACT + COMPACT, Cause.BODY_SIGNED_TWICE),
                mistake("as a string", "{\"a\":1}", "\"{\\\"a\\\":1}\"", Cause.BODY_AS_STRING),
                mistake(
                        "json.dumps of Python",
                        COMPACT,
                        escaped(SPACED),
                        Cause.BODY_SPACED,
                        Cause.BODY_UNICODE_ESCAPED),
                mistake(
                        "json_encode of PHP",
                        COMPACT,
                        ESCAPED.replace("/", "\\/"),
                        Cause.BODY_UNICODE_ESCAPED,
                        Cause.BODY_SLASHES_ESCAPED),
                new Mistake(
                        "unindented and no last line feed",
                        new Attempt().body(COMPACT).signing(noLineFeed),
                        Cause.BODY_INDENTED,
                        Cause.LAST_LINE_FEED_MISSING),
                new Mistake(
                        "json.dumps of Python on Windows",
                        new Attempt()
                                .body(FULL)
                                .signing(new Attempt()
                                        .body(escaped(FULL)
                                                .replace("\":", "\": ")
                                                .replace(",\"", ", \""))
                                        .text()
                                        .replace("\n", "\r\n")),
                        Cause.BODY_SPACED,
                        Cause.BODY_UNICODE_ESCAPED,
                        Cause.LINE_ENDS_CRLF),
                new Mistake(
                        "indented and lower-case method",
                        new Attempt()
                                .body(COMPACT)
                                .signing("post"
                                        + new Attempt().body(PRETTY).text().substring(4)),
                        Cause.BODY_INDENTED,
                        Cause.METHOD_NOT_UPPER_CASE));
    }

    private static String escaped(String text) {
        return text.replace("充电站", "\\u5145\\u7535\\u7ad9");
    }
}
