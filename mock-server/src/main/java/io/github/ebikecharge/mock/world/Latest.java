package io.github.ebikecharge.mock.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest of many things. The oldest leave where there are too many, or where all of them weigh too much. Not
 * thread-safe.
 */
public final class Latest<T> {
    private final Deque<T> oldestFirst = new ArrayDeque<>();
    private final ToLongFunction<T> weigher;
    private long weight;

    /** @param weigher what one weighs, in bytes; says the same whenever it is asked */
    public Latest(ToLongFunction<T> weigher) {
        this.weigher = weigher;
    }

    /**
     * Adds the newest, and lets the oldest leave. The newest itself stays, whatever it weighs, unless none may stay.
     *
     * @param most how many may stay
     * @param heaviest what they may weigh, in bytes
     * @return how many left
     */
    public int add(T newest, int most, long heaviest) {
        oldestFirst.addLast(newest);
        weight += weigher.applyAsLong(newest);
        int left = 0;
        while (size() > most || (weight > heaviest && size() > 1)) {
            poll();
            left++;
        }
        return left;
    }

    /** The oldest; null if there is none. */
    public @Nullable T oldest() {
        return oldestFirst.peekFirst();
    }

    /** Takes the oldest away; null if there is none. */
    public @Nullable T poll() {
        T oldest = oldestFirst.pollFirst();
        if (oldest != null) {
            weight -= weigher.applyAsLong(oldest);
        }
        return oldest;
    }

    /** Lets all of them leave. */
    public void clear() {
        oldestFirst.clear();
        weight = 0;
    }

    /** How many there are. */
    public int size() {
        return oldestFirst.size();
    }

    /** What they weigh together, in bytes. */
    public long weight() {
        return weight;
    }

    /** The oldest first. */
    public Stream<T> stream() {
        return oldestFirst.stream();
    }

    /** The newest first. */
    public Iterator<T> newestFirst() {
        return oldestFirst.descendingIterator();
    }
}
