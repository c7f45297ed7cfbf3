package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.explain.Explanation;
import io.github.ebikecharge.mock.gateway.GatewayExchange;
import io.github.ebikecharge.mock.gateway.PackedExchange;
import io.github.ebikecharge.mock.world.Latest;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest exchanges, each under its number, in a ring of bytes. Not thread-safe. */
final class KeptExchanges {
    private final Latest<Kept> latest = new Latest<>(kept -> kept.length);
    private final ByteRing ring = new ByteRing();

    /** Where one is in the ring, and what has been found out about it. */
    static final class Kept {
        private final long number;
        private final long position;
        private final int length;
        /** Quotes the body several times; can be found anew where the memory is needed. */
        private @Nullable SoftReference<Explanation> explanation;

        private Kept(long number, long position, int length) {
            this.number = number;
            this.position = position;
            this.length = length;
        }

        long number() {
            return number;
        }

        @Nullable
        Explanation explanation() {
            return explanation == null ? null : explanation.get();
        }

        void explain(Explanation found) {
            explanation = new SoftReference<>(found);
        }
    }

    /** A copy of one's bytes, so that it can be read while others come. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Copy(Kept kept, byte[] packed) {
        GatewayExchange exchange() {
            return PackedExchange.unpack(packed);
        }
    }

    /**
     * Adds the newest, and lets the oldest leave.
     *
     * @param most how many may stay
     * @param heaviest bytes that they may take; the newest stays all the same
     * @return how many left
     */
    int add(long number, GatewayExchange exchange, int most, long heaviest) {
        long position = ring.end();
        PackedExchange.pack(exchange, ring);
        int left = latest.add(new Kept(number, position, (int) (ring.end() - position)), most, heaviest);
        Kept oldest = latest.oldest();
        ring.forgetBefore(oldest == null ? ring.end() : oldest.position);
        return left;
    }

    /** The oldest of those that are meant. */
    Optional<Copy> first(Predicate<Kept> meant) {
        return latest.stream().filter(meant).findFirst().map(this::copy);
    }

    List<Copy> newestFirst() {
        List<Copy> copies = new ArrayList<>(latest.size());
        latest.newestFirst().forEachRemaining(kept -> copies.add(copy(kept)));
        return copies;
    }

    private Copy copy(Kept kept) {
        return new Copy(kept, ring.read(kept.position, kept.length));
    }

    void clear() {
        latest.clear();
        ring.clear();
    }
}
