package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.tensor.SymmetricTensor;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.lifted.LiftedEscape.Rule;
import io.escapement.sensing.PerturbedMatrixCompletion;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class LeacCanonicalTest {

    private static final FactoredProblem ELEVEN =
            PerturbedMatrixCompletion.pmc(11, 0.01, 1).instance().problem();

    /** As printed in [LEAC] appendix C.2. */
    private static final double SIGMA = 1.3923e-7;

    private static final double[] V = {
        0.6168, 0.1730, -0.0742, 0.0171, 0.0160, -0.4711, -0.4043, 0.2654, -0.2097, -0.2782, 0.0806
    };
    private static final double[] U = {0.4083, 0, 0.4085, 0, 0.4081, 0, 0.4083, 0, 0.4082, 0, 0.4082};

    private static Candidate only(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Moved.class);
        Moved moved = (Moved) outcome;
        Candidate candidate = moved.candidates().next();
        assertThat(moved.candidates().hasNext()).isFalse();
        return candidate;
    }

    private static DMatrixRMaj printed() {
        DMatrixRMaj x = new DMatrixRMaj(11, 1);
        for (int i = 0; i < 11; i++) {
            x.data[i] = SIGMA * V[i];
        }
        return x;
    }

    /** η = (−2λ_n/L_s)^{3/2} = 2.001^{3/2} with the exact constants (2.8352 with the printed ones), and X̌ = η^{1/3}u_n. */
    @Test
    void armijoFromThePrintedPoint() {
        Candidate candidate = only(LeacCanonical.standard().from(ELEVEN, LeacSimulatedTest.trap(ELEVEN, printed())));
        double eta = Math.abs(candidate.figures().getOr("eta", 0));
        assertThat(eta).isCloseTo(Math.pow(2.001, 1.5), within(1e-6));
        assertThat(Math.pow(2 * 1.00025 / 0.9987, 1.5)).isCloseTo(2.8352, within(5e-4));
        assertThat(candidate.loss()).isCloseTo(1.3333, within(5e-5));
        assertThat(candidate.loss()).isEqualTo(ELEVEN.value(candidate.x()));
        assertThat(candidate.figures().getOr("liftedLossBefore", 0)).isCloseTo(0.5 * Math.pow(6.003, 3), within(1e-9));
        assertThat(candidate.figures().getOr("liftedLossAfter", 1e9))
                .isLessThan(candidate.figures().getOr("liftedLossBefore", 0));
        assertThat(candidate.figures().getOr("lambdaMin", 0)).isCloseTo(-1.0005, within(1e-9));
        assertThat(candidate.figures().getOr("kappa", 1)).isLessThan(1e-12);
        assertThat(candidate.trace()).hasSize(2);
    }

    /** Eq. 114 prints 5.6335e−7. From the printed u_n, v_r, σ_r and Υ it is 4.83e−7, √3·σ_r·η^{2/3} to first order. */
    @Test
    void distanceOfTheClosedFormFromTheTensorStep() {
        double root = Math.sqrt(2.0031);
        double[] x = new double[11];
        for (int i = 0; i < 11; i++) {
            x[i] = SIGMA * V[i] + root * U[i];
        }
        SymmetricTensor escape = SymmetricTensor.power(1, printed().data, 3).plusPower(Math.pow(root, 3), U);
        assertThat(escape.norm()).isCloseTo(2.8352, within(2e-3));
        assertThat(escape.distanceTo(1, x)).isCloseTo(4.83e-7, within(0.01e-7));
        Candidate candidate = only(LeacCanonical.standard().from(ELEVEN, LeacSimulatedTest.trap(ELEVEN, printed())));
        assertThat(candidate.figures().getOr("simulatedDistance", 0)).isCloseTo(4.83e-7, within(0.01e-7));
        assertThat(candidate.figures().getOr("rankOneDistance", 1)).isLessThan(1e-14);
    }

    @Test
    void theExactRuleReachesTheTruth() {
        for (int order : new int[] {3, 5}) {
            FactoredProblem problem = order == 3
                    ? ELEVEN
                    : PerturbedMatrixCompletion.pmc(7, 0.01, 1).instance().problem();
            DMatrixRMaj zero = new DMatrixRMaj(problem.rows(), 1);
            Candidate candidate = only(LeacCanonical.standard()
                    .withOrder(order)
                    .withRule(Rule.EXACT)
                    .from(problem, LeacSimulatedTest.trap(problem, zero)));
            assertThat(candidate.loss()).as("order %d", order).isLessThan(1e-12);
        }
    }

    @Test
    void liftedDescentIsShownAndLowersTheLiftedLoss() {
        Candidate candidate = only(LeacCanonical.standard()
                .withDescent(5)
                .from(ELEVEN, LeacSimulatedTest.trap(ELEVEN, new DMatrixRMaj(11, 1))));
        assertThat(candidate.trace()).hasSizeBetween(3, 7);
        for (int i = 1; i < candidate.trace().size(); i++) {
            assertThat(candidate.trace().get(i).getOr("liftedLoss", 1e9))
                    .isLessThanOrEqualTo(candidate.trace().get(i - 1).getOr("liftedLoss", 0) + 1e-9);
        }
        assertThat(candidate.loss()).isLessThan(1e-9);
    }

    /** Two columns: q_r is the empty one, and the point that was there takes no part in the jump. */
    @Test
    void severalColumns() {
        FactoredProblem problem =
                PerturbedMatrixCompletion.pmc(5, 0.1, 2).instance().problem();
        DMatrixRMaj zero = new DMatrixRMaj(5, 2);
        Candidate candidate = only(LeacCanonical.standard().from(problem, LeacSimulatedTest.trap(problem, zero)));
        assertThat(candidate.x().numRows).isEqualTo(5);
        assertThat(candidate.x().numCols).isEqualTo(2);
        assertThat(candidate.loss()).isLessThan(problem.lossAtZero());
    }

    /** [LEAC] theorem 3.1 says nothing of the sign patterns of small ρ: there is no way down there, lifted or not. */
    @Test
    void refusesWithItsReason() {
        DMatrixRMaj trap = PerturbedCompletion.trapOfThree().x();
        FactoredProblem three =
                PerturbedMatrixCompletion.pmc(3, 0.3, 1).instance().problem();
        Outcome none = LeacCanonical.standard().from(three, LeacSimulatedTest.trap(three, trap));
        assertThat(none).isInstanceOf(Refused.class);
        assertThat(((Refused) none).why()).contains("λₘᵢₙ");
        FactoredProblem large =
                PerturbedMatrixCompletion.pmc(60, 0.3, 1).instance().problem();
        LeacCanonical small = new LeacCanonical(3, Rule.ARMIJO, 0, 100_000, EigenSolver.standard());
        Outcome refused = small.from(large, LeacSimulatedTest.trap(large, new DMatrixRMaj(60, 1)));
        assertThat(((Refused) refused).why()).contains("60^3").contains("2.16e+05 numbers");
        assertThatThrownBy(() -> LeacCanonical.standard().withOrder(2)).hasMessageContaining("order is 2");
        assertThatThrownBy(() -> LeacCanonical.standard().withDescent(-1)).hasMessageContaining("descent is -1");
    }
}
