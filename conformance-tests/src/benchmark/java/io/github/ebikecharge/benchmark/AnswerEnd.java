package io.github.ebikecharge.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Finds the end of an answer, by its length or its last chunk; each line of its head is read once. */
final class AnswerEnd {
    private static final int UNKNOWN = -1;
    private static final int CHUNKED = -2;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);
    private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);

    private int line;
    private int contentLength = CHUNKED;
    private int end = UNKNOWN;

    void reset() {
        line = 0;
        contentLength = CHUNKED;
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
        for (int i = line; i < length; i++) {
            if (answer[i] != '\n') {
                continue;
            }
            if (i - line == 1) {
                end = contentLength == CHUNKED ? CHUNKED : i + 1 + contentLength;
                return;
            }
            if (isLength(answer, line, i)) {
                contentLength = Integer.parseInt(
                        new String(answer, line + LENGTH.length, i - line - LENGTH.length, ISO_8859_1).strip());
            }
            line = i + 1;
        }
    }

    private static boolean isLength(byte[] answer, int from, int to) {
        if (to - from < LENGTH.length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            byte letter = answer[from + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter) != LENGTH[i]) {
                return false;
            }
        }
        return true;
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
