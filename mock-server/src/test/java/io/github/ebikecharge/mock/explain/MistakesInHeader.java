package io.github.ebikecharge.mock.explain;

import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A header that is no Authorization header of API v3, or that nobody known can have signed. */
final class MistakesInHeader {
    private MistakesInHeader() {}

    private static Mistake mistake(String name, Consumer<Attempt> change, Cause... causes) {
        Attempt attempt = new Attempt().signing();
        change.accept(attempt);
        return new Mistake(name, attempt, causes);
    }

    private static Mistake header(String name, UnaryOperator<String> change, Cause... causes) {
        return mistake(name, attempt -> attempt.header = change, causes);
    }

    static List<Mistake> mistakes() {
        Base64.Encoder base64 = Base64.getEncoder();
        return List.of(
                header("no scheme", h -> h.substring(h.indexOf(' ') + 1), Cause.SCHEME_MISSING),
                header("Bearer", h -> "Bearer" + h.substring(h.indexOf(' ')), Cause.SCHEME_UNKNOWN),
                header(
                        "lower case scheme",
                        h -> "wechatpay2-sha256-rsa2048" + h.substring(h.indexOf(' ')),
                        Cause.SCHEME_UNKNOWN),
                header("two spaces", h -> h.replaceFirst(" ", "  "), Cause.AUTHORIZATION_MALFORMED),
                header("comma and space", h -> h.replace("\",", "\", "), Cause.FIELDS_NOT_SEPARATED_BY_COMMA),
                header("comma at the end", h -> h + ",", Cause.FIELDS_NOT_SEPARATED_BY_COMMA),
                header("semicolons", h -> h.replace("\",", "\";"), Cause.FIELDS_NOT_SEPARATED_BY_COMMA),
                header(
                        "no quotes",
                        h -> h.replaceFirst("\"" + Attempt.MCHID + "\"", Attempt.MCHID),
                        Cause.FIELD_NOT_QUOTED),
                header("no mchid", h -> h.replaceFirst("mchid=\"[^\"]*\",", ""), Cause.FIELD_MISSING),
                header(
                        "empty serial",
                        h -> h.replaceFirst("serial_no=\"[^\"]*\"", "serial_no=\"\""),
                        Cause.FIELD_MISSING),
                header("nonce twice", h -> h.replaceFirst("(nonce_str=[^,]*,)", "$1$1"), Cause.FIELD_REPEATED),
                header("unknown field", h -> h.replaceFirst(" ", " appid=\"wx1\","), Cause.AUTHORIZATION_MALFORMED),
                header("Bearer token", h -> "Bearer 12345", Cause.SCHEME_UNKNOWN, Cause.FIELD_MISSING),
                mistake("unknown key", a -> a.key = Attempt.UNKNOWN_KEYS.getPrivate(), Cause.KEY_UNKNOWN),
                mistake(
                        "unknown key and serial",
                        a -> {
                            a.key = Attempt.UNKNOWN_KEYS.getPrivate();
                            a.serialNo = "ABCDEF";
                        },
                        Cause.SERIAL_UNKNOWN),
                mistake(
                        "unknown key and mchid",
                        a -> {
                            a.key = Attempt.UNKNOWN_KEYS.getPrivate();
                            a.mchid = "1";
                        },
                        Cause.MCHID_NOT_OF_CERTIFICATE,
                        Cause.KEY_UNKNOWN),
                mistake(
                        "cut",
                        a -> a.encoding = s -> base64.encodeToString(s).substring(0, 200),
                        Cause.SIGNATURE_WRONG_LENGTH),
                mistake("not Base64", a -> a.encoding = s -> "*".repeat(344), Cause.SIGNATURE_NOT_BASE64),
                mistake(
                        "old and unknown key",
                        a -> {
                            a.timestamp = "1";
                            a.key = Attempt.UNKNOWN_KEYS.getPrivate();
                        },
                        Cause.TIMESTAMP_OUT_OF_WINDOW,
                        Cause.KEY_UNKNOWN));
    }
}
