package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LiftOrderTest {

    @Test
    void theLeastOddOrderAboveTheBound() {
        for (double beta : new double[] {0, 1e-9, 0.3, 0.5, 0.51, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999}) {
            int l = LiftOrder.of(beta).minimum().orElseThrow();
            assertThat(l % 2).as("β = %s", beta).isEqualTo(1);
            assertThat(l).isGreaterThanOrEqualTo(3);
            // l > 1/(1 − log₂2β), free of logarithms: (2β)^l < 2^(l−1).
            assertThat(Math.pow(2 * beta, l)).as("β = %s", beta).isLessThan(Math.pow(2, l - 1));
            if (l > 3) {
                assertThat(Math.pow(2 * beta, l - 2))
                        .as("β = %s", beta)
                        .isGreaterThanOrEqualTo(Math.pow(2, l - 3) * (1 - 1e-12));
            }
        }
        assertThat(LiftOrder.of(Math.pow(2, -1.0 / 7)).minimum()).isPresent();
    }

    @Test
    void noOrderIsEnoughNearTheTruthOrWithinTheNoise() {
        assertThat(LiftOrder.of(1).minimum()).isEmpty();
        assertThat(LiftOrder.of(1e4).minimum()).isEmpty();
        assertThat(LiftOrder.of(1, 0.5, 6, 1, 0, 0).minimum()).isEmpty();
        assertThat(LiftOrder.of(1, 0.5, 6, 1, 2, 1).minimum()).isEmpty();
        assertThat(LiftOrder.of(1, 0, 6, 1, 36, 0).beta()).isNaN();
    }

    /** [LEAC] appendix C.2: X̂ ≈ 0, so λ_r = 1.9e−14. And the sign pattern that traps descent: σ_r² = 6, distance² = 40. */
    @Test
    void perturbedCompletionOfEleven() {
        LiftOrder nearZero = LiftOrder.of(1, 1e-4, 6, 1.3923e-7 * 1.3923e-7, 36, 0);
        assertThat(nearZero.beta()).isLessThan(1e-10);
        assertThat(nearZero.minimum()).hasValue(3);
        assertThat(LiftOrder.of(1, 1e-4, 6, 6, 40, 0).minimum()).isEmpty();
    }

    @Test
    void namesTheFigureThatDoesNotFit() {
        assertThatThrownBy(() -> LiftOrder.of(0, 0.5, 6, 1, 36, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("L_s is 0.0");
        assertThatThrownBy(() -> LiftOrder.of(Double.NaN)).hasMessageContaining("β is NaN");
    }
}
