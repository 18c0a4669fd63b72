package io.escapement.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import io.escapement.solve.lmm.Damping;
import io.escapement.solve.lmm.LevenbergMarquardt;
import io.escapement.solve.lmm.Lmm;
import io.escapement.solve.lmm.LossDamping;
import io.escapement.solve.precondition.PreconditionedDescent;
import io.escapement.solve.precondition.ScaledGradientDescent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver must keep to, whatever it computes. */
class SolverContractTest {

    private static final long SEED = 7;

    /** Most primitives that one step may use: an exact step takes two measurements and a backprojection. */
    private static final int MEASUREMENTS_PER_STEP = 3;

    static Stream<Solver<? super FactoredProblem, ?>> solvers() {
        return Stream.concat(ofFewPasses(), Stream.of(LevenbergMarquardt.standard()));
    }

    static Stream<Solver<? super FactoredProblem, ?>> ofFewPasses() {
        return Stream.concat(equivariantOfFewPasses(), Stream.of(new Adam(1e-3)));
    }

    /** All but Adam, which works entry by entry. */
    static Stream<Solver<? super FactoredProblem, ?>> equivariant() {
        return Stream.concat(equivariantOfFewPasses(), Stream.of(LevenbergMarquardt.standard()));
    }

    private static Stream<Solver<? super FactoredProblem, ?>> equivariantOfFewPasses() {
        return Stream.of(
                new GradientDescent(new ExactStep()),
                new GradientDescent(ArmijoStep.startingAt(1)),
                new GradientDescent(new FixedStep(1e-3)),
                new GradientDescent(PolyakStep.toInfimum()),
                new GradientDescent(new PolyakStep(TargetLevel.unseen())),
                new GradientDescent(new GeometricStep(1e-3, 0.9)),
                new HeavyBall(0.9, new ExactStep()),
                new HeavyBall(0.9, ArmijoStep.startingAt(1)),
                new HeavyBall(0.9, new FixedStep(1e-3)),
                new Nesterov(new ExactStep(), true),
                new Nesterov(new FixedStep(1e-3), false),
                PerturbedDescent.ipgdPlus(new FixedStep(1e-3), Perturbation.of(1e-15, 1e-7, 1e-10, 50), 100, SEED),
                new ScaledGradientDescent(new ExactStep(), 1e-8),
                new ScaledGradientDescent(new FixedStep(0.1), 1e-3),
                new PreconditionedDescent(new ExactStep(), PreconditionedDescent.USUAL_FACTOR),
                new PreconditionedDescent(ArmijoStep.startingAt(1), 1e-3),
                Lmm.of(PolyakStep.toInfimum(), new LossDamping(1e-3, 2)),
                Lmm.of(new ExactStep(), new LossDamping(1e-3, 2)),
                Lmm.of(new GeometricStep(0.1, 0.9), new Damping.Geometric(1e-3, 0.9)),
                Lmm.gaussNewton(PolyakStep.toInfimum()),
                new Lbfgs(5, new ExactStep()),
                new Lbfgs(5, ArmijoStep.startingAt(1)));
    }

    /** Those whose step size is chosen so that the loss falls. */
    static Stream<Solver<? super FactoredProblem, ?>> descending() {
        return solvers().filter(solver -> !solver.describe().matches(".*(fixed|polyak|geometric|accelerated|adam).*"));
    }

    /** Those that get to the truth in few steps. */
    static Stream<Solver<? super FactoredProblem, ?>> converging() {
        return Stream.concat(descending(), Stream.of(new Nesterov(new ExactStep(), true)));
    }

    private static List<Instance<FactoredProblem>> instances() {
        return List.of(
                PerturbedMatrixCompletion.pmc(9, 0.3, 1).instance(),
                UniformCompletion.of(FactorShape.psd(20), 2, 0.6).instance(Seeds.generator(SEED)),
                UniformCompletion.of(FactorShape.asymmetric(20, 15), 2, 0.6).instance(Seeds.generator(SEED)));
    }

