package io.escapement.solve.lmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpShape;
import io.escapement.problem.cp.CpTruth;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.NonnegativeLeastSquares;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GeometricStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.OptimalValue;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.solve.TargetLevel;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * [LMM]'s claims on small instances: as many iterations for κ = 100 as for κ = 1, with superfluous columns as without, to a relative error of
 * 1e−8, where gradient descent does not get there.
 */
class LmmTest {

    private static final long SEED = 3;
    private static final int ENOUGH = 400;
    private static final double ERROR = 1e-8;

    static Stream<Arguments> matrices() {
        return Stream.of(FactorShape.psd(30), FactorShape.asymmetric(30, 30))
                .flatMap(shape -> Stream.<OuterLoss>of(new HalfSquaredNorm(), new AbsoluteSum(), new EuclideanNorm())
                        .flatMap(loss -> Stream.of(2, 5).map(rank -> Arguments.of(shape, loss, rank))));
    }

    private static Instance<FactoredProblem> sensing(FactorShape shape, OuterLoss loss, int rank, double kappa) {
        int m = (shape.symmetric() ? 2 : 4) * 30 * rank;
        return new GaussianSensing(shape, rank, 2, m, kappa, 0, 0, Precision.DOUBLE)
                .with(loss, 0)
                .instance(Seeds.generator(SEED));
    }

    private static DMatrixRMaj near(CompositeProblem problem, GroundTruth truth) {
        return InitialPoint.nearTruth(problem, truth, 1e-2, Seeds.generator(SEED + 1));
    }

    private static Lmm standard(CompositeProblem problem) {
        return Lmm.of(PolyakStep.toInfimum(), LossDamping.standard(problem));
    }

    /** Iterations to the error, or {@link #ENOUGH}. */
    private static <P, S extends SolverState> int iterations(
            Solver<? super P, S> solver, P problem, DMatrixRMaj x0, GroundTruth truth) {
        Workspace workspace = new Workspace();
        S state = solver.start(problem, x0, workspace);
        int k = 0;
        while (k < ENOUGH && !(truth.distance(state.x()) < ERROR * truth.norm())) {
            state = solver.step(problem, state, workspace);
            k++;
        }
        return k;
    }

