package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.sensing.FactorTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class OracleProbeTest {

    private static final OracleProbe PROBE = OracleProbe.standard();

    private static List<Candidate> candidates(OracleProbe probe, FactoredProblem problem, DMatrixRMaj x) {
        Outcome outcome = probe.from(problem, LeacSimulatedTest.trap(problem, x));
        List<Candidate> all = new ArrayList<>();
        if (outcome instanceof Moved moved) {
            moved.candidates().forEachRemaining(all::add);
            assertThat(all).isNotEmpty();
            assertThatThrownBy(() -> moved.candidates().next()).isInstanceOf(NoSuchElementException.class);
        }
        return all;
    }

    /** What a run does: descend from each candidate until one ends lower, then probe from there. */
    private static Evaluation probed(FactoredProblem problem, Evaluation start, int escapes) {
        Evaluation at = start;
        for (int i = 0; i < escapes && at.loss() > 1e-12 * problem.lossAtZero(); i++) {
            double loss = at.loss();
            Outcome outcome = PROBE.from(problem, LeacSimulatedTest.trap(problem, at.x()));
            if (!(outcome instanceof Moved moved)) {
                return at;
            }
            while (at.loss() == loss && moved.candidates().hasNext()) {
                Evaluation end = Descent.to(problem, moved.candidates().next().x());
                at = end.loss() < loss * (1 - 1e-6) ? end : at;
            }
            if (at.loss() == loss) {
                return at;
            }
        }
        return at;
    }

    @Test
    void leadsOutOfTheTrapOfThreeToTheTruth() {
        FactoredProblem problem = PerturbedCompletion.problem(3, 0.3, 1);
        Evaluation trap = PerturbedCompletion.trapOfThree();
        assertThat(distance(trap.x())).isCloseTo(2.605, within(5e-4));
        Evaluation end = probed(problem, trap, 1);
        assertThat(end.loss()).isLessThan(1e-12);
        assertThat(distance(end.x())).isLessThan(1e-6);
    }

    private static double distance(DMatrixRMaj x) {
        DMatrixRMaj z = PerturbedCompletion.truth(x.numRows);
        double sum = 0;
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numRows; j++) {
                double entry = x.get(i) * x.get(j) - z.get(i) * z.get(j);
                sum += entry * entry;
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void wrongSignsOfAllKindsAreRepaired() {
        FactoredProblem problem = PerturbedCompletion.problem(9, 0.1, 1);
        int trapped = 0;
        for (int seed = 0; seed < 12; seed++) {
            Evaluation trap = Descent.to(problem, Gaussian.matrix(9, 1, new Random(seed)));
            trapped += distance(trap.x()) > 0.1 ? 1 : 0;
            assertThat(distance(probed(problem, trap, 20).x()))
                    .as("seed %d", seed)
                    .isLessThan(1e-4);
        }
        assertThat(trapped).isGreaterThan(3);
    }

    /** s is the minimizer along the ray from X̂ without the component, which section 4.5 writes out. */
    @Test
    void candidatesMatchTheFormula() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = seed % 2 == 0
                    ? Gaussian.sensing(6, 2, 11, 0.1, seed % 4 == 0 ? 0.2 : 0, random)
                    : Gaussian.asymmetric(4, 3, 2, 11, 0.1, seed % 3 == 0 ? 0.2 : 0, random);
            Evaluation at = Descent.to(problem, Gaussian.matrix(problem.rows(), 2, random));
            FactorSvd svd = FactorSvd.of(at.x());
            for (Candidate candidate : candidates(PROBE, problem, at.x())) {
                assertThat(candidate.loss()).isEqualTo(problem.value(candidate.x()));
                int component = (int) candidate.figures().getOr("component", 0) - 1;
                DMatrixRMaj rest = svd.without(component);
                DMatrixRMaj added = new DMatrixRMaj(problem.rows(), 2);
                Frobenius.add(candidate.x(), -1, rest, added);
                double s = candidate.figures().getOr("s", 0);
                assertThat(Frobenius.norm(added)).isCloseTo(s, within(1e-10));
                double[] r = problem.evaluate(rest).residual();
                double[] a = new double[r.length];
                problem.operator().measure(added, added, a); // s²·𝒜(uuᵀ)
                double numerator = Frobenius.dot(r, a, r.length) / (s * s) + 0.5 * problem.ridge();
                double square = -numerator / (Frobenius.dot(a, a, r.length) / (s * s * s * s));
                assertThat(s * s).as("seed %d", seed).isCloseTo(square, within(1e-8 * square));
                for (double factor : new double[] {0.9, 1.1, -1}) {
                    Frobenius.add(rest, factor, added, added);
                    assertThat(problem.value(added))
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(candidate.loss() * (1 - 1e-10));
                    Frobenius.add(candidate.x(), -1, rest, added);
                }
            }
        }
    }

    @Test
    void weakestComponentAndLowestEigenvectorComeFirst() {
        FactoredProblem problem = Gaussian.sensing(7, 2, 12, 0, 0, new Random(4));
        Evaluation at = Descent.to(problem, Gaussian.matrix(7, 2, new Random(5)));
        List<Candidate> all = candidates(PROBE, problem, at.x());
        for (int i = 1; i < all.size(); i++) {
            double component = all.get(i).figures().getOr("component", 0);
            double before = all.get(i - 1).figures().getOr("component", 0);
            assertThat(component).isLessThanOrEqualTo(before);
            if (component == before) {
                assertThat(all.get(i).figures().getOr("lambda", 0))
                        .isGreaterThanOrEqualTo(all.get(i - 1).figures().getOr("lambda", 0));
            }
        }
        assertThat(all.get(0).figures().getOr("component", 0)).isEqualTo(2);
        assertThat(all.size()).isBetween(2, 14);
        List<Candidate> again = candidates(PROBE, problem, at.x());
        for (int i = 0; i < all.size(); i++) {
            assertThat(again.get(i).x().data).isEqualTo(all.get(i).x().data);
        }
    }

    @Test
    void emptyComponentsAreProbedOnce() {
        FactoredProblem problem = PerturbedCompletion.problem(5, 0.3, 3);
        List<Candidate> fromZero = candidates(PROBE, problem, new DMatrixRMaj(5, 3));
        // G(0) = −T∘M* is positive nowhere and has rank 3: three eigenvectors can take the place.
        assertThat(fromZero).hasSize(3);
        assertThat(fromZero).allSatisfy(c -> assertThat(c.loss()).isLessThan(problem.lossAtZero()));
        DMatrixRMaj oneColumn = new DMatrixRMaj(5, 3);
        oneColumn.set(0, 1, 1);
        assertThat(candidates(
                        new OracleProbe(1, 1, Double.POSITIVE_INFINITY, EigenSolver.standard()), problem, oneColumn))
                .hasSize(2)
                .extracting(c -> c.figures().getOr("component", 0))
                .containsExactly(3.0, 1.0);
    }

    /** The identity measured at 0: the two eigenvectors of its repeated eigenvalue can be swapped, and one is enough. */
    @Test
    void directionsThatASymmetryMakesEqualAreTriedOnce() {
        FactoredProblem unit = PerturbedCompletion.problem(4, 1, 1);
        DMatrixRMaj z = new DMatrixRMaj(4, 2);
        z.set(0, 0, 1);
        z.set(1, 1, 1);
        FactoredProblem problem =
                new FactoredProblem(unit.operator(), Gaussian.data(unit.operator(), z, 0, new Random(1)), 1);
        List<Candidate> all = candidates(PROBE, problem, new DMatrixRMaj(4, 1));
        assertThat(all).hasSize(1);
        assertThat(all).allSatisfy(c -> assertThat(c.loss()).isCloseTo(0.5, within(1e-12)));
    }

    /** Stacked Z = [X; Y]: probing never ends higher, and repairs most of what descent leaves. */
    @Test
    void worksOnAsymmetricFactors() {
        int stuck = 0;
        int repaired = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = Gaussian.asymmetric(5, 4, 1, 12, 0, 0, random);
            Evaluation trap = Descent.to(problem, Gaussian.matrix(9, 1, random));
            if (trap.loss() > 1e-8 * problem.lossAtZero()) {
                stuck++;
                Evaluation end = probed(problem, trap, 20);
                assertThat(end.loss()).as("seed %d", seed).isLessThanOrEqualTo(trap.loss());
                repaired += end.loss() < 1e-12 * problem.lossAtZero() ? 1 : 0;
            }
        }
        assertThat(stuck).isGreaterThan(2);
        assertThat(repaired).as("of %d", stuck).isGreaterThan(stuck / 2);
    }

    /** First every component with the lowest eigenvectors, then every component with the next. */
    @Test
    void furtherEigenvectorsFollowWhereTheFirstLedNowhere() {
        FactoredProblem problem = Gaussian.sensing(12, 2, 24, 0, 0, new Random(2));
        DMatrixRMaj x =
                Descent.to(problem, Gaussian.matrix(12, 2, new Random(3))).x();
        List<Candidate> all = candidates(new OracleProbe(2, 5, Double.POSITIVE_INFINITY, PROBE.eigen()), problem, x);
        List<Double> narrow = candidates(PROBE.withDirections(2), problem, x).stream()
                .map(Candidate::loss)
                .toList();
        assertThat(all.stream().map(Candidate::loss)).startsWith(narrow.toArray(Double[]::new));
        assertThat(all.stream().skip(narrow.size()).map(c -> c.figures().getOr("direction", 0)))
                .isNotEmpty()
                .allMatch(direction -> direction > 2 && direction <= 5);
        assertThatThrownBy(() -> new OracleProbe(2, 1, Double.POSITIVE_INFINITY, PROBE.eigen()))
                .hasMessageContaining("further is 1");
    }

    @Test
    void refusals() {
        // b = 0 at X = 0: nothing can be put in.
        FactoredProblem unit = PerturbedCompletion.problem(3, 1, 1);
        FactoredProblem empty = new FactoredProblem(unit.operator(), new double[6], 1);
        Outcome outcome = PROBE.from(empty, LeacSimulatedTest.trap(empty, new DMatrixRMaj(3, 1)));
        assertThat(((Refused) outcome).why()).contains("3 tried").contains("s² is not above 0");
        DMatrixRMaj x = new DMatrixRMaj(3, 1);
        x.set(0, 0, Double.NaN);
        assertThat(PROBE.from(unit, LeacSimulatedTest.trap(unit, x))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> new OracleProbe(0, 0, Double.POSITIVE_INFINITY, EigenSolver.standard()))
                .hasMessageContaining("directions is 0");
    }

    @Test
    void candidatesFarAboveTheTrapAndThoseThatChangeNothingAreSkipped() {
        int skipped = 0;
        for (int seed = 0; seed < 10; seed++) {
            FactoredProblem problem = Gaussian.sensing(8, 2, 16, 0.3, 0, new Random(seed));
            Evaluation at = Descent.to(problem, Gaussian.matrix(8, 2, new Random(seed)));
            List<Candidate> all = candidates(PROBE.withDirections(8), problem, at.x());
            FactorSvd svd = FactorSvd.of(at.x());
            for (Candidate candidate : all) {
                double change = new FactorTruth(at.x(), problem.shape()).distance(candidate.x());
                assertThat(change).as("seed %d", seed).isGreaterThan(1e-3 * svd.smallest());
            }
            double most = 3;
            List<Candidate> near = candidates(PROBE.withDirections(8).within(most), problem, at.x());
            assertThat(near).as("seed %d", seed).hasSize((int)
                    all.stream().filter(one -> one.loss() <= most * at.loss()).count());
            skipped += all.size() - near.size();
        }
        assertThat(skipped).isPositive();
        assertThatThrownBy(() -> PROBE.within(0)).hasMessageContaining("near is 0");
    }
}