    private static DMatrixRMaj start(FactoredProblem problem) {
        return InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED + 1));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    <S extends SolverState> void aStepLeavesItsInputAsItWasBitForBit(Solver<? super FactoredProblem, S> solver) {
        for (Instance<FactoredProblem> instance : instances()) {
            Workspace workspace = new Workspace();
            S state = solver.start(instance.problem(), start(instance.problem()), workspace);
            for (int i = 0; i < 20; i++) {
                double[] before = state.x().data.clone();
                double loss = state.loss();
                double norm = state.gradientNorm();
                S next = solver.step(instance.problem(), state, workspace);
                solver.step(instance.problem(), next, workspace);
                assertThat(state.x().data).as(instance.name()).isEqualTo(before);
                assertThat(state.loss()).isEqualTo(loss);
                assertThat(state.gradientNorm()).isEqualTo(norm);
                state = next;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("solvers")
    <S extends SolverState> void theSameStartGivesTheSameTrace(Solver<? super FactoredProblem, S> solver) {
        for (Instance<FactoredProblem> instance : instances()) {
            assertThat(trace(solver, instance.problem(), 50)).isEqualTo(trace(solver, instance.problem(), 50));
        }
    }

    private static <S extends SolverState> List<Double> trace(
            Solver<? super FactoredProblem, S> solver, FactoredProblem problem, int steps) {
        Workspace workspace = new Workspace();
        List<Double> losses = new java.util.ArrayList<>();
        S state = solver.start(problem, start(problem), workspace);
        for (int i = 0; i < steps; i++) {
            losses.add(state.loss());
            state = solver.step(problem, state, workspace);
        }
        return losses;
    }

    @ParameterizedTest
    @MethodSource("descending")
    <S extends SolverState> void theLossNeverRises(Solver<? super FactoredProblem, S> solver) {
        for (Instance<FactoredProblem> instance : instances()) {
            List<Double> losses = trace(solver, instance.problem(), 200);
            for (int i = 1; i < losses.size(); i++) {
                // Two rounding units of the first loss: what a residual carried along the ray may lose.
                assertThat(losses.get(i))
                        .as("%s at step %d", instance.description(), i)
                        .isLessThanOrEqualTo(losses.get(i - 1) * (1 + 1e-12) + 1e-15 * losses.get(0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("converging")
    <S extends SolverState> void aStartNearTheTruthEndsThere(Solver<? super FactoredProblem, S> solver) {
        for (Instance<FactoredProblem> instance : instances()) {
            FactoredProblem problem = instance.problem();
            DMatrixRMaj x0 =
                    InitialPoint.nearTruth(problem, instance.truth().orElseThrow(), 1e-2, Seeds.generator(SEED + 2));
            Workspace workspace = new Workspace();
            S state = solver.start(problem, x0, workspace);
            for (int i = 0; i < 2000 && state.gradientNorm() > 1e-9; i++) {
                state = solver.step(problem, state, workspace);
            }
            assertThat(instance.truth().orElseThrow().distance(state.x()))
                    .as(instance.description())
                    .isLessThan(1e-4 * instance.truth().orElseThrow().norm());
        }
    }

    @ParameterizedTest
    @MethodSource("equivariant")
    <S extends SolverState> void rotatingTheFactorRotatesTheStep(Solver<? super FactoredProblem, S> solver) {
        Instance<FactoredProblem> instance = instances().get(1);
        FactoredProblem problem = instance.problem();
        DMatrixRMaj q = new DMatrixRMaj(new double[][] {{0.6, -0.8}, {0.8, 0.6}});
        DMatrixRMaj x0 = start(problem);
        S plain = solver.start(problem, x0, new Workspace());
        S rotated = solver.start(problem, times(x0, q), new Workspace());
        Workspace first = new Workspace();
        Workspace second = new Workspace();
        for (int i = 0; i < 10; i++) {
            plain = solver.step(problem, plain, first);
            rotated = solver.step(problem, rotated, second);
        }
        DMatrixRMaj difference = times(plain.x(), q);
        Frobenius.add(difference, -1, rotated.x(), difference);
        assertThat(Frobenius.norm(difference)).isLessThan(1e-8 * Frobenius.norm(rotated.x()));
        assertThat(rotated.loss()).isCloseTo(plain.loss(), within(1e-8 * plain.loss() + 1e-20));
    }

    private static DMatrixRMaj times(DMatrixRMaj x, DMatrixRMaj q) {
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, q.numCols);
        CommonOps_DDRM.mult(x, q, out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("solvers")
    <S extends SolverState> void aStartThatIsNotFiniteGivesStatesThatAreNot(Solver<? super FactoredProblem, S> solver) {
        FactoredProblem problem = instances().get(0).problem();
        DMatrixRMaj x0 = start(problem);
        x0.data[3] = Double.NaN;
        Workspace workspace = new Workspace();
        S state = solver.start(problem, x0, workspace);
        for (int i = 0; i < 3; i++) {
            assertThat(state.loss()).isNaN();
            state = solver.step(problem, state, workspace);
        }
    }

    @ParameterizedTest
    @MethodSource("ofFewPasses")
    <S extends SolverState> void aStepUsesFewPassesOverTheMeasurements(Solver<? super FactoredProblem, S> solver) {
        Instance<FactoredProblem> instance = instances().get(1);
        Counting counting = new Counting(instance.problem().operator());
        double[] b = new double[counting.measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = instance.problem().measurement(k);
        }
        FactoredProblem problem = new FactoredProblem(counting, b, 2);
        Workspace workspace = new Workspace();
        S state = solver.start(problem, start(problem), workspace);
        for (int i = 0; i < 100; i++) {
            counting.measured.set(0);
            counting.backprojected.set(0);
            state = solver.step(problem, state, workspace);
            assertThat(counting.measured.get()).as("step %d", i).isLessThanOrEqualTo(MEASUREMENTS_PER_STEP);
            assertThat(counting.backprojected.get()).isEqualTo(1);
        }
    }

    /** Counts how often each primitive is used. */
    private static final class Counting implements SensingOperator {

        private final SensingOperator operator;
        private final AtomicInteger measured = new AtomicInteger();
        private final AtomicInteger backprojected = new AtomicInteger();

        Counting(SensingOperator operator) {
            this.operator = operator;
        }

        @Override
        public int dimension() {
            return operator.dimension();
        }

        @Override
        public int measurements() {
            return operator.measurements();
        }

        @Override
        public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
            measured.incrementAndGet();
            operator.measure(x, y, out);
        }

        @Override
        public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
            backprojected.incrementAndGet();
            operator.backproject(w, v, out);
        }

        @Override
        public RestrictedConstants constants() {
            return operator.constants();
        }
    }
}
