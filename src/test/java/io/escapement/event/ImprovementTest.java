package io.escapement.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImprovementTest {

    @Test
    void aLossImprovesWhereItIsLowerByAShareOfTheBest() {
        Improvement improvement = new Improvement();
        assertThat(improvement.offer(2)).isTrue();
        assertThat(improvement.offer(2 - 1e-6)).isFalse();
        assertThat(improvement.offer(2 - 3e-6)).isTrue();
        assertThat(improvement.offer(-1)).isTrue();
        assertThat(improvement.offer(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN})
    void oneThatIsNotFiniteNeverDoesAndSpoilsNothing(double odd) {
        Improvement improvement = new Improvement();
        assertThat(improvement.offer(odd)).isFalse();
        assertThat(improvement.offer(1)).isTrue();
        assertThat(improvement.offer(odd)).isFalse();
        assertThat(improvement.offer(0.5)).isTrue();
    }
}
