package io.github.ebikecharge.mock.explain;

import java.util.List;

/** A cause with the values that its text names. */
record Finding(Cause cause, List<Object> values) {
    Explanation.Text text() {
        return Texts.of(cause, values.toArray());
    }
}
