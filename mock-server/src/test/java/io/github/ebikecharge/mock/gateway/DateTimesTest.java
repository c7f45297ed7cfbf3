package io.github.ebikecharge.mock.gateway;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is taken for a date and time fits the pattern that the gateway quotes, and is one to the JDK. */
class DateTimesTest {
    private static final int CASES = 100_000;
    private static final Pattern PATTERN = Pattern.compile(DateTimes.PATTERN);
    private static final List<String> PARTS = List.of(
            "00", "01", "02", "12", "13", "17", "18", "19", "23", "24", "28", "29", "30", "31", "32", "59", "60");
    private static final List<String> YEARS = List.of("0000", "0001", "1900", "2000", "2023", "2024", "9999", "999");

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2017-08-26T09:43:39+08:00",
                "2017-08-26T09:43:39.123-18:00",
                "2024-02-29T23:59:59Z",
                "0001-01-01T00:00:00.000Z",
                "2017-08-26T09:43:39-00:00"
            })
    void takesDateAndTime(String text) {
        assertThat(DateTimes.isDateTime(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2017-08-26T09:43:39",
                "2017-08-26T09:43:39+0800",
                "2017-08-26T09:43:39+08:00:00",
                "2017-08-26T09:43:39 08:00",
                "2017-08-26T09:43:39.12+08:00",
                "2017-08-26T09:43:39.1234+08:00",
                "2017-08-26t09:43:39z",
                "2017-08-26 09:43:39Z",
                "2023-02-29T09:43:39Z",
                "2017-08-26T24:00:00Z",
                "2017-08-26T09:43:60Z",
                "2017-08-26T09:43:39+18:01",
                "2017-08-26T09:43:39+07:60",
                "0000-01-01T00:00:00Z",
                "２０17-08-26T09:43:39Z",
                " 2017-08-26T09:43:39Z"
            })
    void takesNothingElse(String text) {
        assertThat(DateTimes.isDateTime(text)).isFalse();
    }

    @Test
    void agreesWithPatternAndJdk() {
        int taken = 0;
        for (int i = 0; i < CASES; i++) {
            String text = text();
            assertThat(DateTimes.isDateTime(text)).as(text).isEqualTo(expected(text));
            taken += expected(text) ? 1 : 0;
        }
        assertThat(taken).isBetween(CASES / 100, CASES * 99 / 100); // or it would look at one half only
    }

    private String text() {
        StringBuilder text = new StringBuilder(any(YEARS))
                .append('-')
                .append(any(PARTS))
                .append('-')
                .append(any(PARTS))
                .append('T')
                .append(any(PARTS))
                .append(':')
                .append(any(PARTS))
                .append(':')
                .append(any(PARTS))
                .append(any(List.of("", "", ".000", ".9")))
                .append(any(List.of("Z", "+", "-")));
        if (text.charAt(text.length() - 1) != 'Z') {
            text.append(any(PARTS)).append(':').append(any(PARTS));
        }
        if (random.nextInt(8) == 0) {
            text.insert(random.nextInt(text.length() + 1), any(List.of("0", ":", "-", "Z", "\n", ".", "/")));
        }
        return text.toString();
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static boolean expected(String text) {
        try {
            return PATTERN.matcher(text).matches() && OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
