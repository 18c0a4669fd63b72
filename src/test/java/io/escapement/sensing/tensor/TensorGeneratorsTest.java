package io.escapement.sensing.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpGram;
import io.escapement.problem.cp.CpSensing;
import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Lbfgs;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorGeneratorsTest {

    static List<CpShape> shapes() {
        return List.of(CpShape.symmetric(9), CpShape.asymmetric(6, 8, 5));
    }

    private static DMatrixRMaj padded(Instance<?> instance) {
        DMatrixRMaj z = instance.truth().orElseThrow().factor();
        DMatrixRMaj x = new DMatrixRMaj(z.numRows, instance.problem().columns());
        CommonOps_DDRM.insert(z, x, 0, 0);
        return x;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theTruthSolvesItAndHasTheWeightsAskedFor(CpShape shape) {
        Instance<CpFactorization> instance = new RandomCp(shape, 4, 3, 100).instance(Seeds.generator(1));
        assertThat(instance.problem().evaluate(padded(instance)).loss()).isLessThan(1e-30);
        DMatrixRMaj z = instance.truth().orElseThrow().factor();
        CpGram gram = new CpGram(shape);
        double[] weights = {1, 0.505, 0.01};
        for (int i = 0; i < 3; i++) {
            DMatrixRMaj one = CommonOps_DDRM.extract(z, 0, z.numRows, i, i + 1);
            for (int j = 0; j < 3; j++) {
                DMatrixRMaj other = CommonOps_DDRM.extract(z, 0, z.numRows, j, j + 1);
                assertThat(gram.inner(one, other)).isCloseTo(i == j ? weights[i] * weights[i] : 0, within(1e-14));
            }
        }
        assertThat(instance.truth().orElseThrow().norm()).isCloseTo(Math.sqrt(1 + 0.505 * 0.505 + 1e-4), within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void measurementsKeepNormsOnAverageAndTheTruthSolvesThem(CpShape shape) {
        Instance<CpSensing> instance =
                new GaussianTensorSensing(shape, 3, 2, 600, 10, 0, 0, Precision.DOUBLE).instance(Seeds.generator(2));
        assertThat(instance.problem().evaluate(padded(instance)).loss()).isLessThan(1e-28);
        // E‖𝒜(T)‖² = ‖T‖², with relative standard deviation (2/m)^½ = 0.06.
        double measured = 2
                * instance.problem().evaluate(new DMatrixRMaj(shape.rows(), 3)).loss();
        double norm = instance.truth().orElseThrow().norm();
        assertThat(measured / (norm * norm)).isBetween(0.75, 1.25);
    }

    /** The rows' two products are adjoint, and the joint pass is the one after the other. */
    @ParameterizedTest
    @MethodSource("shapes")
    void rowsAreAdjoint(CpShape shape) {
        var random = Seeds.generator(3);
        for (Precision precision : Precision.values()) {
            int length = shape.length();
            TensorRows rows = new TensorRows(
                    length,
                    50,
                    (k, a) -> {
                        for (int e = 0; e < a.length; e++) {
                            a[e] = random.nextGaussian();
                        }
                    },
                    precision);
            double[] t = random.doubles(length).toArray();
            double[] w = random.doubles(50).toArray();
            double[] measured = new double[50];
            double[] back = new double[length];
            rows.measure(t, measured);
            rows.backproject(w, back);
            double inner = Frobenius.dot(measured, w, 50);
            assertThat(Frobenius.dot(t, back, length)).isCloseTo(inner, within(1e-12 * (1 + Math.abs(inner))));
            double[] residual = new double[50];
            double[] joint = new double[length];
            rows.pass(new HalfSquaredNorm(), t, w, residual, joint);
            for (int k = 0; k < 50; k++) {
                assertThat(residual[k]).isCloseTo(measured[k] - w[k], within(1e-11));
            }
            rows.backproject(residual, back);
            assertThat(joint).containsExactly(back, within(1e-10));
        }
    }

    /** Measured: the share that is wrong, by how much, and that noise is on all of them. */
    @ParameterizedTest
    @MethodSource("shapes")
    void outliersAndNoise(CpShape shape) {
        Instance<CpSensing> wrong =
                new GaussianTensorSensing(shape, 2, 2, 400, 1, 0, 0.1, Precision.DOUBLE).instance(Seeds.generator(4));
        double[] misfit = wrong.problem().evaluate(padded(wrong)).residual();
        int count = 0;
        double squares = 0;
        for (double value : misfit) {
            count += Math.abs(value) > 1e-12 ? 1 : 0;
            squares += value * value;
        }
        assertThat(count).isEqualTo(40);
        // Each is N(0, ‖T̄ − T*‖²/m), and ‖T̄‖² is a third of the number of entries, far above ‖T*‖² = 2.
        double entries = (double) shape.first() * shape.second() * shape.third();
        assertThat(squares / (0.1 * (entries / 3 + 2))).isBetween(0.5, 1.6);

        Instance<CpSensing> noisy =
                new GaussianTensorSensing(shape, 2, 2, 400, 1, 0.1, 0, Precision.DOUBLE).instance(Seeds.generator(5));
        double relative = Math.sqrt(2 * noisy.problem().evaluate(padded(noisy)).loss())
                / noisy.truth().orElseThrow().norm();
        assertThat(relative).isBetween(0.08, 0.12);
    }

    @Test
    void theSameSeedGivesTheSameInstance() {
        GaussianTensorSensing sensing =
                new GaussianTensorSensing(CpShape.symmetric(5), 2, 2, 30, 3, 0.1, 0.2, Precision.DOUBLE);
        CpSensing a = sensing.instance(Seeds.generator(6)).problem();
        CpSensing b = sensing.instance(Seeds.generator(6)).problem();
        for (int k = 0; k < 30; k++) {
            assertThat(a.measurement(k)).isEqualTo(b.measurement(k));
        }
    }

    /** gd and lbfgs with exact steps, from a relative error of 0.1 to 1e−10. */
    @ParameterizedTest
    @MethodSource("shapes")
    void aStartNearTheTruthEndsThere(CpShape shape) {
        List<Instance<? extends CompositeProblem>> instances = List.of(
                new RandomCp(shape, 2, 2, 5).instance(Seeds.generator(7)),
                GaussianTensorSensing.of(shape, 2, 300).instance(Seeds.generator(8)));
        for (Instance<? extends CompositeProblem> instance : instances) {
            GroundTruth truth = instance.truth().orElseThrow();
            DMatrixRMaj x0 = InitialPoint.nearTruth(instance.problem(), truth, 0.1, Seeds.generator(9));
            assertThat(truth.distance(x0) / truth.norm()).isCloseTo(0.1, within(1e-10));
            assertEndsAt(truth, new Lbfgs(10, new ExactStep()), instance.problem(), x0, 200);
            assertEndsAt(truth, new GradientDescent(new ExactStep()), instance.problem(), x0, 5_000);
        }
    }

    private static <S extends SolverState> void assertEndsAt(
            GroundTruth truth, Solver<CompositeProblem, S> solver, CompositeProblem problem, DMatrixRMaj x0, int most) {
        Workspace workspace = new Workspace();
        S state = solver.start(problem, x0, workspace);
        double loss = state.loss();
        double goal = 1e-10 * truth.norm();
        int steps = 0;
        while (steps < most && truth.distance(state.x()) > goal) {
            state = solver.step(problem, state, workspace);
            assertThat(state.loss()).isLessThanOrEqualTo(loss * (1 + 1e-10) + 1e-28);
            loss = state.loss();
            steps++;
        }
        assertThat(truth.distance(state.x()))
                .as("%s on %s", solver.describe(), problem)
                .isLessThanOrEqualTo(goal);
    }

    /** d = 500 with ‖T*‖ = √2 to a loss of 1e−20: nothing of size d³ could be formed here. */
    @Test
    void largeFactorizationToTwentyDigitsOfLoss() {
        Instance<CpFactorization> instance =
                new RandomCp(CpShape.symmetric(500), 2, 2, 1).instance(Seeds.generator(10));
        DMatrixRMaj x0 =
                InitialPoint.nearTruth(instance.problem(), instance.truth().orElseThrow(), 0.1, Seeds.generator(11));
        Workspace workspace = new Workspace();
        Lbfgs solver = new Lbfgs(10, new ExactStep());
        Lbfgs.State state = solver.start(instance.problem(), x0, workspace);
        for (int i = 0; i < 100 && state.loss() > 1e-20; i++) {
            state = solver.step(instance.problem(), state, workspace);
        }
        assertThat(state.loss()).isLessThanOrEqualTo(1e-20);
    }

    @Test
    void argumentsAreChecked() {
        CpShape shape = CpShape.symmetric(5);
        assertThatThrownBy(() -> new RandomCp(shape, 2, 6, 1)).hasMessageContaining("truth rank is 6; 1 to 5");
        assertThatThrownBy(() -> new RandomCp(shape, 0, 1, 1)).hasMessageContaining("rank is 0");
        assertThatThrownBy(() -> new RandomCp(shape, 1, 1, 0.5)).hasMessageContaining("kappa is 0.5");
        assertThatThrownBy(() -> GaussianTensorSensing.of(shape, 1, 0)).hasMessageContaining("m is 0");
        assertThatThrownBy(() -> new GaussianTensorSensing(shape, 1, 1, 9, 1, -1, 0, Precision.DOUBLE))
                .hasMessageContaining("noise is -1.0");
        assertThatThrownBy(() -> new GaussianTensorSensing(shape, 1, 1, 9, 1, 0, 2, Precision.DOUBLE))
                .hasMessageContaining("outliers is 2.0");
    }

    @Test
    void rowsThatDoNotFitAreRefusedBeforeTheyAreDrawn() {
        RowMemory sixGigabytes = new RowMemory(6_000_000_000L);
        sixGigabytes.require(CpShape.symmetric(50), 5_000, Precision.DOUBLE);
        assertThatThrownBy(() -> sixGigabytes.require(CpShape.asymmetric(50, 50, 50), 7_500, Precision.DOUBLE))
                .hasMessage("m is 7500; that many rows on a 50×50×50 tensor take 7.5 GB, and 6.0 GB of memory are left"
                        + " (java -Xmx gives more): at most 5976 rows fit");
        sixGigabytes.require(CpShape.asymmetric(50, 50, 50), 7_500, Precision.SINGLE);
        assertThatThrownBy(() -> GaussianTensorSensing.of(CpShape.symmetric(1000), 1, 1_000_000)
                        .instance(Seeds.generator(1)))
                .hasMessageContaining("not one row fits")
                .hasMessageContaining("1000×1000×1000 symmetric");
    }
}
