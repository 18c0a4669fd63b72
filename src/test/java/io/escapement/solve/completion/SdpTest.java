package io.escapement.solve.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Workspace;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimality conditions, computed here from the problem alone: feasibility, a dual that is feasible, complementarity. */
class SdpTest {

    private static final long SEED = 5;

    private static Sdp.State solved(FactoredProblem problem, int steps) {
        Workspace workspace = new Workspace();
        Sdp solver = new Sdp();
        Sdp.State state = solver.start(problem, InitialPoint.gaussian(problem, 0.1, Seeds.generator(SEED)), workspace);
        for (int i = 0; i < steps && (i == 0 || state.kkt().worst() > 1e-9); i++) {
            state = solver.step(problem, state, workspace);
        }
        return state;
    }

    private static double smallestEigenvalue(DMatrixRMaj a) {
        SymmetricQRAlgorithmDecomposition_DDRM eigen = new SymmetricQRAlgorithmDecomposition_DDRM(false);
        assertThat(eigen.decompose(a.copy())).isTrue();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < a.numRows; i++) {
            least = Math.min(least, eigen.getEigenvalue(i).getReal());
        }
        return least;
    }

    private static double inner(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int e = 0; e < a.getNumElements(); e++) {
            sum += a.data[e] * b.data[e];
        }
        return sum;
    }

    /** 𝒜(M) through the factors M·I. */
    private static double[] measured(FactoredProblem problem, DMatrixRMaj m) {
        double[] out = new double[problem.operator().measurements()];
        problem.operator().measure(m, CommonOps_DDRM.identity(m.numRows), out);
        return out;
    }

    /** ∇f(M) + … = 𝒜*(𝒜(M) − b) + (λ/2)I, in full. */
    private static DMatrixRMaj gradient(FactoredProblem problem, DMatrixRMaj m) {
        double[] residual = measured(problem, m);
        for (int k = 0; k < residual.length; k++) {
            residual[k] -= problem.measurement(k);
        }
        DMatrixRMaj gradient = new DMatrixRMaj(m.numRows, m.numCols);
        problem.gradientMatrixTimes(residual, CommonOps_DDRM.identity(m.numRows), gradient);
        return gradient;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void theRegularizedRelaxationIsOptimal(int columns) {
        FactorShape shape = columns == 0 ? FactorShape.psd(9) : FactorShape.asymmetric(8, columns);
        FactoredProblem problem = new UniformCompletion(shape, 2, 2, 2, 0.7, 0.3, 0)
                .instance(Seeds.generator(SEED))
                .problem()
                .withRidge(1.5);
        Sdp.State state = solved(problem, 20_000);
        DMatrixRMaj n = state.n();
        DMatrixRMaj gradient = gradient(problem, n);
        assertThat(smallestEigenvalue(n)).as("N ⪰ 0, seed %d", SEED).isGreaterThan(-1e-9);
        assertThat(smallestEigenvalue(gradient)).as("∇f ⪰ 0, seed %d", SEED).isGreaterThan(-1e-6);
        assertThat(inner(gradient, n)).as("⟨∇f, N⟩, seed %d", SEED).isCloseTo(0, within(1e-6));
        double value = 0;
        double[] fit = measured(problem, n);
        for (int k = 0; k < fit.length; k++) {
            double miss = fit[k] - problem.measurement(k);
            value += 0.5 * miss * miss;
        }
        assertThat(state.figures().get(Sdp.OBJECTIVE)).isCloseTo(value + 0.75 * CommonOps_DDRM.trace(n), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void theLeastTraceThatFitsIsOptimal(int columns) {
        FactorShape shape = columns == 0 ? FactorShape.psd(10) : FactorShape.asymmetric(10, columns);
        Instance<FactoredProblem> instance = UniformCompletion.of(shape, 2, 0.5).instance(Seeds.generator(SEED));
        FactoredProblem problem = instance.problem();
        Sdp.State state = solved(problem, 20_000);
        DMatrixRMaj n = state.n();
        double[] fit = measured(problem, n);
        for (int k = 0; k < fit.length; k++) {
            assertThat(fit[k]).as("measurement %d, seed %d", k, SEED).isCloseTo(problem.measurement(k), within(1e-5));
        }
        // Any y with I − 𝒜*(y) ⪰ 0 gives the lower bound ⟨b, y⟩ on the trace: y from the method's slack, shrunk until
        // feasible.
        DMatrixRMaj slack = state.slack();
        double[] y = new double[problem.operator().measurements()];
        double[] ones = measured(problem, CommonOps_DDRM.identity(n.numRows));
        double[] shadow = measured(problem, slack);
        for (int k = 0; k < y.length; k++) {
            DMatrixRMaj row = new DMatrixRMaj(n.numRows, n.numRows);
            double[] unit = new double[y.length];
            unit[k] = 1;
            problem.operator().backproject(unit, CommonOps_DDRM.identity(n.numRows), row);
            y[k] = (ones[k] - shadow[k]) / inner(row, row);
        }
        DMatrixRMaj dual = new DMatrixRMaj(n.numRows, n.numRows);
        problem.operator().backproject(y, CommonOps_DDRM.identity(n.numRows), dual);
        CommonOps_DDRM.scale(-1, dual);
        double shrink = 1 / Math.max(1, -smallestEigenvalue(dual));
        double bound = 0;
        for (int k = 0; k < y.length; k++) {
            bound += shrink * y[k] * problem.measurement(k);
        }
        double trace = CommonOps_DDRM.trace(n);
        assertThat(trace)
                .as("trace against dual bound %s, seed %d", bound, SEED)
                .isCloseTo(bound, within(1e-4 * trace));
        assertThat(smallestEigenvalue(n)).isGreaterThan(-1e-9);
    }

    /** b holds the truth there, and f is strictly convex: nothing else is optimal. On ε-MC it is what is seen, zeros included. */
    @Test
    void whereEveryEntryWeighsItIsTheConvexProblemItself() {
        Instance<FactoredProblem> pmc = PerturbedMatrixCompletion.pmc(7, 0.3, 1).instance();
        Sdp.State state = solved(pmc.problem(), 5000);
        assertThat(pmc.truth().orElseThrow().distance(state.x())).isLessThan(1e-6);
        assertThat(state.figures().get(Sdp.RANK)).isEqualTo(1);
        assertThat(state.gradientNorm()).isLessThan(1e-6);
        Instance<FactoredProblem> epsilon =
                PerturbedMatrixCompletion.epsilonMc(7, 0.1, 1).instance();
        DMatrixRMaj n = solved(epsilon.problem(), 5000).n();
        double[] expected = new double[49];
        for (int i = 0; i < 7; i += 2) {
            expected[8 * i] = 1;
        }
        for (int e = 0; e < 49; e++) {
            assertThat(n.data[e]).as("entry %d", e).isCloseTo(expected[e], within(1e-6));
        }
    }

    @Test
    void findsTheTruthWhereEnoughIsSeen() {
        for (FactorShape shape : Arrays.asList(FactorShape.psd(20), FactorShape.asymmetric(20, 16))) {
            Instance<FactoredProblem> instance =
                    UniformCompletion.of(shape, 1, 0.7).instance(Seeds.generator(SEED));
            Sdp.State state = solved(instance.problem(), 3000);
            assertThat(instance.truth().orElseThrow().distance(state.x()))
                    .as("%s, seed %d", instance.description(), SEED)
                    .isLessThan(1e-5);
        }
    }

    @Test
    void refusesOtherMeasurementsLossesAndSizes() {
        assertThatThrownBy(() -> Sdp.requireFits(GaussianSensing.of(FactorShape.psd(6), 1, 20)
                        .instance(Seeds.generator(SEED))
                        .problem()))
                .hasMessageContaining("sdp is for matrices of which entries are measured");
        FactoredProblem small = UniformCompletion.of(FactorShape.psd(6), 1, 0.9)
                .instance(Seeds.generator(SEED))
                .problem();
        assertThatThrownBy(() -> Sdp.requireFits(small.withLoss(new EuclideanNorm())))
                .hasMessageContaining("sdp is for half-squared residuals");
        assertThatThrownBy(() -> Sdp.requireFits(UniformCompletion.of(FactorShape.asymmetric(400, 200), 1, 0.1)
                        .instance(Seeds.generator(SEED))
                        .problem()))
                .hasMessageContaining("sdp holds 600×600 matrices in full; up to 500 rows");
    }
}
