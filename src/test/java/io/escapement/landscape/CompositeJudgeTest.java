package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.PointVerdict.GlobalMinimum;
import io.escapement.event.PointVerdict.StrictSaddle;
import io.escapement.event.PointVerdict.Undecided;
import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Gaussian;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpSensing;
import io.escapement.problem.cp.CpShape;
import io.escapement.solve.ExactStep;
import io.escapement.solve.Lbfgs;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeJudgeTest {

    private static final CompositeJudge JUDGE = CompositeJudge.standard();

    /** T* = 2e₁⊗e₁⊗e₁ + e₂⊗e₂⊗e₂ in both forms. */
    private static CpFactorization orthogonal(boolean symmetric, int rank) {
        return new CpFactorization(shape(symmetric), truth(symmetric, 1), rank);
    }

    private static CpShape shape(boolean symmetric) {
        return symmetric ? CpShape.symmetric(4) : CpShape.asymmetric(4, 3, 5);
    }

    private static DMatrixRMaj truth(boolean symmetric, double scale) {
        CpShape shape = shape(symmetric);
        DMatrixRMaj z = new DMatrixRMaj(shape.rows(), 2);
        for (int mode = 0; mode < (symmetric ? 1 : 3); mode++) {
            z.set(shape.offset(mode), 0, Math.cbrt(2 * scale));
            z.set(shape.offset(mode) + 1, 1, Math.cbrt(scale));
        }
        return z;
    }

    /** A factor of the problem's rank with the given columns of the truth, zeros beside them. */
    private static DMatrixRMaj columns(CpFactorization problem, DMatrixRMaj z, int... which) {
        DMatrixRMaj x = new DMatrixRMaj(problem.rows(), problem.columns());
        for (int c = 0; c < which.length; c++) {
            for (int i = 0; i < x.numRows; i++) {
                x.set(i, c, z.get(i, which[c]));
            }
        }
        return x;
    }

    static Stream<Boolean> forms() {
        return Stream.of(true, false);
    }

    /** A loss of 0 certifies, whatever the loss; anything else of one that is not smooth is left open, also the truth under outliers. */
    @ParameterizedTest
    @MethodSource("forms")
    void withoutSmoothnessThereIsNoVerdictButAZero(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 2).withLoss(new EuclideanNorm());
        DMatrixRMaj z = truth(symmetric, 1);
        assertThat(JUDGE.judge(problem, z).verdict()).isInstanceOf(GlobalMinimum.class);
        Judgement beside = JUDGE.judge(problem, columns(problem, z, 0));
        assertThat(beside.verdict()).isInstanceOf(Undecided.class);
        assertThat(((Undecided) beside.verdict()).why()).contains("not smooth").contains("at most 1 lower");
        double[] t = new double
                [shape(symmetric).first()
                        * shape(symmetric).second()
                        * shape(symmetric).third()];
        t[0] = 2;
        CpSensing entries = CpSensing.ofTensor(shape(symmetric), t, 2).withLoss(new AbsoluteSum());
        assertThat(JUDGE.judge(entries, z).verdict()).isInstanceOf(Undecided.class);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theTruthIsGlobalWithNoCurvatureComputed(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 2);
        Judgement judgement = JUDGE.judge(problem, truth(symmetric, 1));
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.verdict().sentence()).contains("no point has one below 0");
        assertThat(judgement.figures().has(Values.HESSIAN_LAMBDA_MIN)).isFalse();
    }

    /** Gradient and Hessian vanish at 0, yet any direction but a plane's worth leads down. */
    @ParameterizedTest
    @MethodSource("forms")
    void zeroIsNoMinimum(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 2);
        Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(problem.rows(), 2));
        assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
        assertThat(judgement.verdict().sentence())
                .startsWith("Undecided: not a minimum, though no strict saddle: along a direction whose curvature is 0")
                .endsWith("the optimum is at most 2.5 lower.");
        assertThat(judgement.tooClose()).isFalse();
        assertThat(judgement.figures().getOr(Values.HESSIAN_LAMBDA_MIN, 1)).isZero();
        assertThat(judgement.figures().getOr(Values.OPTIMALITY_GAP, 0)).isCloseTo(2.5, within(1e-13));
    }

    /** One component found, the other column 0: the same, within the zero column. */
    @ParameterizedTest
    @MethodSource("forms")
    void aColumnOfZerosIsNoMinimum(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 2);
        for (int component = 0; component < 2; component++) {
            Judgement judgement = JUDGE.judge(problem, columns(problem, truth(symmetric, 1), component));
            assertThat(judgement.verdict().sentence())
                    .as("component %d", component)
                    .contains("not a minimum, though no strict saddle");
        }
    }

    /** The best rank-one approximation is a local minimum among rank-one factors; so is the other component. */
    @ParameterizedTest
    @MethodSource("forms")
    void aComponentIsALocalMinimumWithoutACertificate(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 1);
        for (int component = 0; component < 2; component++) {
            Judgement judgement = JUDGE.judge(problem, columns(problem, truth(symmetric, 1), component));
            assertThat(judgement.verdict().sentence())
                    .as("component %d", component)
                    .contains("a local minimum as far as curvature tells", "no certificate exists");
            assertThat(judgement.verdict().trap()).isFalse();
            assertThat(judgement.tooClose()).isFalse();
            assertThat(judgement.figures().getOr(Values.OPTIMALITY_GAP, 0))
                    .isCloseTo(component == 0 ? 0.5 : 2, within(1e-12));
            double mu = judgement.figures().getOr(Values.HESSIAN_LAMBDA_MIN, -1);
            // Rescaling w, x and y against each other changes nothing: two eigenvalues of 0.
            assertThat(mu).isGreaterThan(symmetric ? 0.5 : -1e-8);
        }
    }

    /** Between two components, T* = e₁⊗e₁⊗e₁ + e₂⊗e₂⊗e₂: x ∝ e₁ + e₂ is the saddle of the tensor power method. */
    @Test
    void betweenTwoComponentsIsAStrictSaddle() {
        CpShape shape = CpShape.symmetric(3);
        DMatrixRMaj z = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}, {0, 0}});
        CpFactorization problem = new CpFactorization(shape, z, 1);
        // x = t(1, 1, 0): ½‖x⊗x⊗x − T*‖² = ½(8t⁶ − 4t³ + 2) is least at t³ = ¼.
        double t = Math.cbrt(0.25);
        DMatrixRMaj x = new DMatrixRMaj(3, 1, true, t, t, 0);
        assertThat(problem.evaluate(x).gradientNorm()).isLessThan(1e-15);
        Judgement judgement = JUDGE.judge(problem, x);
        assertThat(judgement.verdict()).isInstanceOf(StrictSaddle.class);
        // Along (1, −1)/√2: 3‖x‖⁴ − 6t(1) = 12t⁴ − 6t = −3t.
        assertThat(((StrictSaddle) judgement.verdict()).hessianLambdaMin()).isCloseTo(-3 * t, within(1e-12));
        assertThat(judgement.verdict().trap()).isTrue();
        assertThat(judgement.verdict().sentence()).contains("the optimum is at most 0.75 lower");
    }

    /** Both problem classes know XXᵀ at 0, and the verdicts agree. */
    @Test
    void matrixFactorizationAtZeroIsAStrictSaddleHereToo() {
        CompositeProblem problem = PerturbedCompletion.problem(3, 0.3, 1);
        Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(3, 1));
        assertThat(judgement.verdict()).isInstanceOf(StrictSaddle.class);
        assertThat(((StrictSaddle) judgement.verdict()).hessianLambdaMin()).isCloseTo(-2.18, within(1e-12));
        Judgement trap = JUDGE.judge(problem, PerturbedCompletion.trapOfThree().x());
        assertThat(trap.verdict().sentence()).contains("a local minimum as far as curvature tells");
    }

    @ParameterizedTest
    @CsvSource({"1e-9, true", "1e9, true", "1e-9, false", "1e9, false"})
    void verdictsDoNotDependOnTheUnit(double scale, boolean symmetric) {
        CpShape shape = shape(symmetric);
        DMatrixRMaj z = truth(symmetric, scale);
        CpFactorization two = new CpFactorization(shape, z, 2);
        CpFactorization one = new CpFactorization(shape, z, 1);
        double plain = JUDGE.stationaryBelow(orthogonal(symmetric, 2));
        assertThat(JUDGE.stationaryBelow(two) / Math.pow(scale, 5.0 / 3)).isCloseTo(plain, within(1e-9 * plain));
        assertThat(JUDGE.judge(two, z).verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(JUDGE.judge(one, columns(one, z, 0)).verdict().sentence()).contains("a local minimum as far");
        assertThat(JUDGE.judge(two, columns(two, z, 0)).verdict().sentence()).contains("not a minimum");
        assertThat(JUDGE.judge(two, new DMatrixRMaj(shape.rows(), 2)).verdict().sentence())
                .contains("not a minimum");
    }

    /** The unit of the gradient is about that of a gradient on the way: 4h(0)/‖Z‖. */
    @ParameterizedTest
    @MethodSource("forms")
    void stationaryMeansSmallBesideTheProblemsOwnGradients(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 2);
        DMatrixRMaj z = truth(symmetric, 1);
        double unit = JUDGE.stationaryBelow(problem) / JUDGE.gradientTolerance();
        CommonOps_DDRM.scale(0.7, z);
        double onTheWay = problem.evaluate(z).gradientNorm();
        assertThat(unit / onTheWay).isBetween(0.2, 5.0);
    }

    @Test
    void pointThatIsNotStationaryIsUndecidedWithFigures() {
        CpFactorization problem = orthogonal(true, 2);
        Judgement judgement = JUDGE.judge(problem, Gaussian.matrix(4, 2, new Random(1)));
        assertThat(judgement.verdict().sentence()).contains("not a stationary point: the gradient norm is");
        assertThat(judgement.figures().names().asList())
                .containsExactly("loss", "gradientNorm", "optimalityGap", "hessianLambdaMin", "hessianLipschitz");
    }

    /** Descents broken off anywhere below the tolerance: never a trap, and never a minimum where the loss goes on to 0. */
    @ParameterizedTest
    @MethodSource("forms")
    void unfinishedDescentsAreNotCalledMinima(boolean symmetric) {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            CpShape shape = symmetric ? CpShape.symmetric(6) : CpShape.asymmetric(5, 4, 6);
            CpFactorization problem = new CpFactorization(shape, Gaussian.matrix(shape.rows(), 2, random), 2);
            double epsilon = JUDGE.stationaryBelow(problem);
            Workspace workspace = new Workspace();
            Lbfgs solver = new Lbfgs(10, new ExactStep());
            Lbfgs.State state = solver.start(problem, Gaussian.matrix(shape.rows(), 2, random), workspace);
            for (int i = 0; i < 3_000 && state.gradientNorm() > epsilon; i++) {
                state = solver.step(problem, state, workspace);
            }
            DMatrixRMaj rest = state.x();
            for (int i = 0; i < 200; i++) {
                state = solver.step(problem, state, workspace);
            }
            if (state.loss() < 1e-20) {
                Judgement judgement = JUDGE.judge(problem, rest);
                String sentence = judgement.verdict().sentence();
                assertThat(judgement.verdict() instanceof GlobalMinimum || judgement.tooClose())
                        .as("seed %d: %s", seed, sentence)
                        .isTrue();
            }
        }
    }

    @Test
    void pointThatIsNotFiniteIsUndecided() {
        CpFactorization problem = orthogonal(true, 1);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
            Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(4, 1, true, 1, bad, 0, 0));
            assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
            assertThat(judgement.verdict().sentence()).contains("only a finite point can be judged");
        }
    }

    @Test
    void eigenvaluesThatDidNotConvergeAreNotTrusted() {
        CpShape shape = CpShape.symmetric(20);
        CpFactorization problem = new CpFactorization(shape, Gaussian.matrix(20, 3, new Random(2)), 1);
        Workspace workspace = new Workspace();
        Lbfgs solver = new Lbfgs(10, new ExactStep());
        Lbfgs.State state = solver.start(problem, Gaussian.matrix(20, 1, new Random(3)), workspace);
        for (int i = 0; i < 500; i++) {
            state = solver.step(problem, state, workspace);
        }
        CompositeJudge hasty = new CompositeJudge(1e-6, 1e-12, new EigenSolver(1e-9, 2, 0, 1));
        assertThat(JUDGE.judge(problem, state.x()).verdict().sentence()).contains("a local minimum as far");
        assertThat(hasty.judge(problem, state.x()).verdict().sentence()).contains("not known well enough");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aJudgementCanBeBrokenOff(boolean symmetric) {
        CpFactorization problem = orthogonal(symmetric, 2);
        DMatrixRMaj x = columns(problem, truth(symmetric, 1), 0);
        for (int products : new int[] {0, 5, 12}) {
            AtomicInteger asked = new AtomicInteger();
            assertThatThrownBy(() -> JUDGE.judge(problem, x, () -> asked.getAndIncrement() >= products))
                    .as("after %d questions", products)
                    .isInstanceOf(CancellationException.class);
            assertThat(asked).hasValue(products + 1);
        }
    }

    /** A tensor of zeros: 0 is the solution, and there is no scale. */
    @Test
    void dataOfZeros() {
        CpFactorization problem = new CpFactorization(CpShape.symmetric(3), new DMatrixRMaj(3, 1), 1);
        assertThat(JUDGE.stationaryBelow(problem)).isZero();
        assertThat(JUDGE.judge(problem, new DMatrixRMaj(3, 1)).verdict()).isInstanceOf(GlobalMinimum.class);
        Evaluation elsewhere = problem.evaluate(new DMatrixRMaj(3, 1, true, 1, 2, 3));
        assertThat(JUDGE.judge(problem, elsewhere.x()).verdict().sentence()).contains("not a stationary point");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> JUDGE.withGradientTolerance(-1)).hasMessageContaining("gradientTolerance is -1.0");
    }
}
