package io.github.ebikecharge.mock.control;

import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest bytes that were written, in pages that are used again. What is remembered of each request stays where it is, and
 * is nothing to the garbage collector. Not thread-safe.
 */
final class ByteLog extends OutputStream {
    private static final int PAGE = 64 * 1024;

    private final Map<Long, byte[]> pages = new HashMap<>();
    /** The one that is written to. */
    private byte[] last = {};
    /** One that holds nothing any more. */
    private byte @Nullable [] spare;

    private long begin;
    private long end;

    /** The position of the next byte; positions count on and on. */
    long end() {
        return end;
    }

    @Override
    public void write(int value) {
        int at = begun();
        last[at] = (byte) value;
        end++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int written = 0;
        while (written < length) {
            int at = begun();
            int fits = Math.min(length - written, PAGE - at);
            System.arraycopy(bytes, from + written, last, at, fits);
            written += fits;
            end += fits;
        }
    }

    /** The place of the next byte in the last page, which is begun if need be. */
    private int begun() {
        int at = (int) (end % PAGE);
        if (at == 0) {
            last = spare == null ? new byte[PAGE] : spare;
            spare = null;
            pages.put(end / PAGE, last);
        }
        return at;
    }

    /** The position of the oldest byte that is not forgotten. */
    long begin() {
        return begin;
    }

    /** Forgets what stands before this position. */
    void forgetBefore(long position) {
        for (long page = begin / PAGE; page < position / PAGE; page++) {
            spare = pages.remove(page);
        }
        begin = position;
    }

    /** So many bytes from there on. */
    byte[] read(long position, int length) {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            int at = (int) ((position + read) % PAGE);
            int fits = Math.min(length - read, PAGE - at);
            byte[] page = Objects.requireNonNull(pages.get((position + read) / PAGE), "page");
            System.arraycopy(page, at, bytes, read, fits);
            read += fits;
        }
        return bytes;
    }
}
