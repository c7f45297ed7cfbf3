package io.github.ebikecharge.api.wire;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was made of the last few keys, by identity: comparing keys costs more than finding them. Reading takes no lock. */
final class IdentityCache<K, V> {
    private static final int SIZE = 32;

    private final Function<K, V> make;
    private volatile List<Entry<K, V>> entries = List.of();

    private record Entry<K, V>(WeakReference<K> key, V value) {}

    /** @param make what it makes is let go with the key, unless it keeps the key itself */
    IdentityCache(Function<K, V> make) {
        this.make = make;
    }

    V get(K key) {
        V made = find(key);
        return made == null ? add(key) : made;
    }

    /** What was made of this key; null if nothing was. */
    @Nullable
    V find(K key) {
        for (Entry<K, V> entry : entries) {
            if (entry.key.refersTo(key)) {
                return entry.value;
            }
        }
        return null;
    }

    private synchronized V add(K key) {
        V made = find(key);
        if (made != null) {
            return made;
        }
        V value = make.apply(key);
        entries = Stream.concat(
                        Stream.of(new Entry<>(new WeakReference<>(key), value)),
                        entries.stream().filter(entry -> !entry.key.refersTo(null)))
                .limit(SIZE)
                .toList();
        return value;
    }
}
