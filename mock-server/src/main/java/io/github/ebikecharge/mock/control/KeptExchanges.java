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

/** The latest exchanges, each under its number, packed. Not thread-safe. */
final class KeptExchanges {
    private final Latest<Kept> latest = new Latest<>(kept -> kept.length);
    private final ByteLog bytes = new ByteLog();

    /** Where one is, and what has been found out about it. */
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

    /**
     * Adds the newest, and lets the oldest leave.
     *
     * @param most how many may stay
     * @param heaviest bytes that they may take; the newest stays all the same
     * @return how many left
     */
    int add(long number, GatewayExchange exchange, int most, long heaviest) {
        long position = bytes.end();
        PackedExchange.pack(exchange, bytes);
        int left = latest.add(new Kept(number, position, (int) (bytes.end() - position)), most, heaviest);
        Kept oldest = latest.oldest();
        bytes.forgetBefore(oldest == null ? bytes.end() : oldest.position);
        return left;
    }

    /** The oldest of those that are meant. */
    Optional<Kept> first(Predicate<Kept> meant) {
        return latest.stream().filter(meant).findFirst();
    }

    List<Kept> newestFirst() {
        List<Kept> newestFirst = new ArrayList<>(latest.size());
        latest.newestFirst().forEachRemaining(newestFirst::add);
        return newestFirst;
    }

    /** A copy of one, to be unpacked; empty if it has left. */
    Optional<byte[]> packed(Kept kept) {
        return kept.position < bytes.begin() ? Optional.empty() : Optional.of(bytes.read(kept.position, kept.length));
    }

    void clear() {
        latest.clear();
        bytes.forgetBefore(bytes.end());
    }
}
