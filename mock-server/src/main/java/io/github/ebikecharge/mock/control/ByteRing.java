package io.github.ebikecharge.mock.control;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * The latest bytes that were written, in one array; the oldest make room for the newest. What is remembered of each request
 * stays where it is, and is nothing to the garbage collector. Not thread-safe.
 */
final class ByteRing extends OutputStream {
    private static final int SMALLEST = 64 * 1024;

    private byte[] ring = new byte[SMALLEST];
    /** The position at the ring's first place; positions count on and on. */
    private long base;

    private long begin;
    private long end;

    /** Where the next byte goes. */
    long end() {
        return end;
    }

    /** Appends; the ring grows if what is not forgotten leaves too little room. */
    @Override
    public void write(byte[] bytes, int from, int length) {
        makeRoomFor(length);
        int at = place(end);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(bytes, from, ring, at, first);
        System.arraycopy(bytes, from + first, ring, 0, length - first);
        end += length;
    }

    @Override
    public void write(int value) {
        makeRoomFor(1);
        ring[place(end)] = (byte) value;
        end++;
    }

    private void makeRoomFor(int length) {
        long needed = end - begin + length;
        if (needed > ring.length) {
            grow(Math.toIntExact(needed + needed / 4));
        }
    }

    private void grow(int length) {
        ring = Arrays.copyOf(read(begin, (int) (end - begin)), length);
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
        byte[] bytes = new byte[length];
        int at = place(position);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(ring, at, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, length - first);
        return bytes;
    }

    private int place(long position) {
        return (int) ((position - base) % ring.length);
    }
}
