package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.api.wire.Verifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} header, read with more patience than the gateway has, and what was wrong with its form. */
final class AuthorizationReading {
    private static final List<String> FIELDS = List.of("mchid", "nonce_str", "timestamp", "serial_no", "signature");
    private static final Pattern FIELD_START =
            Pattern.compile("(?:^|(?<=[,;&\\s]))(" + String.join("|", FIELDS) + ")\\s*+=\\s*+");
    private static final Pattern SCHEME = Pattern.compile("([^\\s=,\"]++)\\s++");
    private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,17}");
    /** As seconds, a time some 3000 years from now. */
    private static final long SMALLEST_MILLISECONDS = 100_000_000_000L;

    private final Map<String, String> fields = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    AuthorizationReading(@Nullable String value, Clock clock) {
        if (value == null || value.isBlank()) {
            findings.add(Cause.AUTHORIZATION_MISSING.found());
            return;
        }
        readFields(readScheme(value.strip()));
        if (!complete()) {
            findings.add(Cause.FIELD_MISSING.found(
                    FIELDS.stream().filter(name -> field(name).isEmpty()).collect(Collectors.joining(", "))));
        }
        checkTimestamp(clock);
    }

    List<Finding> findings() {
        return findings;
    }

    /** Whether there is something of each field. */
    boolean complete() {
        return FIELDS.stream().noneMatch(name -> field(name).isEmpty());
    }

    /** A field's value, or the empty string. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private String readScheme(String value) {
        String right = SignatureScheme.SHA256_RSA2048.wireName();
        Matcher scheme = SCHEME.matcher(value);
        if (!scheme.lookingAt() || FIELD_START.matcher(value).lookingAt()) {
            findings.add(Cause.SCHEME_MISSING.found(right));
            return value;
        }
        if (SignatureScheme.byWireName(scheme.group(1)).isEmpty()) {
            findings.add(Cause.SCHEME_UNKNOWN.found(scheme.group(1), right));
        }
        return value.substring(scheme.end());
    }

    private void readFields(String text) {
        List<MatchResult> starts = FIELD_START.matcher(text).results().toList();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
            readField(starts.get(i).group(1), text.substring(starts.get(i).end(), end), i + 1 == starts.size());
        }
    }

    private void readField(String name, String text, boolean last) {
        int end = text.length();
        while (end > 0 && ",;& \t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String separator = text.substring(end);
        if (!separator.equals(last ? "" : ",")) {
            add(Cause.FIELDS_NOT_SEPARATED_BY_COMMA.found());
        }
        String value = text.substring(0, end);
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        } else {
            add(Cause.FIELD_NOT_QUOTED.found(name));
            value = value.replaceAll("^['\"]|['\"]$", "");
        }
        if (fields.put(name, value) != null) {
            add(Cause.FIELD_REPEATED.found(name));
        }
    }

    private void add(Finding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private void checkTimestamp(Clock clock) {
        String timestamp = field("timestamp");
        if (timestamp.isEmpty()) {
            return;
        }
        if (!SECONDS.matcher(timestamp).matches()) {
            findings.add(Cause.TIMESTAMP_NOT_SECONDS.found(timestamp));
            return;
        }
        long seconds = Long.parseLong(timestamp);
        long now = clock.instant().getEpochSecond();
        long limit = Verifier.MAX_CLOCK_SKEW.toSeconds();
        if (seconds >= SMALLEST_MILLISECONDS) {
            findings.add(Cause.TIMESTAMP_IN_MILLISECONDS.found(timestamp, seconds / 1000));
        } else if (Math.abs(now - seconds) > limit) {
            findings.add(Cause.TIMESTAMP_OUT_OF_WINDOW.found(timestamp, now, now - seconds, limit));
        }
    }
}
