package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.PointVerdict.GlobalMinimum;
import io.escapement.event.PointVerdict.StrictSaddle;
import io.escapement.linalg.Workspace;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.sensing.Instance;
import io.escapement.sensing.NonnegativeLeastSquares;
import io.escapement.sensing.RegressionOperator;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SparseRecovery;
import io.escapement.solve.ExactStep;
import io.escapement.solve.Lbfgs;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Squared variables: the judge's certificate is the condition of Karush, Kuhn and Tucker. */
class RegressionJudgeTest {

    private static final FactoredJudge JUDGE = FactoredJudge.standard();

    private static Evaluation solve(FactoredProblem problem, long seed) {
        Lbfgs solver = new Lbfgs(10, new ExactStep());
        Workspace workspace = new Workspace();
        Lbfgs.State state =
                solver.start(problem, Gaussian.matrix(problem.rows(), problem.columns(), new Random(seed)), workspace);
        double small = 1e-3 * JUDGE.stationaryBelow(problem);
        for (int i = 0; i < 3000 && state.gradientNorm() > small; i++) {
            state = solver.step(problem, state, workspace);
        }
        return state.at();
    }

    /** Projected gradient on ½‖Aθ − b‖² over θ ≥ 0, with A as the operator's primitives give it on unit vectors. */
    private static double[] projectedGradient(FactoredProblem problem) {
        int d = problem.rows();
        int m = problem.operator().measurements();
        double[][] a = new double[d][m];
        for (int i = 0; i < d; i++) {
            DMatrixRMaj unit = new DMatrixRMaj(d, 1);
            unit.data[i] = 1;
            problem.operator().measure(unit, unit, a[i]);
        }
        double step = 1 / problem.operator().constants().smoothness();
        double[] theta = new double[d];
        for (int iteration = 0; iteration < 20_000; iteration++) {
            double[] r = new double[m];
            for (int k = 0; k < m; k++) {
                r[k] = -problem.measurement(k);
                for (int i = 0; i < d; i++) {
                    r[k] += a[i][k] * theta[i];
                }
            }
            for (int i = 0; i < d; i++) {
                double pull = 0;
                for (int k = 0; k < m; k++) {
                    pull += a[i][k] * r[k];
                }
                theta[i] = Math.max(0, theta[i] - step * pull);
            }
        }
        return theta;
    }

    @Test
    void certifiedPointsSolveNonnegativeLeastSquares() {
        for (int seed = 0; seed < 5; seed++) {
            Instance<FactoredProblem> instance = new NonnegativeLeastSquares(8, 16, 3, 2, 5, 0.5, new HalfSquaredNorm())
                    .instance(Seeds.generator(seed));
            FactoredProblem problem = instance.problem();
            Evaluation end = solve(problem, seed);
            Judgement judgement = JUDGE.judge(problem, end.x());
            assertThat(judgement.verdict())
                    .as("seed %d: %s", seed, judgement.verdict().sentence())
                    .isInstanceOf(GlobalMinimum.class);
            assertThat(end.loss()).as("seed %d", seed).isGreaterThan(1e-3);
            double[] reference = projectedGradient(problem);
            int active = 0;
            for (int i = 0; i < reference.length; i++) {
                assertThat(end.x().data[i] * end.x().data[i])
                        .as("seed %d, entry %d", seed, i)
                        .isCloseTo(reference[i], within(1e-6));
                active += reference[i] == 0 ? 1 : 0;
            }
            assertThat(active)
                    .as("seed %d: a bound is active, or the test shows little", seed)
                    .isPositive();
            // ‖·‖₂ has the same minimizer where the residual does not vanish.
            FactoredProblem norm = problem.withLoss(new EuclideanNorm());
            assertThat(JUDGE.judge(norm, end.x()).verdict()).isInstanceOf(GlobalMinimum.class);
        }
    }

    /** Above the size up to which matrices are formed, so by Lanczos on diagonal matrices, 0 and the like among them. */
    @Test
    void manyEntries() {
        for (OuterLoss loss : List.of(new HalfSquaredNorm(), new EuclideanNorm())) {
            Instance<FactoredProblem> instance =
                    new NonnegativeLeastSquares(220, 240, 10, 1, 3, 0, loss).instance(Seeds.generator(1));
            FactoredProblem problem = instance.problem();
            DMatrixRMaj truth = instance.truth().orElseThrow().factor();
            assertThat(JUDGE.judge(problem, truth).verdict()).isInstanceOf(GlobalMinimum.class);
            Judgement zero = JUDGE.judge(problem, new DMatrixRMaj(220, 1));
            assertThat(zero.verdict()).isInstanceOf(StrictSaddle.class);
            double lowest = 0;
            Evaluation at = problem.evaluate(new DMatrixRMaj(220, 1));
            DMatrixRMaj ones = new DMatrixRMaj(220, 1);
            ones.fill(1);
            DMatrixRMaj diagonal = new DMatrixRMaj(1, 1);
            problem.gradientMatrixTimes(at.weights(), ones, diagonal);
            for (int i = 0; i < 220; i++) {
                lowest = Math.min(lowest, diagonal.data[i]);
            }
            assertThat(zero.figures().getOr("lambdaMin", 0)).isCloseTo(lowest, within(1e-8 * -lowest));
        }
    }

    /** Equal entries of Aᵀw are one eigenvalue, and are counted. */
    @Test
    void repeatedEigenvaluesAreCounted() {
        for (int d : new int[] {6, 230}) {
            double[] b = new double[d];
            b[1] = b[2] = b[4] = 3;
            FactoredProblem problem = new FactoredProblem(
                    RegressionOperator.identity(FactorShape.hadamard(d)), b, 1, 0, FactorShape.hadamard(d));
            Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(d, 1));
            assertThat(judgement.verdict()).isInstanceOf(StrictSaddle.class);
            assertThat(judgement.figures().getOr("lambdaMin", 0)).isCloseTo(-3, within(1e-9));
            assertThat(judgement.figures().getOr("multiplicity", 0)).isEqualTo(3);
        }
    }

    @Test
    void oneEntryThatWantsToBeNegativeStaysAtZero() {
        FactoredProblem problem = new FactoredProblem(
                RegressionOperator.squares(new DMatrixRMaj(1, 1, true, 2)),
                new double[] {-1},
                1,
                0,
                FactorShape.hadamard(1));
        Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(1, 1));
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.figures().getOr("lambdaMin", 0)).isCloseTo(2, within(1e-12));
        assertThat(judgement.figures().getOr("loss", 0)).isCloseTo(0.5, within(1e-12));
    }

    /** With signs the problem is least squares without a bound: certified where Aᵀw vanishes, noise or not. */
    @Test
    void signedSquaresAreCertifiedAtLeastSquares() {
        Instance<FactoredProblem> instance =
                new SparseRecovery(6, 20, 3, 0.3, new HalfSquaredNorm()).instance(Seeds.generator(4));
        FactoredProblem problem = instance.problem();
        Evaluation end = solve(problem, 4);
        Judgement judgement = JUDGE.judge(problem, end.x());
        assertThat(judgement.verdict()).as(judgement.verdict().sentence()).isInstanceOf(GlobalMinimum.class);
        assertThat(end.loss()).isGreaterThan(1e-3);
        assertThat(judgement.figures().getOr("lambdaMin", 1)).isCloseTo(0, within(1e-5));
        assertThat(JUDGE.judge(problem, new DMatrixRMaj(12, 1)).verdict()).isInstanceOf(StrictSaddle.class);
    }
}
