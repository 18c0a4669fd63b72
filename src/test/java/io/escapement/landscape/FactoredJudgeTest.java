package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.PointVerdict.GlobalMinimum;
import io.escapement.event.PointVerdict.SpuriousMinimum;
import io.escapement.event.PointVerdict.StrictSaddle;
import io.escapement.event.PointVerdict.Undecided;
import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.RestrictedConstants;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactoredJudgeTest {

    private static final FactoredJudge JUDGE = FactoredJudge.standard();
    private static final FactoredProblem THREE = PerturbedCompletion.problem(3, 0.3, 1);

    @Test
    void trapOfThreeIsASpuriousMinimum() {
        Evaluation trap = PerturbedCompletion.trapOfThree();
        assertThat(trap.loss()).isCloseTo(0.330, within(5e-4));
        assertThat(Math.abs(trap.x().get(0))).isCloseTo(0.914, within(5e-4));
        Judgement judgement = JUDGE.judge(THREE, trap.x());
        assertThat(judgement.verdict()).isInstanceOf(SpuriousMinimum.class);
        Values figures = judgement.figures();
        assertThat(figures.getOr("lambdaMin", 0)).isNegative();
        assertThat(figures.getOr("hessianLambdaMin", 0)).isPositive();
        assertThat(figures.getOr("sigmaMin", 0)).isCloseTo(0.914 * Math.sqrt(2), within(1e-3));
        // The truth is lower by the whole loss, and nothing is said to be closer than that.
        assertThat(figures.getOr("optimalityGap", 0)).isEqualTo(figures.getOr("loss", 1));
        assertThat(figures.has("traceBound")).isFalse();
        assertThat(((SpuriousMinimum) judgement.verdict()).gap()).isEqualTo(figures.getOr("optimalityGap", 0));
    }

    @Test
    void theHessiansLipschitzConstantIsTheOneBehindTheThreshold() {
        DMatrixRMaj near = PerturbedCompletion.trapOfThree().x().copy();
        CommonOps_DDRM.scale(1 + 1e-8, near);
        Judgement judgement = JUDGE.judge(THREE, near);
        double lipschitz = judgement.figures().getOr("hessianLipschitz", 0);
        double threshold = ((SpuriousMinimum) judgement.verdict()).threshold();
        assertThat(lipschitz).isGreaterThan(1);
        assertThat(threshold)
                .isCloseTo(
                        Math.sqrt(lipschitz * judgement.figures().getOr("gradientNorm", 0)), within(1e-12 * threshold));
    }

    @Test
    void withNoiseALocalMinimumIsNotCalledSpurious() {
        Judgement judgement =
                JUDGE.withNoise().judge(THREE, PerturbedCompletion.trapOfThree().x());
        assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
        assertThat(judgement.verdict().sentence()).contains("a local minimum of this rank", "noise");
        assertThat(judgement.tooClose()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void zeroIsAStrictSaddle(int rank) {
        FactoredProblem problem = PerturbedCompletion.problem(3, 0.3, rank);
        Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(3, rank));
        assertThat(judgement.verdict()).isInstanceOf(StrictSaddle.class);
        StrictSaddle saddle = (StrictSaddle) judgement.verdict();
        // G(0) = −T∘M*, with eigenvalues 1 ± ρ² on the odd coordinates.
        assertThat(saddle.lambdaMin()).isCloseTo(-1.09, within(1e-12));
        assertThat(saddle.hessianLambdaMin()).isCloseTo(-2.18, within(1e-12));
        assertThat(saddle.gap()).isCloseTo(1.09, within(1e-12));
        assertThat(judgement.figures().has("multiplicity")).isFalse();
    }

    /** A loss of 0 is as low as there is: in brief one evaluation, and no eigenvalue. */
    @ParameterizedTest
    @ValueSource(doubles = {1, -1})
    void truthIsCertifiedByItsLossAlone(double sign) {
        DMatrixRMaj z = PerturbedCompletion.truth(3);
        CommonOps_DDRM.scale(sign, z);
        CountingOperator counter = new CountingOperator(THREE.operator(), 1);
        Judgement judgement = JUDGE.inBrief().judge(THREE.withOperator(counter), z);
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.verdict().sentence()).contains("no point has one below 0");
        assertThat(((GlobalMinimum) judgement.verdict()).gap()).isLessThan(1e-14);
        assertThat(judgement.figures().getOr("optimalityGap", 1)).isLessThan(1e-14);
        assertThat(judgement.figures().has("lambdaMin")).isFalse();
        assertThat(counter.gradientEvaluations()).isEqualTo(1);
    }

    @Test
    void atTheTruthTheEigenvalueIsShownUnlessInBrief() {
        Judgement judgement = JUDGE.judge(THREE, PerturbedCompletion.truth(3));
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.figures().get("lambdaMin").orElseThrow()).isCloseTo(0, within(1e-9));
    }

    /** With a ridge the loss says nothing, and the eigenvalues do. */
    @Test
    void whereTheLossCannotBeZeroEigenvaluesDecide() {
        FactoredProblem ridged = THREE.withRidge(0.1);
        Judgement judgement = JUDGE.judge(
                ridged, Descent.to(ridged, PerturbedCompletion.truth(3)).x());
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.verdict().sentence()).contains("certified: λₘᵢₙ of the gradient matrix");
        assertThat(judgement.figures().has("lambdaMin")).isTrue();
    }

    @Test
    void givenTraceBoundIsUsedAndNamed() {
        FactoredJudge judge = JUDGE.withTraceBound(new TraceBound(2, "trace of the known truth"));
        Evaluation trap = PerturbedCompletion.trapOfThree();
        Judgement judgement = judge.judge(THREE, trap.x());
        double lambda = judgement.figures().getOr("lambdaMin", 0);
        assertThat(judgement.figures().getOr("traceBound", 0)).isEqualTo(2);
        assertThat(judgement.figures().getOr("optimalityGap", 0))
                .isCloseTo(Math.min(trap.loss(), -2 * lambda), within(1e-8));
        DMatrixRMaj nearTruth = PerturbedCompletion.truth(3);
        CommonOps_DDRM.scale(1 + 1e-5, nearTruth);
        GlobalMinimum truth =
                (GlobalMinimum) new FactoredJudge(judge.traceBound(), 1e-3, 1e-3, 1e-12, judge.eigen(), false, false)
                        .judge(THREE, nearTruth)
                        .verdict();
        assertThat(truth.traceSource()).isEqualTo("trace of the known truth");
    }

    @Test
    void pointThatIsNotStationaryIsUndecidedWithFigures() {
        Judgement judgement = JUDGE.judge(THREE, Gaussian.matrix(3, 1, new Random(1)));
        assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
        assertThat(judgement.verdict().sentence()).contains("not a stationary point: the gradient norm is");
        assertThat(judgement.figures().names().asList())
                .contains("loss", "gradientNorm", "lambdaMin", "hessianLambdaMin", "optimalityGap", "sigmaMin");
    }

    /** A descent to a global minimum that was broken off must not be called a spurious minimum. */
    @Test
    void unfinishedGlobalMinimumIsNotCalledSpurious() {
        int undecided = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = Gaussian.sensing(6, 1, 20, 0, 0, random);
            Evaluation end = Descent.to(problem, Gaussian.matrix(6, 1, random));
            if (end.loss() > 1e-12) {
                continue;
            }
            double epsilon = JUDGE.stationaryBelow(problem);
            DMatrixRMaj offset = Gaussian.matrix(6, 1, random);
            DMatrixRMaj near = new DMatrixRMaj(6, 1);
            double step = 1;
            do {
                step *= 0.9;
                Frobenius.add(end.x(), step, offset, near);
            } while (problem.evaluate(near).gradientNorm() > epsilon);
            Judgement judgement = JUDGE.judge(problem, near);
            assertThat(judgement.verdict().trap())
                    .as("seed %d: %s", seed, judgement.verdict().sentence())
                    .isFalse();
            undecided += judgement.verdict().sentence().contains("too close to call") ? 1 : 0;
        }
        assertThat(undecided).isPositive();
    }

    @Test
    void pointThatIsNotFiniteIsUndecided() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
            Judgement judgement = JUDGE.judge(THREE, new DMatrixRMaj(3, 1, true, 1, bad, 0));
            assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
            assertThat(judgement.verdict().sentence()).contains("only a finite point can be judged");
        }
    }

    @Test
    void eigenvaluesThatDidNotConvergeAreNotTrusted() {
        FactoredJudge hasty =
                new FactoredJudge(Optional.empty(), 1e-6, 1e-6, 1e-12, new EigenSolver(1e-9, 2, 0, 1), false, false);
        FactoredProblem problem = PerturbedCompletion.problem(11, 0.1, 1);
        DMatrixRMaj wrongSigns = PerturbedCompletion.truth(11);
        wrongSigns.set(10, 0, -1);
        wrongSigns.set(8, 0, -1);
        Evaluation trap = Descent.to(problem, wrongSigns);
        assertThat(JUDGE.judge(problem, trap.x()).verdict()).isInstanceOf(SpuriousMinimum.class);
        Judgement judgement = hasty.judge(problem, trap.x());
        assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
        assertThat(judgement.verdict().sentence()).contains("not known well enough");
        assertThat(judgement.figures().getOr("optimalityGap", 0))
                .isEqualTo(judgement.figures().getOr("loss", 1));
    }

    @Test
    void repeatedEigenvalueIsReported() {
        // T = 1: G(0) = −M* with M* = I on three of five coordinates.
        FactoredProblem unit = PerturbedCompletion.problem(5, 1, 3);
        DMatrixRMaj z = new DMatrixRMaj(5, 3);
        for (int i = 0; i < 3; i++) {
            z.set(i, i, 1);
        }
        FactoredProblem problem =
                new FactoredProblem(unit.operator(), Gaussian.data(unit.operator(), z, 0, new Random(1)), 3);
        Judgement judgement = JUDGE.judge(problem, new DMatrixRMaj(5, 3));
        assertThat(judgement.figures().getOr("multiplicity", 0)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1e-3, 1", "1e4, 1", "1, 1e-3", "1, 1e4"})
    void verdictDoesNotDependOnUnits(double dataScale, double operatorScale) {
        // b → cb moves X to √c·X; 𝒜 → a𝒜 with b → ab moves nothing.
        FactoredProblem plain = THREE;
        double[][] rows = new double[6][9];
        double[] b = new double[6];
        double[] column = new double[6];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                DMatrixRMaj ei = new DMatrixRMaj(3, 1);
                DMatrixRMaj ej = new DMatrixRMaj(3, 1);
                ei.set(i, 0, 1);
                ej.set(j, 0, 1);
                plain.operator().measure(ei, ej, column);
                for (int k = 0; k < 6; k++) {
                    rows[k][i * 3 + j] = operatorScale * column[k];
                    b[k] = operatorScale * dataScale * plain.measurement(k);
                }
            }
        }
        FactoredProblem scaled = new FactoredProblem(
                new DenseReferenceOperator(
                        3,
                        rows,
                        new RestrictedConstants(
                                0.09 * operatorScale * operatorScale, operatorScale * operatorScale, "exact")),
                b,
                1);
        DMatrixRMaj trap = PerturbedCompletion.trapOfThree().x().copy();
        CommonOps_DDRM.scale(Math.sqrt(dataScale), trap);
        assertThat(JUDGE.judge(scaled, trap).verdict()).isInstanceOf(SpuriousMinimum.class);
        DMatrixRMaj z = PerturbedCompletion.truth(3);
        CommonOps_DDRM.scale(Math.sqrt(dataScale), z);
        assertThat(JUDGE.judge(scaled, z).verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(JUDGE.judge(scaled, new DMatrixRMaj(3, 1)).verdict()).isInstanceOf(StrictSaddle.class);
    }

    @Test
    void verdictDoesNotDependOnRotation() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = Gaussian.sensing(6, 2, 10, 0.02, 0, random);
            Evaluation at = Descent.to(problem, Gaussian.matrix(6, 2, random));
            Judgement plain = JUDGE.judge(problem, at.x());
            Judgement turned = JUDGE.judge(problem, Gaussian.product(at.x(), Gaussian.orthogonal(2, random)));
            assertThat(turned.verdict().label())
                    .as("seed %d", seed)
                    .isEqualTo(plain.verdict().label());
            for (String name : plain.figures().names().asList()) {
                assertThat(turned.figures().getOr(name, Double.NaN))
                        .as("seed %d, %s", seed, name)
                        .isCloseTo(plain.figures().getOr(name, 0), within(1e-7));
            }
        }
    }

    /** Whatever the verdict at a point, no later point may undercut loss − gap. */
    @Test
    void gapIsNeverContradicted() {
        int certified = 0;
        int traps = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            double ridge = seed % 3 == 0 ? 0.05 : 0;
            FactoredProblem problem = seed % 2 == 0
                    ? Gaussian.sensing(5, 2, 7 + seed % 5, 0.05, ridge, random)
                    : Gaussian.asymmetric(3, 3, 1, 7, 0.05, ridge, random);
            double largestTrace = 0;
            Evaluation[] ends = new Evaluation[8];
            for (int i = 0; i < ends.length; i++) {
                ends[i] = Descent.to(problem, Gaussian.matrix(problem.rows(), problem.columns(), random));
                largestTrace = Math.max(largestTrace, trace(ends[i].x()));
            }
            FactoredJudge within = JUDGE.withTraceBound(new TraceBound(largestTrace, "largest seen"));
            for (Evaluation judged : ends) {
                for (FactoredJudge judge : new FactoredJudge[] {JUDGE, within}) {
                    Judgement judgement = judge.judge(problem, judged.x());
                    double gap = judgement.figures().getOr("optimalityGap", Double.NaN);
                    double bound = judgement.verdict() instanceof GlobalMinimum global
                            ? global.traceBound()
                            : Double.POSITIVE_INFINITY;
                    certified += judgement.verdict() instanceof GlobalMinimum ? 1 : 0;
                    traps += judgement.verdict().trap() ? 1 : 0;
                    for (Evaluation other : ends) {
                        if (trace(other.x()) <= bound) {
                            assertThat(other.loss())
                                    .as("seed %d, %s", seed, judgement.verdict().sentence())
                                    .isGreaterThanOrEqualTo(judged.loss() - gap - 1e-9);
                        }
                    }
                }
            }
        }
        assertThat(certified).isPositive();
        assertThat(traps).isPositive();
    }

    private static double trace(DMatrixRMaj x) {
        double sum = 0;
        for (int i = 0; i < x.getNumElements(); i++) {
            sum += x.data[i] * x.data[i];
        }
        return sum;
    }

    /** With a ridge the certificate is σ_max(R) ≤ λ: singular values shrunk by λ solve the full-observation problem. */
    @Test
    void asymmetricWithRidgeIsCertifiedAtTheShrunkenSolution() {
        double ridge = 0.5;
        FactoredProblem problem = fullyObserved(ridge, 3, 1);
        // M = diag(3, 1), both shrunk by λ.
        DMatrixRMaj z = new DMatrixRMaj(4, 2);
        z.set(0, 0, Math.sqrt(2.5));
        z.set(2, 0, Math.sqrt(2.5));
        z.set(1, 1, Math.sqrt(0.5));
        z.set(3, 1, Math.sqrt(0.5));
        Judgement judgement = JUDGE.judge(problem, z);
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.figures().getOr("lambdaMin", 1)).isCloseTo(0, within(1e-12));
        assertThat(((GlobalMinimum) judgement.verdict()).gap()).isLessThan(1e-10);
        assertThat(((GlobalMinimum) judgement.verdict()).traceSource()).contains("ridge");
    }

    /** Without one, only a vanishing residual is certified, at whatever X and Y the product is reached. */
    @Test
    void asymmetricWithoutRidge() {
        FactoredProblem problem = fullyObserved(0, 3, 1);
        DMatrixRMaj unbalanced = new DMatrixRMaj(4, 2);
        unbalanced.set(0, 0, 6);
        unbalanced.set(2, 0, 0.5);
        unbalanced.set(1, 1, 1);
        unbalanced.set(3, 1, 1);
        assertThat(JUDGE.judge(problem, unbalanced).verdict()).isInstanceOf(GlobalMinimum.class);
        // diag(3, 0) of rank 2 is a saddle; λₘᵢₙ(G) = −σ_max(R)/2 = −½.
        unbalanced.set(1, 1, 0);
        unbalanced.set(3, 1, 0);
        Judgement saddle = JUDGE.judge(problem, unbalanced);
        assertThat(saddle.verdict()).isInstanceOf(StrictSaddle.class);
        assertThat(saddle.figures().getOr("lambdaMin", 0)).isCloseTo(-0.5, within(1e-12));
        assertThat(saddle.figures().getOr("sigmaMin", 1)).isCloseTo(0, within(1e-12));
    }

    /** Every entry of a 2×2 matrix diag(d1, d2) observed through XYᵀ. */
    private static FactoredProblem fullyObserved(double ridge, double d1, double d2) {
        return fullyObserved(ridge, d1, d2, 2);
    }

    static FactoredProblem fullyObserved(double ridge, double d1, double d2, int rank) {
        double[][] rows = new double[4][16];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                rows[2 * i + j][i * 4 + 2 + j] = 0.5;
                rows[2 * i + j][(2 + j) * 4 + i] = 0.5;
            }
        }
        return new FactoredProblem(
                new DenseReferenceOperator(4, rows, new RestrictedConstants(0, 1, "exact: entries")),
                new double[] {d1, 0, 0, d2},
                rank,
                ridge,
                FactorShape.asymmetric(2, 2));
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> JUDGE.withGradientTolerance(-1)).hasMessageContaining("gradientTolerance is -1.0");
        assertThatThrownBy(() -> new TraceBound(Double.POSITIVE_INFINITY, "given"))
                .hasMessageContaining("trace bound is Infinity");
    }

    @Test
    void aJudgementIsBrokenOffWithinOneProduct() {
        FactoredProblem plain = Gaussian.sensing(20, 1, 60, 0, 0, new Random(3));
        DMatrixRMaj x = Gaussian.matrix(20, 1, new Random(4));
        FactoredJudge iterating = new FactoredJudge(
                Optional.empty(), 1e-6, 1e-6, 1e-12, EigenSolver.standard().withDenseLimit(0), false, false);
        for (int products : new int[] {0, 1, 7, 40}) {
            CountingOperator counted = new CountingOperator(plain.operator(), 1);
            AtomicInteger asked = new AtomicInteger();
            AtomicReference<Double> work = new AtomicReference<>();
            assertThatThrownBy(() -> iterating.judge(plain.withOperator(counted), x, () -> {
                        boolean stop = asked.getAndIncrement() >= products;
                        work.compareAndSet(null, stop ? counted.gradientEvaluations() : null);
                        return stop;
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(asked).as("asked once for each product").hasValue(products + 1);
            assertThat(counted.gradientEvaluations())
                    .as("nothing after the stop")
                    .isEqualTo(work.get());
        }
    }
}
