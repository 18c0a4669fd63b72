package io.escapement.solve.precondition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.NonnegativeLeastSquares;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** ScaledGD, PrecGD and OPSA: their formulas, and that neither κ nor surplus columns slow them down. */
class PreconditionedTest {

    private static final long SEED = 5;
    private static final FactorShape PSD = FactorShape.psd(20);
    private static final FactorShape PAIR = FactorShape.asymmetric(16, 12);
    private static final Opsa OPSA = new Opsa(PolyakStep.toInfimum(), Opsa.USUAL_LAMBDA);

    private static Instance<FactoredProblem> sensing(FactorShape shape, int rank, double kappa, OuterLoss loss) {
        return new GaussianSensing(shape, rank, 2, 128 * rank, kappa, 0, 0, Precision.DOUBLE)
                .with(loss, 0)
                .instance(Seeds.generator(SEED));
    }

    private static Instance<FactoredProblem> sensing(FactorShape shape, int rank, double kappa) {
        return sensing(shape, rank, kappa, new HalfSquaredNorm());
    }

    private static DMatrixRMaj start(Instance<FactoredProblem> instance) {
        return InitialPoint.nearTruth(
                instance.problem(), instance.truth().orElseThrow(), 1e-2, Seeds.generator(SEED + 1));
    }

    @Test
    void theDirectionIsTheGradientTimesTheDampedInverse() {
        double lambda = 0.01;
        for (FactorShape shape : new FactorShape[] {PSD, PAIR}) {
            Instance<FactoredProblem> instance = sensing(shape, 3, 10);
            Evaluation at = instance.problem().evaluate(start(instance));
            DMatrixRMaj direction = ScaledDirection.of(instance.problem(), at, lambda, new Workspace());
            int split = shape.split();
            if (shape.symmetric()) {
                assertUndone(direction, at, 0, 20, 0, 20, 2, lambda);
            } else {
                assertUndone(direction, at, 0, split, split, 28, 1, lambda);
                assertUndone(direction, at, split, 28, 0, split, 1, lambda);
            }
            assertThat(Frobenius.dot(direction, at.gradient())).isNegative();
        }
    }

    /** times·D·(ZᵀZ + λI) = −∇h on the rows from…to, with Z the rows other…otherEnd. */
    private static void assertUndone(
            DMatrixRMaj d, Evaluation at, int from, int to, int other, int otherEnd, double times, double lambda) {
        int r = d.numCols;
        DMatrixRMaj z = CommonOps_DDRM.extract(at.x(), other, otherEnd, 0, r);
        DMatrixRMaj gram = CommonOps_DDRM.identity(r);
        CommonOps_DDRM.scale(lambda, gram);
        CommonOps_DDRM.multAddTransA(z, z, gram);
        DMatrixRMaj sum = CommonOps_DDRM.extract(at.gradient(), from, to, 0, r);
        CommonOps_DDRM.multAdd(times, CommonOps_DDRM.extract(d, from, to, 0, r), gram, sum);
        assertThat(Frobenius.norm(sum)).as("seed %d", SEED).isLessThan(1e-12 * at.gradientNorm());
    }

    /** X, Y ↦ XQ, YQ⁻ᵀ leaves XYᵀ alone, and with λ = 0 also where the step leads. */
    @Test
    void withoutDampingAnyBasisGivesTheSameStep() {
        Instance<FactoredProblem> instance = sensing(PAIR, 2, 10);
        DMatrixRMaj x = start(instance);
        DMatrixRMaj other = x.copy();
        for (int i = 0; i < x.numRows; i++) {
            boolean upper = i < PAIR.split();
            double a = x.get(i, 0);
            double b = x.get(i, 1);
            // Q = [2 1; 0 1], Q⁻ᵀ = [½ 0; −½ 1].
            other.set(i, 0, upper ? 2 * a : 0.5 * a - 0.5 * b);
            other.set(i, 1, upper ? a + b : b);
        }
        ScaledGradientDescent solver = new ScaledGradientDescent(new FixedStep(0.5), 0);
        GroundTruth truth = instance.truth().orElseThrow();
        double first = distance(solver, instance, x, 5);
        double second = distance(solver, instance, other, 5);
        assertThat(Math.abs(first - second)).as("seed %d", SEED).isLessThan(1e-11 * truth.norm());
    }

    @Test
    void conditionDoesNotSlowThemDown() {
        for (FactorShape shape : new FactorShape[] {PSD, PAIR}) {
            Instance<FactoredProblem> hard = sensing(shape, 2, 1000);
            assertThat(error(new GradientDescent(new ExactStep()), hard, 60)).isGreaterThan(1e-5);
            for (double kappa : new double[] {1, 1000}) {
                Instance<FactoredProblem> instance = sensing(shape, 2, kappa);
                assertThat(error(new ScaledGradientDescent(new ExactStep(), 1e-8), instance, 60))
                        .as("scaled-gd, %s, kappa %s, seed %d", shape, kappa, SEED)
                        .isLessThan(1e-8);
                assertThat(error(new PreconditionedDescent(new ExactStep(), 1e-3), instance, 60))
                        .as("prec-gd, %s, kappa %s, seed %d", shape, kappa, SEED)
                        .isLessThan(1e-8);
            }
        }
    }

