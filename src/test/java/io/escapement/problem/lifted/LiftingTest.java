package io.escapement.problem.lifted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.linalg.tensor.SymmetricTensor;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.Ray;
import io.escapement.sensing.MaskOperator;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiftingTest {

    private static final long SEED = 5;

    private record Case(String name, Lifting lifting) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static FactoredProblem masked(int n, int rank) {
        return UniformCompletion.of(FactorShape.psd(n), rank, 0.7)
                .instance(Seeds.generator(SEED))
                .problem();
    }

    private static Case of(String name, FactoredProblem problem, int order) {
        return new Case(name + ", order " + order, Lifting.of(problem, order, Lifting.DEFAULT_MAX_ENTRIES));
    }

    static Stream<Case> entries() {
        return Stream.of(
                of("pmc", PerturbedMatrixCompletion.pmc(3, 0.3, 1).instance().problem(), 3),
                of("pmc", PerturbedMatrixCompletion.pmc(2, 0.3, 1).instance().problem(), 5),
                of(
                        "pmc, rank 2",
                        PerturbedMatrixCompletion.pmc(3, 0.1, 2).instance().problem(),
                        3),
                of("completion", masked(4, 1), 3),
                of("completion, rank 2", masked(3, 2), 3),
                of(
                        "rectangular",
                        UniformCompletion.of(FactorShape.asymmetric(2, 2), 1, 0.8)
                                .instance(Seeds.generator(SEED))
                                .problem(),
                        3));
    }

    static Stream<Case> general() {
        return Stream.of(
                of("gaussian", Gaussian.sensing(3, 1, 4, 0.1, 0, new Random(SEED)), 3),
                of("gaussian, rank 2", Gaussian.sensing(3, 2, 5, 0, 0, new Random(SEED)), 3),
                of("gaussian", Gaussian.sensing(2, 1, 3, 0, 0, new Random(SEED)), 5),
                of("gaussian, shared among threads", Gaussian.sensing(6, 2, 12, 0, 0, new Random(SEED)), 3));
    }

    static Stream<Case> all() {
        return Stream.concat(entries(), general());
    }

    private static DMatrixRMaj factor(Case c, double scale, Random random) {
        DMatrixRMaj w = Gaussian.matrix(
                c.lifting().problem().rows(), c.lifting().problem().columns(), random);
        for (int e = 0; e < w.getNumElements(); e++) {
            w.data[e] *= scale;
        }
        return w;
    }

    /** Σ_IJ T^{⊗l}_IJ (Σ_C W_IC W_JC)², −2⟨W, S^{⊗l}W⟩ and ‖b‖^{2l}, all n^{2l} terms written out. */
    @ParameterizedTest
    @MethodSource("entries")
    void entriesAgreeWithTheDirectForm(Case c) {
        Lifting lifting = c.lifting();
        FactoredProblem base = lifting.base();
        int n = base.rows();
        DMatrixRMaj t = ((MaskOperator) base.operator()).squaredWeights();
        DMatrixRMaj s = new DMatrixRMaj(n, n);
        DMatrixRMaj identity = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
        }
        GradientMatrix.ofData(base).apply(identity, s);
        DMatrixRMaj w = factor(c, 0.5, new Random(SEED));
        double loss = 0.5 * Math.pow(2 * base.lossAtZero(), lifting.order());
        DMatrixRMaj gradient = new DMatrixRMaj(w.numRows, w.numCols);
        for (int i = 0; i < w.numRows; i++) {
            for (int j = 0; j < w.numRows; j++) {
                double image = 0;
                for (int q = 0; q < w.numCols; q++) {
                    image += w.get(i, q) * w.get(j, q);
                }
                double weight = power(t, i, j, lifting.order());
                double data = power(s, i, j, lifting.order());
                loss += 0.5 * weight * image * image - data * image;
                for (int q = 0; q < w.numCols; q++) {
                    gradient.data[i * w.numCols + q] += 2 * (weight * image - data) * w.get(j, q);
                }
            }
        }
        Evaluation at = lifting.problem().evaluate(w);
        assertThat(at.loss()).isCloseTo(loss, within(1e-12 * loss));
        DMatrixRMaj difference = new DMatrixRMaj(w.numRows, w.numCols);
        Frobenius.add(at.gradient(), -1, gradient, difference);
        assertThat(Frobenius.norm(difference)).isLessThan(1e-12 * Frobenius.norm(gradient));
    }

    private static double power(DMatrixRMaj a, int i, int j, int order) {
        double product = 1;
        int left = i;
        int right = j;
        for (int mode = 0; mode < order; mode++) {
            product *= a.get(left % a.numRows, right % a.numRows);
            left /= a.numRows;
            right /= a.numRows;
        }
        return product;
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientAndHessianAgreeWithCentralDifferences(Case c) {
        Random random = new Random(SEED + 1);
        CompositeProblem problem = c.lifting().problem();
        DMatrixRMaj w = factor(c, 0.5, random);
        DMatrixRMaj d = factor(c, 1, random);
        Evaluation at = problem.evaluate(w);
        double step = 1e-5;
        Evaluation before = problem.evaluate(sum(w, -step, d));
        Evaluation after = problem.evaluate(sum(w, step, d));
        double slope = Frobenius.dot(at.gradient(), d);
        assertThat((after.loss() - before.loss()) / (2 * step))
                .isCloseTo(slope, within(1e-6 * (Math.abs(slope) + Frobenius.norm(at.gradient()))));
        DMatrixRMaj product = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, d, product);
        DMatrixRMaj difference = sum(after.gradient(), -1, before.gradient());
        for (int e = 0; e < difference.getNumElements(); e++) {
            difference.data[e] = difference.data[e] / (2 * step) - product.data[e];
        }
        assertThat(Frobenius.norm(difference)).isLessThan(1e-7 * Frobenius.norm(product));
    }

    private static DMatrixRMaj sum(DMatrixRMaj w, double step, DMatrixRMaj d) {
        DMatrixRMaj out = new DMatrixRMaj(w.numRows, w.numCols);
        Frobenius.add(w, step, d, out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("all")
    void theLossOnARayIsItsQuartic(Case c) {
        Random random = new Random(SEED + 2);
        CompositeProblem problem = c.lifting().problem();
        Evaluation at = problem.evaluate(factor(c, 0.5, random));
        DMatrixRMaj d = factor(c, 1e-3, random);
        Workspace workspace = new Workspace();
        for (double s : new double[] {-700, -30, 0.5, 40, 900}) {
            Evaluation measured = problem.evaluate(sum(at.x(), s, d));
            Ray ray = problem.ray(at, d, workspace);
            assertThat(ray.change(s))
                    .isCloseTo(measured.loss() - at.loss(), within(1e-10 * (at.loss() + measured.loss())));
            Evaluation carried = ray.evaluate(s);
            assertThat(carried.loss()).isCloseTo(measured.loss(), within(1e-10 * (at.loss() + measured.loss())));
            assertThat(Frobenius.norm(sum(carried.gradient(), -1, measured.gradient())))
                    .isLessThan(1e-10 * (at.gradientNorm() + measured.gradientNorm()));
        }
        Ray down = problem.ray(at, at.gradient(), workspace);
        assertThat(down.positiveMinimizer() > 0 && down.change(down.positiveMinimizer()) >= 0)
                .isFalse();
        DMatrixRMaj steepest = sum(new DMatrixRMaj(d.numRows, d.numCols), -1, at.gradient());
        double best = problem.ray(at, steepest, workspace).positiveMinimizer();
        for (double factor : new double[] {0.9, 1.1}) {
            Ray ray = problem.ray(at, steepest, workspace);
            assertThat(ray.change(best)).isLessThan(ray.change(factor * best));
        }
    }

    /** h^l(vec(X)^{⊗l}) = ½(‖𝒜(XXᵀ)‖^{2l} − 2⟨b, 𝒜(XXᵀ)⟩^l + ‖b‖^{2l}), and its gradient is that of h in each mode. */
    @ParameterizedTest
    @MethodSource("all")
    void atRankOneItIsTheMatrixProblem(Case c) {
        Lifting lifting = c.lifting();
        FactoredProblem base = lifting.base();
        DMatrixRMaj x = Gaussian.matrix(base.rows(), base.columns(), new Random(SEED + 3));
        int m = base.operator().measurements();
        double[] y = new double[m];
        base.operator().measure(x, x, y);
        double inner = 0;
        for (int k = 0; k < m; k++) {
            inner += y[k] * base.measurement(k);
        }
        int l = lifting.order();
        double expected = 0.5
                * (Math.pow(Frobenius.dot(y, y, m), l) - 2 * Math.pow(inner, l) + Math.pow(2 * base.lossAtZero(), l));
        Evaluation at = lifting.problem().evaluate(lifting.lift(x));
        assertThat(at.loss()).isCloseTo(expected, within(1e-10 * expected));
        // ∇h^l = 2[(𝒜*(y)X)^{⊗l} − (𝒜*(b)X)^{⊗l}].
        DMatrixRMaj image = new DMatrixRMaj(1, 1);
        DMatrixRMaj data = new DMatrixRMaj(1, 1);
        base.operator().backproject(y, x, image);
        GradientMatrix.ofData(base).apply(x, data);
        DMatrixRMaj gradient = sum(lifting.lift(image), -1, lifting.lift(data));
        assertThat(Frobenius.norm(sum(at.gradient(), -2, gradient))).isLessThan(1e-10 * Frobenius.norm(gradient));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theCurvatureBoundHolds(Case c) {
        Random random = new Random(SEED + 4);
        CompositeProblem problem = c.lifting().problem();
        for (double scale : new double[] {1e-9, 0.5, 3}) {
            Evaluation at = problem.evaluate(factor(c, scale, random));
            DMatrixRMaj d = factor(c, 1, random);
            double bound = problem.ray(at, d, new Workspace()).curvatureBound().orElseThrow();
            DMatrixRMaj product = new DMatrixRMaj(1, 1);
            double largest = 0;
            for (int i = 0; i < 100; i++) {
                problem.hessianProduct(at, d, product);
                largest = Frobenius.norm(product) / Frobenius.norm(d);
                d = sum(new DMatrixRMaj(product.numRows, product.numCols), 1 / Frobenius.norm(product), product);
            }
            assertThat(largest)
                    .as("scale %s", scale)
                    .isLessThanOrEqualTo(bound * (1 + 1e-12))
                    .isGreaterThan(bound / 100);
        }
    }

    /** [LEAC]'s example: 216 = 6³ is the largest entry of T^{⊗3}(w∘w) at the truth. */
    @Test
    void theLargestEntryAtTheTruthOfEleven() {
        Lifting lifting = of(
                        "pmc",
                        PerturbedMatrixCompletion.pmc(11, 0.01, 1).instance().problem(),
                        3)
                .lifting();
        DMatrixRMaj z = new DMatrixRMaj(11, 1);
        for (int i = 0; i < 11; i += 2) {
            z.data[i] = 1;
        }
        Evaluation at = lifting.problem().evaluate(lifting.lift(z));
        double largest = 0;
        for (int e = 0; e < at.x().numRows; e++) {
            largest = Math.max(largest, at.residual()[e]);
        }
        assertThat(largest).isCloseTo(216, within(1e-9));
        assertThat(at.loss()).isLessThan(1e-9);
        assertThat(at.gradientNorm()).isLessThan(1e-10);
        double bound = lifting.problem()
                .ray(at, at.x(), new Workspace())
                .curvatureBound()
                .orElseThrow();
        assertThat(bound).isCloseTo(6 * 216 + 2 * Math.pow(1.0005, 3), within(1e-9));
    }

    @Test
    void liftAndBackForSeveralColumns() {
        Lifting lifting = of(
                        "pmc",
                        PerturbedMatrixCompletion.pmc(3, 0.3, 2).instance().problem(),
                        3)
                .lifting();
        DMatrixRMaj x = Gaussian.matrix(3, 2, new Random(SEED));
        SymmetricTensor w = lifting.tensor(lifting.lift(x));
        assertThat(w.dimension()).isEqualTo(6);
        assertThat(w.distanceTo(1, x.data)).isLessThan(1e-14 * w.norm());
        assertThat(lifting.matrix(x.data.clone()).get(2, 1)).isEqualTo(x.get(2, 1));
    }

    @Test
    void refusesWhatDoesNotFitWithItsSize() {
        FactoredProblem base =
                PerturbedMatrixCompletion.pmc(200, 0.1, 1).instance().problem();
        assertThatThrownBy(() -> Lifting.of(base, 3, Lifting.DEFAULT_MAX_ENTRIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200^3·1 = 8.00e+06 numbers")
                .hasMessageContaining("at most 4000000");
        assertThatThrownBy(() -> Lifting.of(base, 4, 1000)).hasMessageContaining("odd number of at least 3");
        FactoredProblem dense = Gaussian.sensing(3, 1, 200, 0, 0, new Random(SEED));
        assertThatThrownBy(() -> Lifting.of(dense, 3, Lifting.DEFAULT_MAX_ENTRIES))
                .hasMessageContaining("m^l = 200^3 = 8.00e+06");
        assertThatThrownBy(() -> Lifting.of(masked(4, 1).withRidge(0.5), 3, 1000))
                .hasMessageContaining("the ridge is 0.5");
    }

    /** At a saddle that is strict only once lifted, both rules lower h^l, and the exact one at least as far. */
    @Test
    void theEscapeLowersTheLiftedLoss() {
        FactoredProblem base =
                PerturbedMatrixCompletion.pmc(11, 0.01, 1).instance().problem();
        Lifting lifting = of("pmc", base, 3).lifting();
        DMatrixRMaj x = new DMatrixRMaj(11, 1);
        Evaluation at = lifting.problem().evaluate(lifting.lift(x));
        Evaluation start = base.evaluate(x);
        double previous = 0;
        for (LiftedEscape.Rule rule : List.of(LiftedEscape.Rule.ARMIJO, LiftedEscape.Rule.EXACT)) {
            LiftedEscape escape = LiftedEscape.from(
                            lifting,
                            at,
                            start,
                            EigenSolver.standard().smallest(GradientMatrix.at(base, start), 1),
                            rule,
                            new Workspace())
                    .orElseThrow();
            double reached = lifting.problem()
                    .evaluate(sum(at.x(), escape.eta(), escape.direction()))
                    .loss();
            assertThat(reached - at.loss()).isCloseTo(escape.change(), within(1e-9 * at.loss()));
            assertThat(escape.change()).isLessThan(previous);
            previous = escape.change();
            double expected = rule == LiftedEscape.Rule.EXACT ? Math.pow(6, 1.5) : Math.pow(2.001, 1.5);
            assertThat(Math.abs(escape.eta())).isCloseTo(expected, within(1e-6));
        }
    }
}
