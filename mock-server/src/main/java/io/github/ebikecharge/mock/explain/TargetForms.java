package io.github.ebikecharge.mock.explain;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

import static io.github.ebikecharge.mock.explain.Draft.Part.TARGET;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What callers get wrong about the second line, path and query. */
final class TargetForms {
    private static final String GATEWAY = "api.mch.weixin.qq.com";
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern CONTRACT_ID = Pattern.compile("(?<=/contracts/)[^/?]+");
    private static final List<String> TEMPLATES =
            List.of("{contract_id}", "{contractId}", ":contract_id", "%7Bcontract_id%7D", "");

    private final Deviations deviations;
    private final String target;
    private final String path;
    private final @Nullable String query;

    private TargetForms(Deviations deviations) {
        this.deviations = deviations;
        this.target = deviations.correct().text(TARGET);
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
    }

    static void addTo(Deviations deviations, @Nullable String origin) {
        TargetForms forms = new TargetForms(deviations);
        forms.query();
        forms.encoding();
        forms.slashes();
        forms.hosts(origin);
        TEMPLATES.forEach(
                template -> forms.add(CONTRACT_ID.matcher(forms.target).replaceFirst(template), Cause.TARGET_TEMPLATE));
        forms.add(forms.target + "#", Cause.TARGET_WITH_FRAGMENT);
        forms.add(forms.target.toLowerCase(Locale.ROOT), Cause.TARGET_CASE_CHANGED);
    }

    private void add(String other, Cause cause) {
        deviations.line(TARGET, other, cause.found(other, target));
    }

    private void query() {
        if (query == null) {
            add(target + "?", Cause.QUERY_MARK_ADDED);
            return;
        }
        add(path, query.isEmpty() ? Cause.QUERY_MARK_ADDED : Cause.QUERY_MISSING);
        add(path + query, Cause.QUERY_MARK_ADDED);
        add(path + '?', Cause.QUERY_MISSING);
        add(path + '?' + decode(query), Cause.QUERY_DECODED);
        add(path + '?' + decode(query.replace('+', ' ')), Cause.QUERY_DECODED);
        List<String> parameters = Arrays.asList(query.split("&", -1));
        add(path + '?' + parameters.stream().sorted().collect(Collectors.joining("&")), Cause.QUERY_REORDERED);
        Collections.reverse(parameters);
        add(path + '?' + String.join("&", parameters), Cause.QUERY_REORDERED);
    }

    private void encoding() {
        add(decode(target), Cause.TARGET_DECODED);
        add(decode(target.replace('+', ' ')), Cause.TARGET_DECODED);
        add(decode(decode(target)), Cause.TARGET_DECODED);
        List<UnaryOperator<String>> changes = List.of(
                text -> escapes(text, escape -> escape.toLowerCase(Locale.ROOT)),
                text -> escapes(text, escape -> escape.toUpperCase(Locale.ROOT)),
                text -> text.replace("%20", "+"),
                text -> text.replace("+", "%20"),
                text -> text.replace("%", "%25"),
                text -> encode(text, "/?&=,:@"),
                text -> escapes(encode(text, "/?&=,:@"), escape -> escape.toLowerCase(Locale.ROOT)),
                text -> encode(text, "/?&="),
                text -> encode(text, "/?&=").replace("%20", "+"),
                text -> encode(text, "/"),
                text -> encode(text, ""),
                // characters that need no escape and were given one, or the other way round
                text -> encode(text, "/?&=,:@!$'()*;"),
                text -> encode(text, "/?&=!$'()*;:@,+"));
        changes.forEach(change -> add(change.apply(target), Cause.TARGET_ENCODED_OTHERWISE));
    }

    private void slashes() {
        String rest = target.substring(path.length());
        add(target.replaceFirst("^/", ""), Cause.TARGET_SLASHES_CHANGED);
        add('/' + target, Cause.TARGET_SLASHES_CHANGED);
        add(path + '/' + rest, Cause.TARGET_SLASHES_CHANGED);
        add(path.replaceFirst("/$", "") + rest, Cause.TARGET_SLASHES_CHANGED);
        add(path.replaceAll("/{2,}", "/") + rest, Cause.TARGET_SLASHES_CHANGED);
        add(target.replaceFirst("^/[^/?]*(?=/)", ""), Cause.TARGET_PREFIX_MISSING);
    }

    private void hosts(@Nullable String origin) {
        Set<String> hosts = new LinkedHashSet<>();
        if (origin != null) {
            String host = origin.replaceFirst("^[a-z]+://", "").replaceFirst("/.*$", "");
            hosts.add(host);
            hosts.add(host.replaceFirst(":[0-9]+$", ""));
        }
        hosts.add(GATEWAY);
        for (String host : hosts) {
            List.of("https://", "http://", "//", "")
                    .forEach(scheme -> add(scheme + host + target, Cause.TARGET_WITH_HOST));
        }
    }

    private static String escapes(String text, UnaryOperator<String> change) {
        return ESCAPE.matcher(text).replaceAll((MatchResult escape) -> change.apply(escape.group()));
    }

    private static String decode(String text) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%'
                    && i + 2 < bytes.length
                    && Character.digit(bytes[i + 1], 16) >= 0
                    && Character.digit(bytes[i + 2], 16) >= 0) {
                decoded.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(UTF_8);
    }

    /** Decodes, and escapes all but letters, digits, {@code -._~} and the characters of {@code kept}. */
    private static String encode(String text, String kept) {
        return decode(text)
                .codePoints()
                .mapToObj(Character::toString)
                .map(c -> "-._~".contains(c) || kept.contains(c)
                        ? c
                        : URLEncoder.encode(c, UTF_8).replace("+", "%20").replace("*", "%2A"))
                .collect(Collectors.joining());
    }
}
