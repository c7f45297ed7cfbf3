package io.github.ebikecharge.mock.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things by their names; the oldest leave where there are too many, or where all of them weigh too much. Not thread-safe.
 */
final class Remembered<T> {
    private final Map<String, T> oldestFirst = new LinkedHashMap<>();
    private final Function<T, String> name;
    private final ToLongFunction<T> weigher;
    private final int most;
    private final long heaviest;
    private long weight;

    /**
     * @param weigher what one weighs; says the same whenever it is asked
     * @param most how many may stay
     * @param heaviest what they may weigh; the newest stays, whatever it weighs
     */
    Remembered(Function<T, String> name, ToLongFunction<T> weigher, int most, long heaviest) {
        this.name = name;
        this.weigher = weigher;
        this.most = most;
        this.heaviest = heaviest;
    }

    /** Adds the newest, or replaces the one with its name where that stands; those that leave. */
    List<T> put(T thing) {
        T before = oldestFirst.put(name.apply(thing), thing);
        weight += weigher.applyAsLong(thing) - (before == null ? 0 : weigher.applyAsLong(before));
        List<T> left = new ArrayList<>(1);
        Iterator<T> oldest = oldestFirst.values().iterator();
        while (oldestFirst.size() > most || (weight > heaviest && oldestFirst.size() > 1)) {
            T leaving = oldest.next();
            oldest.remove();
            weight -= weigher.applyAsLong(leaving);
            left.add(leaving);
        }
        return left;
    }

    /** Lets the oldest leave as long as each is so. */
    void forgetWhile(Predicate<T> old) {
        Iterator<T> oldest = oldestFirst.values().iterator();
        while (oldest.hasNext()) {
            T thing = oldest.next();
            if (!old.test(thing)) {
                return;
            }
            oldest.remove();
            weight -= weigher.applyAsLong(thing);
        }
    }

    Optional<T> get(@Nullable String called) {
        return Optional.ofNullable(oldestFirst.get(called));
    }

    /** The oldest first. */
    Collection<T> all() {
        return Collections.unmodifiableCollection(oldestFirst.values());
    }

    List<T> newestFirst() {
        List<T> list = new ArrayList<>(oldestFirst.values());
        Collections.reverse(list);
        return list;
    }

    void clear() {
        oldestFirst.clear();
        weight = 0;
    }
}
