package io.github.ebikecharge.api.wire;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NoncesTest {

    @Test
    void hasThirtyTwoLowerCaseHexadecimalDigits() {
        assertThat(Nonces.next()).matches("[0-9a-f]{32}");
    }

    @Test
    void isAnotherOneEachTime() {
        assertThat(Nonces.next()).isNotEqualTo(Nonces.next());
    }
}
