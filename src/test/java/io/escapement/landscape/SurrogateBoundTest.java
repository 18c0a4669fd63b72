package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SurrogateBoundTest {

    private static final SurrogateBound BOUND = new SurrogateBound(0.3, 0.05, 2, 10);

    @Test
    void isEquationTen() {
        assertThat(BOUND.squaredError(0.2)).isCloseTo((1 - 0.3 + 0.2) / 0.1 * 0.0025 * 4, within(1e-15));
        assertThat(BOUND.probability(0.2)).isCloseTo(1 - Math.exp(-0.8), within(1e-15));
    }

    @Test
    void theErrorGivesChiBack() {
        for (double chi = 0.01; chi < 0.3; chi += 0.01) {
            assertThat(BOUND.chi(BOUND.squaredError(chi))).isCloseTo(chi, within(1e-12));
            assertThat(BOUND.probabilityOf(BOUND.squaredError(chi))).isCloseTo(BOUND.probability(chi), within(1e-12));
        }
    }

    /** Even χ = 0 allows an error of (1 − p)/p·ε²‖M*‖²: nothing is said of a smaller one. */
    @Test
    void saysNothingOfErrorsBelowTheExpectation() {
        assertThat(BOUND.probabilityOf(0.99 * BOUND.squaredError(0))).isZero();
        assertThat(BOUND.chi(BOUND.squaredError(0))).isCloseTo(0, within(1e-15));
    }

    @Test
    void refusesWhatTheTheoremDoesNotCover() {
        assertThatThrownBy(() -> new SurrogateBound(0, 0.05, 2, 10)).hasMessageContaining("p is 0.0; above 0");
        assertThatThrownBy(() -> new SurrogateBound(0.3, 2, 2, 10)).hasMessageContaining("epsilon is 2.0");
        assertThatThrownBy(() -> new SurrogateBound(0.3, 0.05, 2, 0.5)).hasMessageContaining("spread is 0.5");
        assertThatThrownBy(() -> BOUND.squaredError(0.3))
                .hasMessageContaining("chi is 0.3; at least 0 and below p = 0.3");
    }
}
