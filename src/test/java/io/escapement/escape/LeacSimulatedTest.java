package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.escape.Escape.Trap;
import io.escapement.event.Values;
import io.escapement.landscape.FactoredJudge;
import io.escapement.linalg.EigenSolver;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.PerturbedCompletion;
import java.util.OptionalDouble;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class LeacSimulatedTest {

    private static final FactoredProblem ELEVEN = PerturbedCompletion.problem(11, 0.01, 1);

    static Trap trap(FactoredProblem problem, DMatrixRMaj x) {
        return new Trap(x, problem.value(x), FactoredJudge.standard().judge(problem, x));
    }

    private static Candidate only(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Moved.class);
        Moved moved = (Moved) outcome;
        Candidate candidate = moved.candidates().next();
        assertThat(moved.candidates().hasNext()).isFalse();
        return candidate;
    }

    private static DMatrixRMaj nearZero() {
        DMatrixRMaj x = Gaussian.matrix(11, 1, new Random(1));
        for (int i = 0; i < 11; i++) {
            x.data[i] *= 4e-8;
        }
        return x;
    }

    /** [LEAC] appendix C.2: from X̂ ≈ 0 and from X̂ = 0. */
    @Test
    void exactRuleReachesTheTruthOfTheReference() {
        for (DMatrixRMaj x : new DMatrixRMaj[] {nearZero(), new DMatrixRMaj(11, 1)}) {
            Trap trap = trap(ELEVEN, x);
            assertThat(trap.loss()).isCloseTo(3.0015, within(1e-9));
            Candidate candidate = only(LeacSimulated.exact().from(ELEVEN, trap));
            double s = candidate.figures().getOr("s", 0);
            assertThat(s * s).isCloseTo(6.0000, within(1e-5));
            assertThat(candidate.figures().getOr("lambdaMin", 0)).isCloseTo(-1.0005, within(1e-9));
            assertThat(candidate.loss()).isCloseTo(0, within(1e-12));
            assertThat(candidate.loss()).isEqualTo(ELEVEN.value(candidate.x()));
        }
    }

    @Test
    void paperRuleOnExactConstants() {
        Candidate candidate = only(LeacSimulated.paper().from(ELEVEN, trap(ELEVEN, nearZero())));
        Values figures = candidate.figures();
        double s = figures.getOr("s", 0);
        assertThat(figures.getOr("smoothness", 0)).isEqualTo(1);
        assertThat(s * s).isCloseTo(2.0010, within(1e-9));
        assertThat(candidate.loss()).isCloseTo(1.3333, within(5e-5));
        assertThat(figures.getOr("alpha", 0)).isCloseTo(figures.getOr("upsilon", 1), within(1e6));
        assertThat(figures.getOr("upsilon", 0)).isGreaterThan(1e13);
    }

    /** The printed inputs give the printed output: L_s is chosen so that −2λ_n/L_s is the paper's 2·1.00025/0.9987. */
    @Test
    void paperRuleOnThePrintedInputs() {
        double printed = 2 * 1.00025 / 0.9987;
        assertThat(printed).isCloseTo(2.0031, within(5e-5));
        LeacSimulated escape = new LeacSimulated(
                LeacSimulated.Rule.PAPER, OptionalDouble.of(2 * 1.0005 / printed), EigenSolver.standard());
        Candidate candidate = only(escape.from(ELEVEN, trap(ELEVEN, nearZero())));
        double s = candidate.figures().getOr("s", 0);
        assertThat(s * s).isCloseTo(2.0031, within(5e-5));
        assertThat(candidate.loss()).isCloseTo(1.3319, within(5e-5));
        // The printed λ_n is what counting each off-diagonal pair once gives: 1 + 5ρ²/2 instead of 1 + 5ρ².
        assertThat(1 + 0.5 * 5 * 0.01 * 0.01).isCloseTo(1.00025, within(1e-12));
    }

    @Test
    void rankDeficientPointHasNoAlphaButAnAnswer() {
        FactoredProblem problem = PerturbedCompletion.problem(11, 0.01, 2);
        DMatrixRMaj zero = new DMatrixRMaj(11, 2);
        for (LeacSimulated escape : new LeacSimulated[] {LeacSimulated.exact(), LeacSimulated.paper()}) {
            Candidate fromZero = only(escape.from(problem, trap(problem, zero)));
            assertThat(fromZero.figures().has("alpha")).isFalse();
            assertThat(fromZero.figures().has("upsilon")).isFalse();
            assertThat(fromZero.figures().getOr("sigmaMin", 1)).isZero();
            assertThat(fromZero.loss()).isLessThan(3.0015);
        }
        // One column at the trap of rank one, the other zero: G has a negative eigenvalue, q_r is the empty column.
        FactoredProblem three = PerturbedCompletion.problem(3, 0.3, 2);
        DMatrixRMaj one = PerturbedCompletion.trapOfThree().x();
        DMatrixRMaj x = new DMatrixRMaj(3, 2);
        for (int i = 0; i < 3; i++) {
            x.set(i, 0, one.get(i));
        }
        Candidate candidate = only(LeacSimulated.exact().from(three, trap(three, x)));
        assertThat(candidate.loss()).isLessThan(0.33);
        for (int i = 0; i < 3; i++) {
            assertThat(candidate.x().get(i, 0)).isCloseTo(x.get(i, 0), within(1e-14));
        }
    }

    /** Both rules on stationary points of many instances: a candidate is always lower, a refusal always says why. */
    @Test
    void candidatesAreAlwaysLower() {
        int moved = 0;
        int refused = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = seed % 2 == 0
                    ? Gaussian.sensing(6, 1 + seed % 3, 9, 0.1, 0, random)
                    : Gaussian.asymmetric(3, 4, 1, 8, 0.1, seed % 3 == 0 ? 0.1 : 0, random);
            DMatrixRMaj start = Gaussian.matrix(problem.rows(), problem.columns(), random);
            Evaluation at = seed % 5 == 0
                    ? problem.evaluate(new DMatrixRMaj(problem.rows(), problem.columns()))
                    : Descent.to(problem, start);
            double[] before = at.x().data.clone();
            for (LeacSimulated escape : new LeacSimulated[] {LeacSimulated.exact(), LeacSimulated.paper()}) {
                Outcome outcome = escape.from(problem, trap(problem, at.x()));
                if (outcome instanceof Refused no) {
                    refused++;
                    assertThat(no.why()).contains("λₘᵢₙ is").contains("σ_r");
                } else {
                    moved++;
                    Candidate candidate = only(outcome);
                    assertThat(candidate.loss()).as("seed %d", seed).isLessThan(problem.value(at.x()));
                    assertThat(candidate.loss()).isEqualTo(problem.value(candidate.x()));
                    assertThat(candidate.figures().getOr("lossBefore", 0)).isEqualTo(problem.value(at.x()));
                }
            }
            assertThat(at.x().data).isEqualTo(before);
        }
        assertThat(moved).isGreaterThan(10);
        assertThat(refused).isGreaterThan(10);
    }

    @Test
    void refusesAtTheTruth() {
        DMatrixRMaj z = PerturbedCompletion.truth(11);
        Refused exact = (Refused) LeacSimulated.exact().from(ELEVEN, trap(ELEVEN, z));
        assertThat(exact.why())
                .contains("no step along u_n q_rᵀ lowers the loss")
                .contains("EFS");
        Refused paper = (Refused) LeacSimulated.paper().from(ELEVEN, trap(ELEVEN, z));
        assertThat(paper.why()).contains("not above 0").contains("L_s 1");
    }

    /** X ↦ XQ: the same image, whatever basis the factor is written in. */
    @Test
    void rotationInvariant() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = Gaussian.sensing(6, 2, 12, 0.1, 0, random);
            DMatrixRMaj x = Gaussian.matrix(6, 2, random);
            Outcome plain = LeacSimulated.exact().from(problem, trap(problem, x));
            Outcome turned = LeacSimulated.exact()
                    .from(problem, trap(problem, Gaussian.product(x, Gaussian.orthogonal(2, random))));
            assertThat(turned.getClass()).isEqualTo(plain.getClass());
            if (plain instanceof Moved) {
                assertThat(only(turned).loss())
                        .as("seed %d", seed)
                        .isCloseTo(only(plain).loss(), within(1e-9));
            }
        }
    }

    @Test
    void notFiniteAndBadSettings() {
        DMatrixRMaj x = new DMatrixRMaj(11, 1);
        x.set(3, 0, Double.NaN);
        assertThat(LeacSimulated.exact().from(ELEVEN, trap(ELEVEN, x))).isInstanceOf(Refused.class);
        assertThatThrownBy(() ->
                        new LeacSimulated(LeacSimulated.Rule.PAPER, OptionalDouble.of(-1), EigenSolver.standard()))
                .hasMessageContaining("smoothness is -1.0");
    }
}
