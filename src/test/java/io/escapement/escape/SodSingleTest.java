package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.Huber;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.RestrictedConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SodSingleTest {

    private static final FactoredProblem ELEVEN = PerturbedCompletion.problem(11, 0.01, 1);

    private static List<Candidate> all(Outcome outcome) {
        List<Candidate> candidates = new ArrayList<>();
        ((Moved) outcome).candidates().forEachRemaining(candidates::add);
        return candidates;
    }

    private static Outcome from(FactoredProblem problem, DMatrixRMaj x) {
        return SodSingle.standard().from(problem, LeacSimulatedTest.trap(problem, x));
    }

    /** X̂ = 0 and X̂ ≈ 0, where σ_r is 1e−7 and α of [LEAC] would be 1e14: the jump of [LEAC] appendix C.2, to the truth. */
    @Test
    void leavesZeroAndAlmostZero() {
        DMatrixRMaj tiny = Gaussian.matrix(11, 1, new Random(1));
        for (int i = 0; i < 11; i++) {
            tiny.data[i] *= 4e-8;
        }
        for (DMatrixRMaj x : new DMatrixRMaj[] {tiny, new DMatrixRMaj(11, 1)}) {
            Candidate first = all(from(ELEVEN, x)).get(0);
            double s = first.figures().getOr("s", 0);
            assertThat(s * s).isCloseTo(6, within(1e-5));
            assertThat(first.loss()).isCloseTo(0, within(1e-12)).isEqualTo(ELEVEN.value(first.x()));
            assertThat(first.figures().getOr("efs", 0)).isGreaterThan(1e13);
            assertThat(first.figures().getOr("aic", -1)).isBetween(0.0, 1.0);
        }
        assertThat(all(from(ELEVEN, new DMatrixRMaj(11, 1))).get(0).figures().getOr("ncm", 0))
                .isInfinite();
    }

    /** The trap of n = 3: NCM = 0.198 and no alignment, so no finite step on this ray helps. */
    @Test
    void refusesWithTheScore() {
        FactoredProblem three = PerturbedCompletion.problem(3, 0.3, 1);
        Refused refused =
                (Refused) from(three, PerturbedCompletion.trapOfThree().x());
        assertThat(refused.why())
                .contains("NCM 0.1978")
                .contains("AIC")
                .contains("EFS 0.1978")
                .contains("more than 1");
        assertThat(from(ELEVEN, PerturbedCompletion.truth(11))).isInstanceOf(Refused.class);
    }

    /** b = 0: at X̂ = 0 nothing pulls, so λ_n = 0 and EFS = 0. */
    @Test
    void refusesWithoutData() {
        FactoredProblem empty = new FactoredProblem(ELEVEN.operator(), new double[66], 1);
        assertThat(((Refused) from(empty, new DMatrixRMaj(11, 1))).why()).contains("EFS 0");
    }

    @Test
    void candidatesAreLowerAndTheFirstIsThePapers() {
        int moved = 0;
        int refused = 0;
        int beyond = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            double ridge = seed % 5 == 0 ? 0.1 : 0;
            FactoredProblem problem = seed % 4 == 3
                    ? Gaussian.asymmetric(3, 4, 1, 8, 0.1, ridge, random)
                    : Gaussian.sensing(6, 1 + seed % 3, 4 + seed % 7, 0.1, ridge, random);
            DMatrixRMaj x = Gaussian.matrix(problem.rows(), problem.columns(), random);
            for (int i = 0; i < x.numRows && seed % 2 == 0 && x.numCols > 1; i++) {
                x.set(i, 0, 0); // stays empty in the descent
            }
            x = Descent.to(problem, x).x();
            if (problem.evaluate(x).gradientNorm() > 1e-8 * (1 + problem.lossAtZero())) {
                continue; // off a stationary point there is a slope, which the score does not hold
            }
            double[] before = x.data.clone();
            Outcome outcome = from(problem, x);
            Outcome papers = LeacSimulated.exact().from(problem, LeacSimulatedTest.trap(problem, x));
            if (outcome instanceof Refused no) {
                refused++;
                assertThat(no.why()).contains("EFS").contains("λₘᵢₙ is");
                if (papers instanceof Moved) { // by the slope that is left at the end of the descent
                    assertThat(problem.value(x) - all(papers).get(0).loss())
                            .as("seed %d", seed)
                            .isLessThan(1e-9 * problem.lossAtZero());
                }
            } else {
                beyond += papers instanceof Refused ? 1 : 0;
                moved++;
                List<Candidate> candidates = all(outcome);
                for (Candidate candidate : candidates) {
                    assertThat(candidate.loss()).as("seed %d", seed).isLessThan(problem.value(x));
                    assertThat(candidate.loss()).isEqualTo(problem.value(candidate.x()));
                    assertThat(candidate.figures().getOr("efs", 0)).isGreaterThan(1);
                }
                if (papers instanceof Moved) {
                    assertThat(candidates.get(0).loss())
                            .as("seed %d", seed)
                            .isCloseTo(all(papers).get(0).loss(), within(1e-6 * problem.lossAtZero()));
                }
            }
            assertThat(x.data).isEqualTo(before);
        }
        assertThat(moved).isGreaterThan(10);
        assertThat(refused).isGreaterThan(10);
        assertThat(beyond).as("where the paper refuses").isPositive();
    }

    /** A trap that can be left beside a weaker component that is right: the stronger one is what moves. */
    @Test
    void leavesByAStrongerComponent() {
        int tried = 0;
        for (int seed = 0; tried < 3; seed++) {
            Random random = new Random(seed);
            int m = 4 + seed % 4;
            FactoredProblem small = Gaussian.sensing(4, 1, m, 0, 0, random);
            Evaluation at = Descent.to(small, Gaussian.matrix(4, 1, random));
            boolean trapped = at.gradientNorm() < 1e-9 && at.loss() > 1e-3 * small.lossAtZero();
            if (!trapped || from(small, at.x()) instanceof Refused) {
                continue;
            }
            tried++;
            // One more row and column, all of whose entries are seen, ten times as strongly.
            double[][] rows = new double[m + 5][25];
            double[] column = new double[m];
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    DMatrixRMaj e = new DMatrixRMaj(4, 1);
                    DMatrixRMaj f = new DMatrixRMaj(4, 1);
                    e.data[i] = 1;
                    f.data[j] = 1;
                    small.operator().measure(e, f, column);
                    for (int k = 0; k < m; k++) {
                        rows[k][5 * i + j] = column[k];
                    }
                }
            }
            for (int i = 0; i < 5; i++) {
                rows[m + i][5 * i + 4] += 5;
                rows[m + i][20 + i] += 5;
            }
            double weaker = 0.9 * Frobenius.norm(at.x());
            double[] b = Arrays.copyOf(small.target(), m + 5);
            b[m + 4] = 10 * weaker * weaker;
            DMatrixRMaj x = new DMatrixRMaj(5, 2);
            for (int i = 0; i < 4; i++) {
                x.set(i, 0, at.x().get(i));
            }
            x.set(4, 1, weaker);
            FactoredProblem problem = new FactoredProblem(
                    new DenseReferenceOperator(5, rows, new RestrictedConstants(0, 200, "a bound")), b, 2);
            assertThat(problem.evaluate(x).gradientNorm()).isLessThan(1e-8);
            assertThat(all(from(problem, x)))
                    .as("seed %d", seed)
                    .allSatisfy(
                            c -> assertThat(c.figures().getOr("component", 0)).isEqualTo(1));
        }
    }

    /** Rank-deficient: q_r is the empty column, and what there is stays as it is. */
    @Test
    void fillsAnEmptyComponent() {
        FactoredProblem three = PerturbedCompletion.problem(3, 0.3, 2);
        DMatrixRMaj x = new DMatrixRMaj(3, 2);
        for (int i = 0; i < 3; i++) {
            x.set(i, 0, PerturbedCompletion.trapOfThree().x().get(i));
        }
        Candidate first = all(from(three, x)).get(0);
        assertThat(first.figures().getOr("component", 0)).isEqualTo(2);
        assertThat(first.loss()).isLessThan(0.33);
        for (int i = 0; i < 3; i++) {
            assertThat(first.x().get(i, 0)).isCloseTo(x.get(i, 0), within(1e-14));
        }
    }

    /** λ_n of multiplicity 3 at X̂ = 0: every vector of its eigenspace is scored, the same ones each time. */
    @Test
    void scoresAWholeEigenspace() {
        FactoredProblem unit = PerturbedCompletion.problem(4, 1, 1);
        DMatrixRMaj z = new DMatrixRMaj(4, 3);
        for (int i = 0; i < 3; i++) {
            z.set(i, i, 1);
        }
        FactoredProblem problem =
                new FactoredProblem(unit.operator(), Gaussian.data(unit.operator(), z, 0, new Random(1)), 1);
        List<Candidate> candidates = all(from(problem, new DMatrixRMaj(4, 1)));
        assertThat(candidates).hasSize(3);
        assertThat(candidates)
                .allSatisfy(
                        c -> assertThat(c.figures().getOr("multiplicity", 0)).isEqualTo(3));
        assertThat(all(from(problem, new DMatrixRMaj(4, 1))).get(2).x().data)
                .isEqualTo(candidates.get(2).x().data);
    }

    @Test
    void refusesWhatTheScoreIsNotAbout() {
        DMatrixRMaj nan = new DMatrixRMaj(11, 1);
        nan.set(3, 0, Double.NaN);
        assertThat(from(ELEVEN, nan)).isInstanceOf(Refused.class);
        assertThat(((Refused) from(ELEVEN.withLoss(new Huber(0.1)), new DMatrixRMaj(11, 1))).why())
                .contains("half-squared residuals");
        FactoredProblem balanced =
                Gaussian.asymmetric(3, 3, 1, 7, 0, 0, new Random(1)).withBalance(0.5);
        assertThat(((Refused) from(balanced, new DMatrixRMaj(6, 1))).why()).contains("balancing term (0.5)");
        assertThatThrownBy(() -> new SodSingle(0, EigenSolver.standard())).hasMessageContaining("directions is 0");
    }
}
