package io.escapement.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.tensor.RandomCp;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Heavy ball, Nesterov and Adam against their textbooks' recursions, and what momentum is good for. */
class MomentumTest {

    private static final long SEED = 11;
    private static final double STEP = 0.02;

    private static Instance<FactoredProblem> sensing(double kappa) {
        return new GaussianSensing(FactorShape.psd(20), 2, 2, 160, kappa, 0, 0, Precision.DOUBLE)
                .instance(Seeds.generator(SEED));
    }

    private static DMatrixRMaj start(Instance<?> instance) {
        return InitialPoint.nearTruth(
                instance.problem(), instance.truth().orElseThrow(), 1e-2, Seeds.generator(SEED + 1));
    }

    @Test
    void withAFixedStepTheHeavyBallIsPolyaksRecursion() {
        Instance<FactoredProblem> instance = sensing(4);
        FactoredProblem problem = instance.problem();
        DMatrixRMaj before = start(instance);
        DMatrixRMaj x = before;
        HeavyBall solver = new HeavyBall(0.7, new FixedStep(STEP));
        HeavyBall.State state = solver.start(problem, before, new Workspace());
        Workspace workspace = new Workspace();
        for (int k = 0; k < 30; k++) {
            DMatrixRMaj next = x.copy();
            Frobenius.add(next, 0.7, x, next);
            Frobenius.add(next, -0.7, before, next);
            Frobenius.add(next, -STEP, problem.evaluate(x).gradient(), next);
            before = x;
            x = next;
            state = solver.step(problem, state, workspace);
            assertNear(state.x(), x, k);
        }
    }

    @Test
    void nesterovIsHisRecursion() {
        Instance<FactoredProblem> instance = sensing(4);
        FactoredProblem problem = instance.problem();
        DMatrixRMaj x = start(instance);
        DMatrixRMaj y = x;
        double t = 1;
        Nesterov solver = new Nesterov(new FixedStep(STEP), false);
        Nesterov.State state = solver.start(problem, x, new Workspace());
        Workspace workspace = new Workspace();
        for (int k = 0; k < 30; k++) {
            DMatrixRMaj next = new DMatrixRMaj(x.numRows, x.numCols);
            Frobenius.add(y, -STEP, problem.evaluate(y).gradient(), next);
            double longer = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            DMatrixRMaj beyond = new DMatrixRMaj(x.numRows, x.numCols);
            for (int e = 0; e < beyond.getNumElements(); e++) {
                beyond.data[e] = next.data[e] + (t - 1) / longer * (next.data[e] - x.data[e]);
            }
            x = next;
            y = beyond;
            t = longer;
            state = solver.step(problem, state, workspace);
            assertNear(state.x(), y, k);
        }
    }

    /** With the momentum's memory empty, m̂ = g and v̂ = g∘g whatever β₁ and β₂ are. */
    @Test
    void adamsFirstStepIsItsRateInEveryEntry() {
        Instance<FactoredProblem> instance = sensing(4);
        Adam.State state = new Adam(0.01).start(instance.problem(), start(instance), new Workspace());
        Adam.State next = new Adam(0.01).step(instance.problem(), state, new Workspace());
        for (int e = 0; e < next.x().getNumElements(); e++) {
            double g = state.at().gradient().data[e];
            double expected = state.x().data[e] - 0.01 * g / (Math.abs(g) + 1e-8);
            assertThat(next.x().data[e]).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-15));
        }
    }

    @Test
    void adamComesNearTheTruth() {
        Instance<FactoredProblem> instance = sensing(4);
        assertThat(error(instance, new Adam(1e-3), 1000)).as("seed %d", SEED).isLessThan(1e-3);
    }

    /** Where the truth is ill-conditioned, so is h; that is what momentum is for. */
    @Test
    void momentumIsFasterOnAnIllConditionedTruth() {
        Instance<FactoredProblem> instance = sensing(100);
        double plain = error(instance, new GradientDescent(new ExactStep()), 300);
        assertThat(plain).as("seed %d", SEED).isGreaterThan(1e-6);
        assertThat(error(instance, new HeavyBall(0.9, new ExactStep()), 300)).isLessThan(1e-2 * plain);
        assertThat(error(instance, new Nesterov(new ExactStep(), true), 300)).isLessThan(1e-2 * plain);
    }

    /** Without restarts the momentum outlives its use: the loss rises again and again. */
    @Test
    void restartsKeepNesterovFromRunningUphill() {
        Instance<FactoredProblem> instance = sensing(10);
        double with = error(instance, new Nesterov(new ExactStep(), true), 300);
        double without = error(instance, new Nesterov(new ExactStep(), false), 300);
        assertThat(with).as("seed %d", SEED).isLessThan(0.01 * without);
    }

    @Test
    void theyAreForTensorsToo() {
        var instance = new RandomCp(CpShape.symmetric(8), 2, 2, 1).instance(Seeds.generator(SEED));
        assertThat(error(instance, new HeavyBall(0.9, new ExactStep()), 300)).isLessThan(1e-6);
        assertThat(error(instance, new Nesterov(new ExactStep(), true), 300)).isLessThan(1e-6);
        assertThat(error(instance, new Adam(1e-3), 1000)).isLessThan(1e-2);
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new HeavyBall(1, new ExactStep())).hasMessageContaining("beta is 1.0");
        assertThatThrownBy(() -> new Adam(0)).hasMessageContaining("rate is 0.0");
    }

    private static <P extends CompositeProblem, S extends SolverState> double error(
            Instance<P> instance, Solver<? super P, S> solver, int steps) {
        GroundTruth truth = instance.truth().orElseThrow();
        Workspace workspace = new Workspace();
        S state = solver.start(instance.problem(), start(instance), workspace);
        for (int k = 0; k < steps; k++) {
            state = solver.step(instance.problem(), state, workspace);
        }
        return truth.distance(state.x()) / truth.norm();
    }

    private static void assertNear(DMatrixRMaj actual, DMatrixRMaj expected, int step) {
        DMatrixRMaj difference = new DMatrixRMaj(expected.numRows, expected.numCols);
        Frobenius.add(actual, -1, expected, difference);
        assertThat(Frobenius.norm(difference))
                .as("step %d, seed %d", step, SEED)
                .isLessThan(1e-12 * Frobenius.norm(expected));
    }
}
