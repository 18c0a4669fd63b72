package io.escapement.solve.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Huber;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the least-squares step of minimal norm from the dense Jacobian. */
class GnmrTest {

    private static final long SEED = 11;

    private static List<FactoredProblem> problems() {
        return List.of(
                PerturbedMatrixCompletion.pmc(7, 0.3, 1).instance().problem(),
                UniformCompletion.of(FactorShape.psd(8), 2, 0.6)
                        .instance(Seeds.generator(SEED))
                        .problem(),
                UniformCompletion.of(FactorShape.asymmetric(7, 5), 2, 0.7)
                        .instance(Seeds.generator(SEED))
                        .problem());
    }

    /** X⁺ = ½(1 − α)X + J⁺(b + α𝒜(XXᵀ)) with the pseudoinverse of the Jacobian, a column for each entry of the factor. */
    private static DMatrixRMaj denseStep(FactoredProblem problem, DMatrixRMaj x, double alpha) {
        int m = problem.operator().measurements();
        int size = x.getNumElements();
        DMatrixRMaj jacobian = new DMatrixRMaj(m, size);
        double[] column = new double[m];
        for (int e = 0; e < size; e++) {
            DMatrixRMaj unit = new DMatrixRMaj(x.numRows, x.numCols);
            unit.data[e] = 1;
            problem.operator().measure(x, unit, column);
            for (int k = 0; k < m; k++) {
                jacobian.set(k, e, 2 * column[k]);
            }
        }
        problem.operator().measure(x, x, column);
        DMatrixRMaj target = new DMatrixRMaj(m, 1);
        for (int k = 0; k < m; k++) {
            target.data[k] = problem.measurement(k) + alpha * column[k];
        }
        DMatrixRMaj inverse = new DMatrixRMaj(size, m);
        CommonOps_DDRM.pinv(jacobian, inverse);
        DMatrixRMaj step = new DMatrixRMaj(size, 1);
        CommonOps_DDRM.mult(inverse, target, step);
        step.reshape(x.numRows, x.numCols);
        Frobenius.add(step, 0.5 * (1 - alpha), x, step);
        return step;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 1})
    void aStepIsTheLeastSquaresSolutionOfMinimalNorm(double alpha) {
        for (FactoredProblem problem : problems()) {
            DMatrixRMaj x = InitialPoint.gaussian(problem, 1, Seeds.generator(SEED + 1));
            Gnmr solver = Gnmr.of(alpha);
            Workspace workspace = new Workspace();
            Gnmr.State next = solver.step(problem, solver.start(problem, x, workspace), workspace);
            DMatrixRMaj dense = denseStep(problem, x, alpha);
            DMatrixRMaj difference = new DMatrixRMaj(x.numRows, x.numCols);
            Frobenius.add(dense, -1, next.x(), difference);
            assertThat(Frobenius.norm(difference))
                    .as("%s, seed %d", problem.operator(), SEED)
                    .isLessThan(1e-9 * Frobenius.norm(dense));
            assertThat(next.figures().get(Gnmr.INNER_ITERATIONS)).isPositive();
        }
    }

    @Test
    void convergesQuadraticallyToTheTruth() {
        List<Instance<FactoredProblem>> instances = List.of(
                UniformCompletion.of(FactorShape.psd(30), 2, 0.5).instance(Seeds.generator(SEED)),
                UniformCompletion.of(FactorShape.asymmetric(30, 20), 2, 0.6).instance(Seeds.generator(SEED)),
                GaussianSensing.of(FactorShape.psd(15), 2, 120).instance(Seeds.generator(SEED)));
        for (Instance<FactoredProblem> instance : instances) {
            FactoredProblem problem = instance.problem();
            DMatrixRMaj x0 =
                    InitialPoint.nearTruth(problem, instance.truth().orElseThrow(), 0.05, Seeds.generator(SEED + 2));
            Gnmr solver = Gnmr.of(-1);
            Workspace workspace = new Workspace();
            Gnmr.State state = solver.start(problem, x0, workspace);
            for (int i = 0; i < 6; i++) {
                state = solver.step(problem, state, workspace);
            }
            assertThat(instance.truth().orElseThrow().distance(state.x()))
                    .as("%s, seed %d", instance.description(), SEED)
                    .isCloseTo(0, within(1e-9 * instance.truth().orElseThrow().norm()));
        }
    }

    @Test
    void refusesWhatItsLeastSquaresDoNotMinimize() {
        FactoredProblem problem = problems().get(1);
        assertThatThrownBy(() -> Gnmr.requireFits(problem.withLoss(new Huber(1))))
                .hasMessageContaining("gnmr is for half-squared residuals");
        assertThatThrownBy(() -> Gnmr.requireFits(problem.withRidge(0.5))).hasMessageContaining("the ridge is 0.5");
        assertThatThrownBy(() -> Gnmr.requireFits(problems().get(2).withBalance(2)))
                .hasMessageContaining("the balance is 2.0");
        assertThatThrownBy(() -> Gnmr.of(2)).hasMessageContaining("alpha is 2.0; −1 to 1");
    }
}