    @Test
    void norDoSurplusColumns() {
        for (FactorShape shape : new FactorShape[] {PSD, PAIR}) {
            Instance<FactoredProblem> instance = sensing(shape, 4, 10);
            assertThat(error(new GradientDescent(new ExactStep()), instance, 150))
                    .isGreaterThan(1e-6);
            assertThat(error(
                            new PreconditionedDescent(new ExactStep(), PreconditionedDescent.USUAL_FACTOR),
                            instance,
                            150))
                    .as("%s, seed %d", shape, SEED)
                    .isLessThan(1e-9);
        }
    }

    @Test
    void opsaFindsTheTruthThroughKinksAndSurplusColumns() {
        for (double kappa : new double[] {1, 100}) {
            Instance<FactoredProblem> instance = sensing(PAIR, 4, kappa, new AbsoluteSum());
            assertThat(error(OPSA, instance, 200))
                    .as("kappa %s, seed %d", kappa, SEED)
                    .isLessThan(1e-8);
        }
    }

    @Test
    void opsasFactorsHaveEqualGramMatricesAndItsInputIsLeftAlone() {
        Instance<FactoredProblem> instance = sensing(PAIR, 3, 10, new AbsoluteSum());
        Workspace workspace = new Workspace();
        ScaledState state = OPSA.start(instance.problem(), start(instance), workspace);
        for (int k = 0; k < 5; k++) {
            double[] before = state.x().data.clone();
            ScaledState next = OPSA.step(instance.problem(), state, workspace);
            assertThat(state.x().data).isEqualTo(before);
            assertThat(OPSA.step(instance.problem(), state, new Workspace()).x().data)
                    .isEqualTo(next.x().data);
            DMatrixRMaj difference = new DMatrixRMaj(3, 3);
            DMatrixRMaj x = CommonOps_DDRM.extract(next.x(), 0, PAIR.split(), 0, 3);
            DMatrixRMaj y = CommonOps_DDRM.extract(next.x(), PAIR.split(), 28, 0, 3);
            CommonOps_DDRM.multTransA(x, x, difference);
            CommonOps_DDRM.multAddTransA(-1, y, y, difference);
            assertThat(Frobenius.norm(difference)).isLessThan(1e-13);
            state = next;
        }
    }

    @Test
    void balancingKeepsTheProduct() {
        DMatrixRMaj z = Seeds.gaussian(28, 3, 1, Seeds.generator(SEED));
        CommonOps_DDRM.insert(Seeds.gaussian(12, 3, 100, Seeds.generator(SEED + 1)), z, 16, 0);
        DMatrixRMaj balanced = EqualGrams.of(z, 16);
        DMatrixRMaj difference = new DMatrixRMaj(16, 12);
        CommonOps_DDRM.multTransB(
                CommonOps_DDRM.extract(z, 0, 16, 0, 3), CommonOps_DDRM.extract(z, 16, 28, 0, 3), difference);
        double size = Frobenius.norm(difference);
        CommonOps_DDRM.multAddTransB(
                -1,
                CommonOps_DDRM.extract(balanced, 0, 16, 0, 3),
                CommonOps_DDRM.extract(balanced, 16, 28, 0, 3),
                difference);
        assertThat(Frobenius.norm(difference)).as("seed %d", SEED).isLessThan(1e-14 * size);
    }

    @Test
    void aStartThatIsNotFiniteGivesStatesThatAreNot() {
        Instance<FactoredProblem> instance = sensing(PAIR, 2, 1, new AbsoluteSum());
        DMatrixRMaj x0 = start(instance);
        x0.data[2] = Double.NaN;
        ScaledState state = OPSA.start(instance.problem(), x0, new Workspace());
        for (int k = 0; k < 3; k++) {
            assertThat(state.loss()).isNaN();
            state = OPSA.step(instance.problem(), state, new Workspace());
        }
    }

    @Test
    void problemsOfAnotherShapeAreRefusedByName() {
        FactoredProblem squares = new NonnegativeLeastSquares(8, 16, 3, 1, 1, 0, new HalfSquaredNorm())
                .instance(Seeds.generator(SEED))
                .problem();
        FactoredProblem symmetric = sensing(PSD, 2, 1).problem();
        FactoredProblem wide =
                new FactoredProblem(sensing(PAIR, 2, 1).problem().operator(), new double[256], 13, 0, PAIR);
        assertThatThrownBy(() -> ScaledGradientDescent.require(squares))
                .hasMessageContaining("hadamard")
                .hasMessageContaining("scaled-gd is for psd and asymmetric");
        assertThatThrownBy(() -> PreconditionedDescent.require(squares)).hasMessageContaining("prec-gd");
        assertThatThrownBy(() -> Opsa.require(symmetric))
                .hasMessageContaining("psd")
                .hasMessageContaining("opsa is for asymmetric");
        assertThatThrownBy(() -> Opsa.require(wide))
                .hasMessageContaining("rank is 13")
                .hasMessageContaining("12");
    }

    private static <S extends SolverState> double error(
            Solver<? super FactoredProblem, S> solver, Instance<FactoredProblem> instance, int steps) {
        return distance(solver, instance, start(instance), steps)
                / instance.truth().orElseThrow().norm();
    }

    private static <S extends SolverState> double distance(
            Solver<? super FactoredProblem, S> solver, Instance<FactoredProblem> instance, DMatrixRMaj x0, int steps) {
        Workspace workspace = new Workspace();
        S state = solver.start(instance.problem(), x0, workspace);
        for (int k = 0; k < steps; k++) {
            state = solver.step(instance.problem(), state, workspace);
        }
        return instance.truth().orElseThrow().distance(state.x());
    }
}
