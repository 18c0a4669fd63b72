package io.escapement.solve.lmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.Huber;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpSensing;
import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LevenbergMarquardtTest {

    private static final long SEED = 3;

    private record Outcome(int iterations, double evaluations, double error) {}

    private static Instance<FactoredProblem> sensing(FactorShape shape, int rank, double kappa) {
        int m = (shape.symmetric() ? 2 : 4) * 30 * rank;
        return new GaussianSensing(shape, rank, 2, m, kappa, 0, 0, Precision.DOUBLE).instance(Seeds.generator(SEED));
    }

    private static Outcome solve(LevenbergMarquardt solver, Instance<FactoredProblem> instance, DMatrixRMaj x0) {
        CountingOperator counting = new CountingOperator(
                instance.problem().operator(), instance.problem().columns());
        FactoredProblem problem = instance.problem().withOperator(counting);
        GroundTruth truth = instance.truth().orElseThrow();
        Workspace workspace = new Workspace();
        LevenbergMarquardt.State state = solver.start(problem, x0, workspace);
        int k = 0;
        while (k < 60 && truth.distance(state.x()) > 1e-8 * truth.norm()) {
            state = solver.step(problem, state, workspace);
            k++;
        }
        return new Outcome(k, counting.gradientEvaluations(), truth.distance(state.x()) / truth.norm());
    }

    @Test
    void aDozenStepsDoWhateverTheConditionAndTheRank() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(30), FactorShape.asymmetric(30, 30)}) {
            for (int rank : new int[] {2, 5}) {
                for (double kappa : new double[] {1, 1e4}) {
                    Instance<FactoredProblem> instance = sensing(shape, rank, kappa);
                    DMatrixRMaj x0 = InitialPoint.nearTruth(
                            instance.problem(), instance.truth().orElseThrow(), 1e-2, Seeds.generator(SEED + 1));
                    Outcome outcome = solve(LevenbergMarquardt.standard(), instance, x0);
                    assertThat(outcome.error()).isLessThan(1e-8);
                    assertThat(outcome.iterations()).as("seed %d", SEED).isLessThan(13);
                    assertThat(outcome.evaluations()).isLessThan(140);
                }
            }
        }
    }

    @Test
    void theClosedFormSavesMostProducts() {
        Instance<FactoredProblem> instance = sensing(FactorShape.psd(30), 5, 100);
        DMatrixRMaj x0 = InitialPoint.gaussian(instance.problem(), 0.05, Seeds.generator(SEED + 1));
        Outcome with = solve(LevenbergMarquardt.standard(), instance, x0);
        Outcome without = solve(new LevenbergMarquardt(200, false), instance, x0);
        assertThat(with.error()).isLessThan(1e-8);
        assertThat(with.evaluations()).isLessThan(0.5 * without.evaluations());
    }

    @Test
    void ridgeAndBalanceAreServed() {
        FactoredProblem problem = UniformCompletion.of(FactorShape.asymmetric(20, 15), 2, 0.7)
                .instance(Seeds.generator(SEED))
                .problem()
                .withBalance(1)
                .withRidge(0.01);
        Workspace workspace = new Workspace();
        LevenbergMarquardt solver = LevenbergMarquardt.standard();
        LevenbergMarquardt.State state =
                solver.start(problem, InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED)), workspace);
        for (int k = 0; k < 100; k++) {
            state = solver.step(problem, state, workspace);
        }
        assertThat(state.gradientNorm()).isLessThan(1e-6);
    }

    @Test
    void aLossWithKinksIsRefused() {
        FactoredProblem problem = sensing(FactorShape.psd(30), 2, 1).problem().withLoss(new AbsoluteSum());
        DMatrixRMaj x0 = InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED));
        assertThatThrownBy(() -> LevenbergMarquardt.standard().start(problem, x0, new Workspace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the loss is l1");
    }

    static Stream<CompositeProblem> problems() {
        Instance<FactoredProblem> completion =
                UniformCompletion.of(FactorShape.asymmetric(8, 6), 2, 0.9).instance(Seeds.generator(SEED));
        DMatrixRMaj z = Seeds.gaussian(6, 2, 1, Seeds.generator(SEED));
        return Stream.of(
                completion.problem(),
                completion.problem().withLoss(new Huber(1)).withBalance(2).withRidge(0.1),
                new CpFactorization(CpShape.symmetric(6), z, 2),
                CpSensing.ofTensor(CpShape.asymmetric(2, 2, 2), new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
    }

    /** What the Hessian has beyond it is linear in the residual: it vanishes where the data are met, and the rest is ⪰ 0. */
    @ParameterizedTest
    @MethodSource("problems")
    void theProductIsSymmetricAndNotNegative(CompositeProblem problem) {
        Evaluation at = problem.evaluate(InitialPoint.gaussian(problem, 1, Seeds.generator(SEED)));
        DMatrixRMaj d = InitialPoint.gaussian(problem, 1, Seeds.generator(SEED + 1));
        DMatrixRMaj e = InitialPoint.gaussian(problem, 1, Seeds.generator(SEED + 2));
        DMatrixRMaj bd = new DMatrixRMaj(1, 1);
        DMatrixRMaj be = new DMatrixRMaj(1, 1);
        problem.gaussNewtonProduct(at, d, bd);
        problem.gaussNewtonProduct(at, e, be);
        assertThat(Frobenius.dot(d, be))
                .isCloseTo(Frobenius.dot(e, bd), org.assertj.core.api.Assertions.within(1e-10 * Frobenius.norm(bd)));
        assertThat(Frobenius.dot(d, bd)).isPositive();
    }

    @Test
    void whereTheDataAreMetItIsTheHessian() {
        Instance<FactoredProblem> instance = sensing(FactorShape.asymmetric(30, 30), 2, 10);
        FactoredProblem problem = instance.problem();
        Evaluation at = problem.evaluate(instance.truth().orElseThrow().factor());
        DMatrixRMaj d = InitialPoint.gaussian(problem, 1, Seeds.generator(SEED + 1));
        DMatrixRMaj full = new DMatrixRMaj(1, 1);
        DMatrixRMaj part = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, d, full);
        problem.gaussNewtonProduct(at, d, part);
        Frobenius.add(full, -1, part, full);
        assertThat(Frobenius.norm(full)).isLessThan(1e-12 * Frobenius.norm(part));
    }
}
