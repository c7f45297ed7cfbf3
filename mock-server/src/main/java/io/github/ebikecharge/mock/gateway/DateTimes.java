package io.github.ebikecharge.mock.gateway;

import java.time.Month;
import java.time.Year;

/** Dates and times of RFC 3339 with an offset, as API v3 writes them, looked at character by character. */
final class DateTimes {
    /** What the gateway quotes. */
    static final String PATTERN = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?(Z|[+-]\\d{2}:\\d{2})$";

    private static final String SECONDS = "0000-00-00T00:00:00";
    private static final String MILLIS = ".000";
    private static final int MOST_OFFSET_MINUTES = 18 * 60;

    private DateTimes() {}

    /** Whether the text fits the {@link #PATTERN} and is a time of a day that there is. */
    static boolean isDateTime(String text) {
        if (!hasForm(text, 0, SECONDS)) {
            return false;
        }
        int end = SECONDS.length();
        int offset = hasForm(text, end, MILLIS) ? end + MILLIS.length() : end;
        return isDay(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                && number(text, 11, 2) < 24
                && number(text, 14, 2) < 60
                && number(text, 17, 2) < 60
                && isOffset(text, offset);
    }

    private static boolean isDay(int year, int month, int day) {
        return year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= Month.of(month).length(Year.isLeap(year));
    }

    private static boolean isOffset(String text, int start) {
        if (text.length() == start + 1) {
            return text.charAt(start) == 'Z';
        }
        return text.length() == start + 6
                && (text.charAt(start) == '+' || text.charAt(start) == '-')
                && hasForm(text, start + 1, "00:00")
                && number(text, start + 4, 2) < 60
                && 60 * number(text, start + 1, 2) + number(text, start + 4, 2) <= MOST_OFFSET_MINUTES;
    }

    /** Whether there is a digit wherever the form has one, and otherwise what the form has. */
    private static boolean hasForm(String text, int start, String form) {
        if (text.length() < start + form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            char character = text.charAt(start + i);
            boolean fits = form.charAt(i) == '0' ? character >= '0' && character <= '9' : character == form.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int start, int digits) {
        int number = 0;
        for (int i = start; i < start + digits; i++) {
            number = 10 * number + (text.charAt(i) - '0');
        }
        return number;
    }
}
