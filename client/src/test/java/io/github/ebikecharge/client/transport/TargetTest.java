package io.github.ebikecharge.client.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TargetTest {
    @Test
    void putsValuesInTheirPlaces() {
        var target = Target.of("/v3/{a}/x/{b}").path("b", "2").path("a", "1");

        assertThat(target).hasToString("/v3/1/x/2");
    }

    @Test
    void encodesValuesByteForByte() {
        assertThat(Target.of("/{id}").path("id", "a/b c%2F充+~*._-")).hasToString("/a%2Fb%20c%252F%E5%85%85%2B%7E*._-");
    }

    @Test
    void takesBracesInAValueForText() {
        assertThat(Target.of("/{a}/{b}").path("a", "{b}").path("b", "1")).hasToString("/%7Bb%7D/1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t", ".", "..", "\uD83D", "\uDE97\uD83D"})
    void refusesWhatIsNoSegment(String value) {
        assertThatThrownBy(() -> Target.of("/{contract_id}").path("contract_id", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("contract_id must not");
    }

    @Test
    void addsParametersToTheQueryInTheirOrder() {
        var target = Target.of("/v3/certificates")
                .query("algorithm_type", "RSA")
                .query("absent", null)
                .query("empty", "")
                .query("a&b", "c=d é");

        assertThat(target).hasToString("/v3/certificates?algorithm_type=RSA&empty=&a%26b=c%3Dd%20%C3%A9");
    }

    @Test
    void leavesAnEarlierTargetAsItWas() {
        var target = Target.of("/v3");

        target.query("a", "b");

        assertThat(target).hasToString("/v3");
    }
}
