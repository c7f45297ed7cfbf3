package io.github.ebikecharge.mock.world;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RememberedTest {
    private record Thing(String name, long weight) {}

    private final Remembered<Thing> things = new Remembered<>(Thing::name, Thing::weight, 3, 100);

    private static Thing thing(String name, long weight) {
        return new Thing(name, weight);
    }

    @Test
    void letsTheOldestLeaveWhereThereAreTooMany() {
        things.put(thing("a", 1));
        things.put(thing("b", 1));
        assertThat(things.put(thing("c", 1))).isEmpty();

        assertThat(things.put(thing("d", 1))).containsExactly(thing("a", 1));
        assertThat(things.newestFirst()).containsExactly(thing("d", 1), thing("c", 1), thing("b", 1));
        assertThat(things.get("a")).isEmpty();
        assertThat(things.get("b")).contains(thing("b", 1));
    }

    @Test
    void letsTheOldestLeaveWhereAllWeighTooMuch() {
        things.put(thing("a", 40));
        assertThat(things.put(thing("b", 60))).isEmpty();

        assertThat(things.put(thing("c", 50))).containsExactly(thing("a", 40), thing("b", 60));
        assertThat(things.put(thing("d", 50))).isEmpty();
    }

    @Test
    void keepsTheNewestWhateverItWeighs() {
        things.put(thing("a", 1));

        assertThat(things.put(thing("b", 1_000))).containsExactly(thing("a", 1));
        assertThat(things.all()).containsExactly(thing("b", 1_000));
    }

    @Test
    void weighsAThingAnewThatIsReplacedWhereItStands() {
        things.put(thing("a", 90));
        things.put(thing("b", 10));

        assertThat(things.put(thing("a", 10))).isEmpty();
        assertThat(things.put(thing("c", 80))).isEmpty();
        assertThat(things.put(thing("d", 1))).containsExactly(thing("a", 10));
    }

    @Test
    void weighsNothingOnceCleared() {
        things.put(thing("a", 100));
        things.clear();

        things.put(thing("b", 50));
        assertThat(things.put(thing("c", 50))).isEmpty();
    }
}
