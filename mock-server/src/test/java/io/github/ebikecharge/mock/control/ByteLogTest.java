package io.github.ebikecharge.mock.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ByteLogTest {
    private final ByteLog log = new ByteLog();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(long position, byte[] bytes) {}

    private Piece append(byte[] bytes) {
        Piece piece = new Piece(log.end(), bytes);
        log.write(bytes[0]);
        log.write(bytes, 1, bytes.length - 1);
        return piece;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void keepsThePiecesThatAreNotForgotten() {
        Random random = new Random(1);
        Deque<Piece> kept = new ArrayDeque<>();
        for (int i = 0; i < 5_000; i++) {
            // sometimes more is kept, so that pages are added
            while (kept.size() > 50 + i / 50) {
                kept.removeFirst();
                log.forgetBefore(kept.isEmpty() ? log.end() : kept.getFirst().position());
            }
            kept.addLast(append(bytes(random, 1 + random.nextInt(3_000))));
            if (i % 100 == 0) {
                assertThat(kept).allSatisfy(this::isThere);
            }
        }
        assertThat(kept).hasSizeGreaterThan(100).allSatisfy(this::isThere);
    }

    @Test
    void takesAPieceThatIsLargerThanAllBefore() {
        Random random = new Random(2);
        Piece small = append(bytes(random, 10));
        Piece large = append(bytes(random, 1_000_000));

        isThere(small);
        isThere(large);
    }

    @Test
    void beginsAnewWhenAllIsForgotten() {
        Random random = new Random(3);
        append(bytes(random, 50_000));
        log.forgetBefore(log.end());
        Piece next = append(bytes(random, 60_000));

        isThere(next);
    }

    private void isThere(Piece piece) {
        assertThat(log.read(piece.position(), piece.bytes().length)).isEqualTo(piece.bytes());
    }
}
