package io.escapement.solve.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.FactorTruth;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.MaskOperator;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the iteration written with dense matrices, W from a weighted system of all columns. */
class LinRfmTest {

    private static final long SEED = 3;
    private static final double RIDGE = 1e-9;

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, out);
        return out;
    }

    /** M^power of a positive definite matrix by its singular values. */
    private static DMatrixRMaj power(DMatrixRMaj m, double power) {
        int n = m.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n, n, true, true, true);
        assertThat(svd.decompose(m.copy())).isTrue();
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj w = svd.getW(null);
        for (int i = 0; i < n; i++) {
            w.set(i, i, Math.pow(w.get(i, i), power));
        }
        return product(product(u, w), svd.getU(null, true));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.8})
    void theKernelFollowsTheDenseIteration(double alpha) {
        int n1 = 7;
        int n2 = 5;
        Instance<FactoredProblem> instance =
                UniformCompletion.of(FactorShape.asymmetric(n1, n2), 2, 0.7).instance(Seeds.generator(SEED));
        FactoredProblem problem = instance.problem();
        DMatrixRMaj seen = new DMatrixRMaj(n1, n2);
        DMatrixRMaj values = new DMatrixRMaj(n1, n2);
        double[] squares = {0, 0};
        ((MaskOperator) problem.operator()).forEachEntry((k, i, j, c) -> {
            seen.set(i, j - n1, 1);
            values.set(i, j - n1, problem.measurement(k));
            squares[0] += problem.measurement(k) * problem.measurement(k);
            squares[1]++;
        });
        double s2 = squares[0] / squares[1];
        LinRfm solver = new LinRfm(alpha, 0.8);
        Workspace workspace = new Workspace();
        LinRfm.State state =
                solver.start(problem, InitialPoint.gaussian(problem, 0.1, Seeds.generator(SEED)), workspace);
        DMatrixRMaj kernel = CommonOps_DDRM.identity(n2);
        CommonOps_DDRM.scale(s2, kernel);
        double epsilon = 1;
        for (int round = 0; round < 6; round++) {
            DMatrixRMaj w = new DMatrixRMaj(n1, n2);
            for (int i = 0; i < n1; i++) {
                // min Σ over seen (w_j − y_j)² + λ wᵀK⁻¹w: (KP + λI)w = KPy, P the projection on what is seen.
                DMatrixRMaj system = new DMatrixRMaj(n2, n2);
                DMatrixRMaj right = new DMatrixRMaj(n2, 1);
                for (int a = 0; a < n2; a++) {
                    for (int b = 0; b < n2; b++) {
                        system.set(a, b, kernel.get(a, b) * seen.get(i, b) + (a == b ? RIDGE * s2 : 0));
                        right.data[a] += kernel.get(a, b) * values.get(i, b);
                    }
                }
                DMatrixRMaj row = new DMatrixRMaj(n2, 1);
                assertThat(CommonOps_DDRM.solve(system, right, row)).isTrue();
                System.arraycopy(row.data, 0, w.data, i * n2, n2);
            }
            state = solver.step(problem, state, workspace);
            FactorTruth best = new FactorTruth(Entries.factor(w, 2), FactorShape.asymmetric(n1, n2));
            assertThat(best.distance(state.x()))
                    .as("round %d, seed %d", round, SEED)
                    .isCloseTo(0, within(1e-5));
            DMatrixRMaj gram = product(CommonOps_DDRM.transpose(w, null), w);
            CommonOps_DDRM.scale(1 / (n1 * s2), gram);
            CommonOps_DDRM.add(gram, CommonOps_DDRM.diag(epsilon, epsilon, epsilon, epsilon, epsilon), gram);
            kernel = power(gram, 2 * alpha);
            CommonOps_DDRM.scale(s2, kernel);
            epsilon *= 0.8;
            DMatrixRMaj off = new DMatrixRMaj(n2, n2);
            CommonOps_DDRM.subtract(kernel, state.kernel(), off);
            assertThat(Frobenius.norm(off))
                    .as("kernel, round %d, seed %d", round, SEED)
                    .isLessThan(1e-5 * Frobenius.norm(kernel));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15})
    void completesWhereEnoughIsSeen(int columns) {
        FactorShape shape = columns == 0 ? FactorShape.psd(20) : FactorShape.asymmetric(20, columns);
        Instance<FactoredProblem> instance = UniformCompletion.of(shape, 2, 0.6).instance(Seeds.generator(SEED));
        FactoredProblem problem = instance.problem();
        LinRfm solver = LinRfm.of(0.5);
        Workspace workspace = new Workspace();
        LinRfm.State state =
                solver.start(problem, InitialPoint.gaussian(problem, 0.1, Seeds.generator(SEED)), workspace);
        for (int i = 0; i < 400; i++) {
            state = solver.step(problem, state, workspace);
        }
        assertThat(instance.truth().orElseThrow().distance(state.x()))
                .as("%s, seed %d", instance.description(), SEED)
                .isLessThan(1e-4);
        assertThat(state.figures().get(LinRfm.STABLE_RANK)).isBetween(1.0, 2.001);
    }

    /** Where only zeros and the diagonal are seen, the features never meet: W stays the diagonal. */
    @Test
    void theStructuredMaskIsBeyondIt() {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.epsilonMc(7, 1e-4, 1).instance();
        FactoredProblem problem = instance.problem();
        LinRfm solver = LinRfm.of(0.5);
        Workspace workspace = new Workspace();
        LinRfm.State state =
                solver.start(problem, InitialPoint.gaussian(problem, 0.1, Seeds.generator(SEED)), workspace);
        for (int i = 0; i < 100; i++) {
            state = solver.step(problem, state, workspace);
        }
        assertThat(state.figures().get(LinRfm.STABLE_RANK)).isCloseTo(4, within(1e-3));
    }

    @Test
    void refusesWhatItDoesNotServe() {
        FactoredProblem problem =
                PerturbedMatrixCompletion.pmc(5, 0.3, 1).instance().problem();
        assertThatThrownBy(() -> LinRfm.requireFits(problem.withRidge(1))).hasMessageContaining("the ridge is 1.0");
        assertThatThrownBy(() -> LinRfm.of(0)).hasMessageContaining("alpha is 0.0; above 0 and at most 1");
    }
}
