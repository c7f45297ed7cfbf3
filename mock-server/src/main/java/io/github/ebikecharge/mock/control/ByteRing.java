package io.github.ebikecharge.mock.control;

import java.util.Arrays;

/**
 * Many pieces of bytes, one after the other in one array; the oldest make room for the newest. What is remembered of each
 * request stays where it is, and is nothing to the garbage collector. Not thread-safe.
 */
final class ByteRing {
    private static final int SMALLEST = 64 * 1024;

    private byte[] ring = new byte[SMALLEST];
    /** The position at the ring's first place; positions count on and on. */
    private long base;

    private long begin;
    private long end;

    /** Where the next piece will begin. */
    long end() {
        return end;
    }

    /** Appends a piece; the ring grows if the pieces that are not forgotten leave too little room. */
    void append(byte[] piece) {
        long needed = end - begin + piece.length;
        if (needed > ring.length) {
            grow(Math.toIntExact(needed + needed / 4));
        }
        int at = place(end);
        int first = Math.min(piece.length, ring.length - at);
        System.arraycopy(piece, 0, ring, at, first);
        System.arraycopy(piece, first, ring, 0, piece.length - first);
        end += piece.length;
    }

    private void grow(int length) {
        byte[] pieces = read(begin, (int) (end - begin));
        ring = Arrays.copyOf(pieces, length);
        base = begin;
    }

    /** Makes room of what stands before this position. */
    void forgetBefore(long position) {
        begin = position;
    }

    /** Forgets all. */
    void clear() {
        ring = new byte[SMALLEST];
        base = end;
        begin = end;
    }

    /** So many bytes from there on. */
    byte[] read(long position, int length) {
        byte[] piece = new byte[length];
        int at = place(position);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(ring, at, piece, 0, first);
        System.arraycopy(ring, 0, piece, first, length - first);
        return piece;
    }

    private int place(long position) {
        return (int) ((position - base) % ring.length);
    }
}