    private static int iterations(Solver<CompositeProblem, ?> solver, Instance<FactoredProblem> instance) {
        GroundTruth truth = instance.truth().orElseThrow();
        return iterations(solver, instance.problem(), near(instance.problem(), truth), truth);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void neitherConditionNorSuperfluousColumnsCostIterations(FactorShape shape, OuterLoss loss, int rank) {
        Instance<FactoredProblem> easy = sensing(shape, loss, rank, 1);
        Instance<FactoredProblem> hard = sensing(shape, loss, rank, 100);
        int one = iterations(standard(easy.problem()), easy);
        int hundred = iterations(standard(hard.problem()), hard);
        assertThat(one).as("κ = 1, seed %d", SEED).isLessThan(240);
        assertThat(hundred).as("κ = 100, seed %d", SEED).isLessThan(240);
        assertThat((double) hundred / one).isBetween(0.7, 1.5);
        assertThat(iterations(new GradientDescent(PolyakStep.toInfimum()), hard))
                .isEqualTo(ENOUGH);
    }

    @Test
    void gaussNewtonIsAsGoodUntilThereAreSuperfluousColumns() {
        FactorShape shape = FactorShape.asymmetric(30, 30);
        Lmm plain = Lmm.gaussNewton(PolyakStep.toInfimum());
        assertThat(iterations(plain, sensing(shape, new AbsoluteSum(), 2, 100))).isLessThan(240);
        assertThat(iterations(plain, sensing(shape, new HalfSquaredNorm(), 5, 100)))
                .isEqualTo(ENOUGH);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void conjugateGradientsDoAsWellAsTheClosedForm(FactorShape shape, OuterLoss loss, int rank) {
        Instance<FactoredProblem> instance = sensing(shape, loss, rank, 100);
        Lmm direct = standard(instance.problem());
        int closed = iterations(direct, instance);
        int iterated = iterations(direct.with(DampedSystem.by(DampedSystem.STANDARD)), instance);
        assertThat((double) iterated / closed).isBetween(0.8, 1.25);
    }

    @Test
    void outliersAreNoHindranceToTheOtherConfigurations() {
        Instance<FactoredProblem> instance = new GaussianSensing(
                        FactorShape.psd(30), 2, 2, 600, 1e4, 0, 0.2, Precision.DOUBLE)
                .with(new AbsoluteSum(), 0)
                .instance(Seeds.generator(SEED));
        Lmm geometric = Lmm.of(new GeometricStep(1e-4, 0.95), new Damping.Geometric(1e-5, 0.95));
        Lmm learning = Lmm.of(new PolyakStep(TargetLevel.unseen()), LossDamping.standard(instance.problem()));
        assertThat(iterations(geometric, instance)).isLessThan(ENOUGH);
        assertThat(iterations(new GradientDescent(new GeometricStep(1e-4, 0.95)), instance))
                .isEqualTo(ENOUGH);
        assertThat(iterations(learning, instance)).isLessThan(ENOUGH);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 100, 1e4})
    void stepAndDampingFromTheStartNeedNoTuning(double kappa) {
        Instance<FactoredProblem> sensing = new GaussianSensing(
                        FactorShape.psd(15), 3, 2, 300, kappa, 0, 0.1, Precision.DOUBLE)
                .with(new AbsoluteSum(), 0)
                .instance(Seeds.generator(SEED));
        assertThat(iterations(fromTheStart(sensing.problem()), sensing)).isLessThan(ENOUGH);
        Instance<FactoredProblem> squares =
                new NonnegativeLeastSquares(50, 100, 10, 1, 10, 0, new EuclideanNorm()).instance(Seeds.generator(SEED));
        assertThat(iterations(fromTheStart(squares.problem()), squares)).isLessThan(ENOUGH);
    }

    private static Lmm fromTheStart(FactoredProblem problem) {
        return Lmm.of(
                GeometricStep.fromFirst(0.95), new Damping.GeometricFromLoss(LossDamping.standard(problem), 0.95));
    }

    @Test
    void aConstantStepIsEnoughForASmoothLoss() {
        Lmm constant = Lmm.of(new FixedStep(0.5), new Damping.Geometric(1e-5, 0.95));
        assertThat(iterations(constant, sensing(FactorShape.psd(30), new HalfSquaredNorm(), 5, 100)))
                .isLessThan(ENOUGH);
    }

    @ParameterizedTest
    @MethodSource("norms")
    void nonnegativeLeastSquares(OuterLoss loss) {
        for (double tau : new double[] {1, 10}) {
            Instance<FactoredProblem> instance =
                    new NonnegativeLeastSquares(50, 100, 10, tau, 10, 0, loss).instance(Seeds.generator(SEED));
            PolyakStep half = new PolyakStep(new OptimalValue.Infimum(), 0.5);
            Lmm solver = Lmm.of(half, LossDamping.standard(instance.problem()));
            assertThat(iterations(solver, instance)).as("τ = %s", tau).isLessThan(350);
            assertThat(iterations(new GradientDescent(PolyakStep.toInfimum()), instance))
                    .isEqualTo(ENOUGH);
        }
    }

    static Stream<OuterLoss> norms() {
        return Stream.of(new HalfSquaredNorm(), new EuclideanNorm());
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void tensors(CpShape shape, int rank) {
        DMatrixRMaj z = Seeds.gaussian(shape.rows(), 2, 0.3, Seeds.generator(SEED));
        CpFactorization problem = new CpFactorization(shape, z, rank);
        GroundTruth truth = new CpTruth(shape, z);
        DMatrixRMaj x0 = near(problem, truth);
        assertThat(iterations(Lmm.of(PolyakStep.toInfimum(), LossDamping.standard(problem)), problem, x0, truth))
                .isLessThan(60);
    }

    static Stream<Arguments> tensors() {
        return Stream.of(CpShape.symmetric(20), CpShape.asymmetric(12, 10, 14))
                .flatMap(shape -> Stream.of(2, 4).map(rank -> Arguments.of(shape, rank)));
    }

    @Test
    void aStepIsOnePassOverTheMeasurements() {
        FactoredProblem plain =
                sensing(FactorShape.psd(30), new AbsoluteSum(), 5, 10).problem();
        CountingOperator counting = new CountingOperator(plain.operator(), 5);
        FactoredProblem problem = plain.withOperator(counting);
        Workspace workspace = new Workspace();
        Lmm solver = standard(problem);
        Lmm.State state = solver.start(problem, InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED)), workspace);
        for (int k = 0; k < 10; k++) {
            double before = counting.gradientEvaluations();
            state = solver.step(problem, state, workspace);
            assertThat(counting.gradientEvaluations() - before).isEqualTo(1);
        }
    }

    @Test
    void lossesThatAreNotOfTheImageAloneAreRefused() {
        FactoredProblem balanced = UniformCompletion.of(FactorShape.asymmetric(12, 10), 2, 0.8)
                .instance(Seeds.generator(SEED))
                .problem()
                .withBalance(1);
        DMatrixRMaj x0 = InitialPoint.gaussian(balanced, 0.3, Seeds.generator(SEED));
        assertThatThrownBy(() -> standard(balanced).start(balanced, x0, new Workspace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("balance 1.0");
        FactoredProblem ridged = balanced.withBalance(0).withRidge(0.1);
        assertThatThrownBy(() -> standard(ridged).start(ridged, x0, new Workspace()))
                .hasMessageContaining("ridge is 0.1");
    }
}
