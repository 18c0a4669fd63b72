package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.escape.lifted.Dictionary;
import io.escapement.escape.lifted.LiftedDescent;
import io.escapement.escape.lifted.LiftedSubspace;
import io.escapement.escape.lifted.Term;
import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.Huber;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.RestrictedConstants;
import io.escapement.sensing.PerturbedMatrixCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SodMultiTest {

    private static final SodMulti ESCAPE = SodMulti.standard();
    private static final FactoredProblem THREE = PerturbedCompletion.problem(3, 0.3, 1);

    private static Outcome from(SodMulti escape, FactoredProblem problem, DMatrixRMaj x) {
        return escape.from(problem, LeacSimulatedTest.trap(problem, x));
    }

    private static List<Candidate> all(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Moved.class);
        List<Candidate> candidates = new ArrayList<>();
        ((Moved) outcome).candidates().forEachRemaining(candidates::add);
        return candidates;
    }

    /** The lifted descent of a trap of rank one. */
    private static LiftedDescent lifted(FactoredProblem problem, Evaluation trap, int leading, int order) {
        Evaluation rest = problem.evaluate(new DMatrixRMaj(problem.rows(), 1));
        FactorSvd svd = FactorSvd.of(trap.x());
        Dictionary dictionary = Dictionary.of(
                svd.left(0),
                EigenSolver.standard()
                        .smallest(GradientMatrix.at(problem, trap), 1)
                        .first()
                        .vector(),
                GradientMatrix.at(problem, rest).negated(),
                leading,
                EigenSolver.standard());
        LiftedSubspace subspace =
                LiftedSubspace.of(problem, rest, dictionary.directions()).orElseThrow();
        return LiftedDescent.of(subspace, dictionary, svd.sigma(0) / subspace.unit(), order, 300);
    }

    /** n = 3, ρ = 0.3: order 3 stays on the a-term; 5 and 11 reach h^l = 0 with the a-term gone. */
    @Test
    void orderFiveIsTheFirstToLeaveTheTrapOfThree() {
        Evaluation trap = PerturbedCompletion.trapOfThree();
        assertThat(trap.loss()).isCloseTo(0.330, within(5e-4));
        LiftedDescent third = lifted(THREE, trap, 0, 3);
        assertThat(third.dominant()).isEqualTo(Term.A);
        assertThat(third.terms()[0]).isCloseTo(1, within(1e-6));
        for (int order : new int[] {5, 11}) {
            LiftedDescent descent = lifted(THREE, trap, 0, order);
            assertThat(descent.loss()).as("order %d", order).isCloseTo(0, within(1e-6));
            assertThat(descent.terms()[0]).isLessThan(1e-3);
            assertThat(descent.dominant()).isEqualTo(Term.B);
        }
    }

    /** A trap of n = 40, ρ = 0.1 whose signs are wrong in 6 of 20 places. */
    private static Evaluation trapOfForty(FactoredProblem problem) {
        DMatrixRMaj start = new DMatrixRMaj(40, 1);
        for (int i = 0; i < 40; i += 2) {
            start.data[i] = i < 12 ? -1 : 1;
        }
        return Descent.to(problem, start);
    }

    /** n = 40, 30 % of the signs wrong: d_1 … d_3 never reach h^l = 0, with the leading eigenvector of 𝒜*(b) they do. */
    @Test
    void atFortyTheDataAreNeeded() {
        FactoredProblem problem =
                PerturbedMatrixCompletion.pmc(40, 0.1, 1).instance().problem();
        Evaluation trap = trapOfForty(problem);
        assertThat(trap.loss()).isCloseTo(3.0609, within(1e-3));
        for (int order = 3; order <= 11; order += 2) {
            assertThat(lifted(problem, trap, 0, order).loss())
                    .as("order %d", order)
                    .isGreaterThan(0.05);
        }
        LiftedDescent fifth = lifted(problem, trap, 1, 5);
        assertThat(fifth.loss()).isCloseTo(0, within(1e-4));
        assertThat(fifth.dominant()).isEqualTo(Term.C);
        Candidate first = all(from(ESCAPE, problem, trap.x())).get(0);
        assertThat(first.type()).contains("gamma-type");
        assertThat(Descent.to(problem, first.x()).loss()).isLessThan(1e-12);
    }

    @Test
    void candidatesAndTheirTrace() {
        List<Candidate> candidates =
                all(from(ESCAPE, THREE, PerturbedCompletion.trapOfThree().x()));
        Candidate first = candidates.get(0);
        assertThat(first.mechanism()).isEqualTo("sod-multi");
        assertThat(first.type()).contains("beta-type");
        assertThat(first.figures().getOr("liftOrder", 0)).isEqualTo(5);
        assertThat(first.loss()).isCloseTo(0, within(1e-12)).isEqualTo(THREE.value(first.x()));
        assertThat(first.trace()).hasSizeGreaterThan(3);
        double before = Double.POSITIVE_INFINITY;
        for (Values row : first.trace()) {
            assertThat(row.asMap()).containsOnlyKeys("liftedLoss", "aTerm", "bTerm", "cTerm", "liftOrder");
            assertThat(row.getOr("liftedLoss", 1)).isLessThan(before);
            before = row.getOr("liftedLoss", 1);
        }
        assertThat(first.trace().get(0).getOr("aTerm", 0)).isCloseTo(1, within(1e-12));
        assertThat(candidates.stream().skip(1))
                .allSatisfy(c -> assertThat(c.trace()).isEmpty());
        List<Candidate> again =
                all(from(ESCAPE, THREE, PerturbedCompletion.trapOfThree().x()));
        assertThat(again.get(0).x().data).isEqualTo(first.x().data);
        // At a given order that stays on the a-term, what is lower than the trap is still offered.
        Candidate third = all(from(
                        ESCAPE.withOrder(3),
                        THREE,
                        PerturbedCompletion.trapOfThree().x()))
                .get(0);
        assertThat(third.detail()).contains("stays at order 3");
        assertThat(third.loss()).isCloseTo(0, within(1e-12));
    }

    /** The best of the truth stays; at a minimum that noise keeps from 0 too, and no run ends higher. */
    @Test
    void globalMinimaAreNotLeft() {
        Refused refused = (Refused) from(ESCAPE, THREE, PerturbedCompletion.truth(3));
        assertThat(refused.why()).contains("stays on the a-term").contains("order 11");
        assertThat(refused.trace()).isNotEmpty();
        int trapped = 0;
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = new FactoredProblem(
                    THREE.operator(), Gaussian.data(THREE.operator(), PerturbedCompletion.truth(3), 0.02, random), 1);
            Evaluation best = Descent.to(problem, PerturbedCompletion.truth(3));
            assertThat(best.loss()).isPositive();
            assertThat(from(ESCAPE, problem, best.x())).as("seed %d", seed).isInstanceOf(Refused.class);
            Evaluation trap = Descent.to(problem, new DMatrixRMaj(3, 1, true, 1, 0, -1));
            if (trap.loss() > best.loss() + 0.1) {
                trapped++;
                Evaluation end = Descent.to(
                        problem, all(from(ESCAPE, problem, trap.x())).get(0).x());
                assertThat(end.loss()).as("seed %d", seed).isCloseTo(best.loss(), within(1e-9));
            }
        }
        assertThat(trapped).isPositive();
    }

    /** No trap component to lift, and one of 1e−7: the data pull, straight to the truth. */
    @Test
    void leavesZeroAndAlmostZero() {
        FactoredProblem problem = PerturbedCompletion.problem(11, 0.01, 1);
        DMatrixRMaj tiny = Gaussian.matrix(11, 1, new Random(1));
        for (int i = 0; i < 11; i++) {
            tiny.data[i] *= 4e-8;
        }
        for (DMatrixRMaj x : new DMatrixRMaj[] {tiny, new DMatrixRMaj(11, 1)}) {
            Candidate first = all(from(ESCAPE, problem, x)).get(0);
            double s = first.figures().getOr("s", 0);
            assertThat(s * s).isCloseTo(6, within(1e-5));
            assertThat(first.loss()).isCloseTo(0, within(1e-12));
            assertThat(first.type()).contains("beta-type");
        }
    }

    /** Two problems of size 3 side by side, X̂ at the truth of one and in the trap of the other. */
    private static FactoredProblem twoBlocks(double first) {
        double[][] rows = new double[21][36];
        int k = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++, k++) {
                double weight = i / 3 == j / 3 && i != j && i % 3 != 1 && j % 3 != 1 ? 0.3 : 1;
                double scaled = i == j ? weight : Math.sqrt(2) * weight;
                rows[k][6 * i + j] += 0.5 * scaled;
                rows[k][6 * j + i] += 0.5 * scaled;
            }
        }
        var operator = new DenseReferenceOperator(6, rows, new RestrictedConstants(0.09, 1, "exact: squared weights"));
        DMatrixRMaj z = new DMatrixRMaj(6, 2, true, first, 0, 0, 0, first, 0, 0, 1, 0, 0, 0, 1);
        return new FactoredProblem(operator, Gaussian.data(operator, z, 0, new Random(1)), 2);
    }

    /** r = 2: the trapped component is replaced, whether it is the weaker or the stronger one, and the other one stays. */
    @Test
    void replacesOneComponentOfTwo() {
        double t = PerturbedCompletion.trapOfThree().x().get(0);
        for (double first : new double[] {2, 0.5}) {
            FactoredProblem problem = twoBlocks(first);
            DMatrixRMaj x = new DMatrixRMaj(6, 2, true, first, 0, 0, 0, first, 0, 0, t, 0, 0, 0, -t);
            assertThat(problem.evaluate(x).gradientNorm()).isLessThan(1e-8);
            List<Candidate> candidates = all(from(ESCAPE, problem, x));
            double trapped = first > 1 ? 2 : 1;
            Candidate truth = candidates.stream()
                    .filter(c -> c.figures().getOr("component", 0) == trapped)
                    .findFirst()
                    .orElseThrow();
            assertThat(truth.loss()).isCloseTo(0, within(1e-12));
            assertThat(candidates.get(0).figures().getOr("component", 0)).isEqualTo(2);
        }
    }

    /** An empty component is filled, and what there is stays. */
    @Test
    void fillsAnEmptyComponent() {
        FactoredProblem problem = PerturbedCompletion.problem(3, 0.3, 2);
        DMatrixRMaj x = new DMatrixRMaj(3, 2);
        for (int i = 0; i < 3; i++) {
            x.set(i, 0, PerturbedCompletion.trapOfThree().x().get(i));
        }
        Candidate first = all(from(ESCAPE, problem, x)).get(0);
        assertThat(first.figures().getOr("component", 0)).isEqualTo(2);
        assertThat(first.loss()).isLessThan(0.33);
        for (int i = 0; i < 3; i++) {
            assertThat(first.x().get(i, 0)).isCloseTo(x.get(i, 0), within(1e-14));
        }
    }

    /** Ridges and asymmetric factors, stationary and not: whatever is offered is what it says. */
    @Test
    void candidatesAreWhatTheySay() {
        int moved = 0;
        int refused = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            double ridge = seed % 3 == 0 ? 0.1 : 0;
            FactoredProblem problem = seed % 2 == 0
                    ? Gaussian.asymmetric(4, 3, 1 + seed % 4 / 2, 9, 0.1, ridge, random)
                    : Gaussian.sensing(6, 1 + seed % 4 / 2, 9, 0.1, ridge, random);
            DMatrixRMaj start = Gaussian.matrix(problem.rows(), problem.columns(), random);
            DMatrixRMaj x = seed % 5 == 0
                    ? new DMatrixRMaj(problem.rows(), problem.columns())
                    : Descent.to(problem, start).x();
            double[] before = x.data.clone();
            if (from(ESCAPE, problem, x) instanceof Moved outcome) {
                moved++;
                for (Candidate candidate : all(outcome)) {
                    assertThat(candidate.loss()).isEqualTo(problem.value(candidate.x()));
                    DMatrixRMaj rest =
                            FactorSvd.of(x).without((int) candidate.figures().getOr("component", 0) - 1);
                    DMatrixRMaj put = new DMatrixRMaj(x.numRows, x.numCols);
                    Frobenius.add(candidate.x(), -1, rest, put);
                    assertThat(Frobenius.norm(put))
                            .as("seed %d", seed)
                            .isCloseTo(candidate.figures().getOr("s", 0), within(1e-9));
                    assertThat(candidate.loss()).as("seed %d", seed).isLessThan(problem.value(rest));
                }
            } else {
                refused++;
            }
            assertThat(x.data).isEqualTo(before);
        }
        assertThat(moved).isGreaterThan(5);
        assertThat(refused).isGreaterThan(5);
    }

    @Test
    void repeatedEigenvalueIsRecorded() {
        FactoredProblem unit = PerturbedCompletion.problem(4, 1, 1);
        DMatrixRMaj z = new DMatrixRMaj(4, 2, true, 1, 0, 0, 1, 0, 0, 0, 0);
        FactoredProblem problem =
                new FactoredProblem(unit.operator(), Gaussian.data(unit.operator(), z, 0, new Random(1)), 1);
        List<Candidate> candidates = all(from(ESCAPE, problem, new DMatrixRMaj(4, 1)));
        assertThat(candidates.get(0).figures().getOr("multiplicity", 0)).isEqualTo(2);
        assertThat(candidates.get(0).loss()).isCloseTo(0.5, within(1e-12));
        assertThat(all(from(ESCAPE, problem, new DMatrixRMaj(4, 1))).get(0).x().data)
                .isEqualTo(candidates.get(0).x().data);
    }

    @Test
    void refusals() {
        FactoredProblem empty = new FactoredProblem(THREE.operator(), new double[6], 1);
        assertThat(((Refused) from(ESCAPE, empty, new DMatrixRMaj(3, 1))).why()).contains("nothing left to explain");
        assertThat(((Refused) from(ESCAPE, THREE.withLoss(new Huber(0.1)), new DMatrixRMaj(3, 1))).why())
                .contains("half-squared residuals");
        DMatrixRMaj nan = new DMatrixRMaj(3, 1);
        nan.data[1] = Double.NaN;
        assertThat(from(ESCAPE, THREE, nan)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> ESCAPE.withOrder(4)).hasMessageContaining("order is 4");
        assertThatThrownBy(() -> ESCAPE.withLeading(-1)).hasMessageContaining("leading is -1");
    }
}
