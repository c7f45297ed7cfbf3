package io.github.ebikecharge.api.wire;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of keys. */
class IdentityCacheTest {
    private final List<String> made = new ArrayList<>();
    private final IdentityCache<String, String> cache = new IdentityCache<>(key -> {
        made.add(key);
        return key + "'";
    });

    @Test
    void makesEachOnce() {
        assertThat(cache.get("a")).isEqualTo("a'");
        assertThat(cache.get("b")).isEqualTo("b'");
        assertThat(cache.get("a")).isEqualTo("a'");

        assertThat(made).containsExactly("a", "b");
    }

    @Test
    @SuppressWarnings("StringCopy") // another object is what this is about
    void tellsEqualKeysApart() {
        String key = new String("a");

        cache.get("a");
        cache.get(key);

        assertThat(made).containsExactly("a", "a");
    }

    @Test
    void forgetsTheOldest() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i <= 32; i++) {
            keys.add("key " + i);
            cache.get(keys.get(i));
        }
        made.clear();

        cache.get(keys.get(1));
        assertThat(made).isEmpty();
        cache.get(keys.get(0));
        assertThat(made).containsExactly("key 0");
    }
}
