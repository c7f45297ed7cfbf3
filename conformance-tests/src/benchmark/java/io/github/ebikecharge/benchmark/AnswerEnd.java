package io.github.ebikecharge.benchmark;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Finds the end of an answer, by its length or its last chunk; its head is read once. */
final class AnswerEnd {
    private static final int UNKNOWN = -1;
    private static final int CHUNKED = -2;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d+)");

    private int scanned;
    private int end = UNKNOWN;

    void reset() {
        scanned = 0;
        end = UNKNOWN;
    }

    /** Whether the first {@code length} bytes are a whole answer. */
    boolean isIn(byte[] answer, int length) {
        if (end == UNKNOWN) {
            readHead(answer, length);
        }
        return end == CHUNKED ? endsWithLastChunk(answer, length) : end >= 0 && length >= end;
    }

    private void readHead(byte[] answer, int length) {
        for (int i = scanned; i + 3 < length; i++) {
            if (answer[i] == '\r' && answer[i + 2] == '\r' && answer[i + 3] == '\n') {
                end = endOf(answer, i + 4);
                return;
            }
        }
        scanned = Math.max(0, length - 3);
    }

    private static int endOf(byte[] answer, int bodyAt) {
        Matcher length = LENGTH.matcher(new String(answer, 0, bodyAt, ISO_8859_1).toLowerCase(Locale.ROOT));
        return length.find() ? bodyAt + Integer.parseInt(length.group(1)) : CHUNKED;
    }

    private static boolean endsWithLastChunk(byte[] answer, int length) {
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (answer[length - LAST_CHUNK.length + i] != LAST_CHUNK[i]) {
                return false;
            }
        }
        return true;
    }
}
