package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.PointVerdict.GlobalMinimum;
import io.escapement.event.PointVerdict.SpuriousMinimum;
import io.escapement.event.PointVerdict.StrictSaddle;
import io.escapement.event.PointVerdict.Undecided;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.Descent;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.Huber;
import io.escapement.problem.Logistic;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.RestrictedConstants;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Verdicts under losses other than ½‖·‖², and with a balancing term. */
class LossJudgeTest {

    private static final FactoredJudge JUDGE = FactoredJudge.standard();
    private static final FactoredProblem THREE = PerturbedCompletion.problem(3, 0.3, 1);

    private static Judgement judge(OuterLoss loss, DMatrixRMaj x) {
        return JUDGE.judge(THREE.withLoss(loss), x);
    }

    @Test
    void truthIsCertifiedUnderEveryLossOfTheDifference() {
        for (OuterLoss loss : List.of(new Huber(0.2), new Huber(10), new EuclideanNorm(), new AbsoluteSum())) {
            Judgement judgement = judge(loss, PerturbedCompletion.truth(3));
            assertThat(judgement.verdict()).as(loss.describe()).isInstanceOf(GlobalMinimum.class);
            assertThat(((GlobalMinimum) judgement.verdict()).gap()).isLessThan(1e-12);
        }
    }

    /** A relative misfit of 1e−8 is a loss of 1e−16 squared and of 1e−8 not: both count as the minimum, one of 1e−4 does not. */
    @Test
    void aNormAndItsSquareAcceptTheSamePoints() {
        DMatrixRMaj near = PerturbedCompletion.truth(3);
        near.set(0, 0, 1 + 1e-8);
        DMatrixRMaj far = PerturbedCompletion.truth(3);
        far.set(0, 0, 1 + 1e-4);
        for (OuterLoss loss : List.of(new HalfSquaredNorm(), new EuclideanNorm(), new AbsoluteSum())) {
            assertThat(judge(loss, near).verdict()).as(loss.describe()).isInstanceOf(GlobalMinimum.class);
            assertThat(judge(loss, far).verdict()).as(loss.describe()).isInstanceOf(Undecided.class);
        }
    }

    /** A trap of ½‖·‖² is one of ‖·‖₂, which has the same stationary points but for its zeros, and of Huber with no residual beyond δ. */
    @Test
    void trapIsSpuriousUnderLossesThatAgreeThere() {
        Evaluation trap = PerturbedCompletion.trapOfThree();
        double norm = Math.sqrt(2 * trap.loss());
        double lambda = JUDGE.judge(THREE, trap.x()).figures().getOr("lambdaMin", 0);
        Judgement huber = judge(new Huber(10), trap.x());
        assertThat(huber.verdict()).isInstanceOf(SpuriousMinimum.class);
        assertThat(huber.figures().getOr("lambdaMin", 0)).isCloseTo(lambda, within(1e-12));
        Judgement plain = judge(new EuclideanNorm(), trap.x());
        assertThat(plain.verdict()).isInstanceOf(SpuriousMinimum.class);
        assertThat(plain.figures().getOr("lambdaMin", 0)).isCloseTo(lambda / norm, within(1e-12));
        assertThat(plain.figures().getOr("optimalityGap", 0)).isCloseTo(norm, within(1e-9));
    }

    @Test
    void zeroIsAStrictSaddleWhereTheLossIsSmooth() {
        FactoredProblem dense = Gaussian.sensing(4, 1, 9, 0, 0, new Random(3));
        for (OuterLoss loss : List.of(new Huber(0.2), new EuclideanNorm(), new AbsoluteSum())) {
            Judgement judgement = JUDGE.judge(dense.withLoss(loss), new DMatrixRMaj(4, 1));
            assertThat(judgement.verdict()).as(loss.describe()).isInstanceOf(StrictSaddle.class);
            assertThat(judgement.figures().getOr("hessianLambdaMin", 0))
                    .isCloseTo(2 * judgement.figures().getOr("lambdaMin", 1), within(1e-10));
        }
        // Some entries of PMC's b are 0: a kink of the absolute sum, and no Hessian to speak of.
        Judgement kink = judge(new AbsoluteSum(), new DMatrixRMaj(3, 1));
        assertThat(kink.verdict()).isInstanceOf(Undecided.class);
        assertThat(kink.verdict().sentence()).contains("a residual is 0", "not smooth");
        assertThat(kink.figures().has("hessianLambdaMin")).isFalse();
    }

    /** With outliers the truth is the minimum of the absolute sum, but the subgradient at hand does not show it. */
    @Test
    void minimumAtAKinkIsUndecidedWithTheReason() {
        Random random = new Random(5);
        FactoredProblem clean = Gaussian.sensing(4, 1, 30, 0, 0, random);
        DMatrixRMaj z = Gaussian.matrix(4, 1, random);
        double[] b = Gaussian.data(clean.operator(), z, 0, random);
        b[0] += 5;
        b[7] -= 3;
        FactoredProblem problem = new FactoredProblem(clean.operator(), b, 1).withLoss(new AbsoluteSum());
        Judgement judgement = JUDGE.judge(problem, z);
        assertThat(judgement.verdict()).isInstanceOf(Undecided.class);
        assertThat(judgement.verdict().sentence()).contains("not a stationary point", "l1 is not smooth");
        assertThat(judgement.figures().getOr("optimalityGap", 0)).isCloseTo(8, within(1e-9));
    }

    /** |M − a + 1| + |M − a| + |M − a − 1| at its median: the subgradient is 0, so a loss of 2 is certified. */
    @Test
    void subgradientThatPassesIsProofAlsoAtAKink() {
        double root = 1.5;
        FactoredProblem shifted = new FactoredProblem(
                        new DenseReferenceOperator(
                                1, new double[][] {{1}, {1}, {1}}, new RestrictedConstants(3, 3, "exact")),
                        new double[] {root * root - 1, root * root, root * root + 1},
                        1)
                .withLoss(new AbsoluteSum());
        DMatrixRMaj x = new DMatrixRMaj(1, 1, true, root);
        Judgement judgement = JUDGE.judge(shifted, x);
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.figures().getOr("loss", 0)).isCloseTo(2, within(1e-12));
        assertThat(((GlobalMinimum) judgement.verdict()).gap()).isLessThan(1e-12);
    }

    /** Shares of ones that are the probabilities of a known matrix: it is the minimizer, at the entropy and not at 0. */
    @Test
    void logisticIsCertifiedAtItsEntropy() {
        DMatrixRMaj z = Gaussian.matrix(4, 1, new Random(6));
        FactoredProblem squared = Gaussian.sensing(4, 1, 12, 0, 0, new Random(7));
        double[] alpha = Gaussian.data(squared.operator(), z, 0, new Random(8));
        for (int k = 0; k < alpha.length; k++) {
            alpha[k] = Logistic.sigmoid(alpha[k]);
        }
        FactoredProblem problem = new FactoredProblem(squared.operator(), alpha, 1).withLoss(new Logistic());
        Judgement judgement = JUDGE.judge(problem, z);
        assertThat(judgement.verdict()).isInstanceOf(GlobalMinimum.class);
        assertThat(judgement.figures().getOr("loss", 0)).isGreaterThan(1);
        assertThat(((GlobalMinimum) judgement.verdict()).gap()).isLessThan(1e-14);
        assertThat(JUDGE.judge(problem, new DMatrixRMaj(4, 1)).verdict()).isInstanceOf(StrictSaddle.class);
    }

    /** Whatever the verdict at a point, no other point may undercut f − gap; f is without the balancing term. */
    @Test
    void gapIsNeverContradicted() {
        int certified = 0;
        int traps = 0;
        for (int seed = 0; seed < 24; seed++) {
            Random random = new Random(seed);
            FactoredProblem squared = seed % 3 == 2
                    ? Gaussian.asymmetric(3, 3, 1, 7, 0.05, seed % 2 * 0.05, random)
                    : Gaussian.sensing(5, 1, 7, 0.05, 0, random);
            FactoredProblem problem = switch (seed % 4) {
                case 0 -> squared.withLoss(new Huber(0.3));
                case 1 -> squared.withLoss(new EuclideanNorm());
                case 2 -> logistic(squared);
                default -> squared.withLoss(new HalfSquaredNorm());
            };
            FactoredProblem run = seed % 3 == 2 ? problem.withBalance(0.5) : problem;
            Evaluation[] ends = new Evaluation[6];
            double largest = 0;
            for (int i = 0; i < ends.length; i++) {
                ends[i] = Descent.to(run, Gaussian.matrix(run.rows(), run.columns(), random));
                largest = Math.max(largest, Frobenius.dot(ends[i].x(), ends[i].x()));
            }
            FactoredJudge within = JUDGE.withTraceBound(new TraceBound(largest, "largest seen"));
            for (Evaluation judged : ends) {
                Judgement judgement = within.judge(run, judged.x());
                certified += judgement.verdict() instanceof GlobalMinimum ? 1 : 0;
                traps += judgement.verdict().trap() ? 1 : 0;
                double lowest = problem.value(judged.x()) - judgement.figures().getOr("optimalityGap", Double.NaN);
                for (Evaluation other : ends) {
                    assertThat(problem.value(other.x()))
                            .as("seed %d, %s", seed, judgement.verdict().sentence())
                            .isGreaterThanOrEqualTo(lowest - 1e-9);
                }
            }
        }
        assertThat(certified).isPositive();
        assertThat(traps).isPositive();
    }

    private static FactoredProblem logistic(FactoredProblem squared) {
        double[] alpha = new double[squared.operator().measurements()];
        for (int k = 0; k < alpha.length; k++) {
            alpha[k] = Logistic.sigmoid(squared.measurement(k));
        }
        return new FactoredProblem(squared.operator(), alpha, squared.columns(), squared.ridge(), squared.shape())
                .withLoss(new Logistic());
    }

    /** diag(3, 1) with every entry seen: at rank 1 the best is diag(3, 0), a local minimum that fails the test, balanced or not. */
    @Test
    void balancingChangesNoVerdict() {
        FactoredProblem one = FactoredJudgeTest.fullyObserved(0, 3, 1, 1);
        DMatrixRMaj balanced = new DMatrixRMaj(4, 1);
        balanced.set(0, 0, Math.sqrt(3));
        balanced.set(2, 0, Math.sqrt(3));
        Judgement plain = JUDGE.judge(one, balanced);
        for (double weight : new double[] {0.1, 1, 10}) {
            FactoredProblem problem = one.withBalance(weight);
            Judgement judgement = JUDGE.judge(problem, balanced);
            assertThat(judgement.verdict()).isInstanceOf(SpuriousMinimum.class);
            assertThat(plain.verdict()).isInstanceOf(SpuriousMinimum.class);
            assertThat(judgement.figures().getOr("lambdaMin", 0)).isCloseTo(-0.5, within(1e-12));
            assertThat(judgement.figures().getOr("optimalityGap", 0))
                    .isEqualTo(plain.figures().getOr("optimalityGap", 1));
            assertThat(judgement.figures().getOr("imbalance", 1)).isCloseTo(0, within(1e-12));
            // Zero is a saddle either way.
            assertThat(JUDGE.judge(problem, new DMatrixRMaj(4, 1)).verdict()).isInstanceOf(StrictSaddle.class);
            // The same product of unequal factors is no stationary point any more.
            DMatrixRMaj unequal = balanced.copy();
            unequal.set(0, 0, 3);
            unequal.set(2, 0, 1);
            assertThat(JUDGE.judge(problem, unequal).verdict()).isInstanceOf(Undecided.class);
            assertThat(JUDGE.judge(one, unequal).verdict()).isInstanceOf(SpuriousMinimum.class);
            // Its gap is that of f nevertheless: f = ½ and λ_min = −½ with ⟨G, M̂⟩ = 0.
            FactoredJudge bounded = JUDGE.withTraceBound(new TraceBound(0.6, "given"));
            assertThat(bounded.judge(problem, unequal).figures().getOr("optimalityGap", 0))
                    .isCloseTo(0.3, within(1e-9));
        }
        // A vanishing residual is a minimum of f whatever the balance says.
        DMatrixRMaj exact = new DMatrixRMaj(4, 2);
        exact.set(0, 0, 6);
        exact.set(2, 0, 0.5);
        exact.set(1, 1, 1);
        exact.set(3, 1, 1);
        FactoredProblem two = FactoredJudgeTest.fullyObserved(0, 3, 1, 2).withBalance(1);
        assertThat(JUDGE.judge(two, exact).verdict()).isInstanceOf(GlobalMinimum.class);
    }

    /** What {@code Balancing} derives: descents of a balanced problem come to rest where the factors are of equal size. */
    @Test
    void stationaryPointsOfABalancedProblemAreBalanced() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            FactoredProblem plain = Gaussian.asymmetric(4, 3, 2, 20, 0.3, seed % 2 * 0.1, random);
            FactoredProblem problem = (seed % 3 == 0 ? plain.withLoss(new Huber(0.5)) : plain).withBalance(0.4);
            DMatrixRMaj start = Gaussian.matrix(7, 2, random);
            Evaluation end = Descent.to(problem, start);
            if (end.gradientNorm() > 1e-8) {
                continue;
            }
            assertThat(Math.sqrt(problem.squaredImbalance(end.x())))
                    .as("seed %d", seed)
                    .isLessThan(1e-6);
            Evaluation of = plain.withLoss(problem.loss()).evaluate(end.x());
            assertThat(of.gradientNorm()).as("seed %d", seed).isLessThan(1e-6);
            Judgement with = JUDGE.judge(problem, end.x());
            Judgement without = JUDGE.judge(problem.withBalance(0), end.x());
            assertThat(with.verdict().label())
                    .as("seed %d", seed)
                    .isEqualTo(without.verdict().label());
            assertThat(problem.squaredImbalance(start)).isGreaterThan(1e-3);
        }
    }

    /** b → cb with X → √c·X scales every loss but Huber's and the logistic, whose units are fixed; the verdict stays. */
    @Test
    void verdictOfTheNormDoesNotDependOnUnits() {
        for (double scale : new double[] {1e-4, 1e4}) {
            double[] b = new double[6];
            for (int k = 0; k < 6; k++) {
                b[k] = scale * THREE.measurement(k);
            }
            FactoredProblem problem = new FactoredProblem(THREE.operator(), b, 1).withLoss(new EuclideanNorm());
            DMatrixRMaj trap = PerturbedCompletion.trapOfThree().x().copy();
            CommonOps_DDRM.scale(Math.sqrt(scale), trap);
            assertThat(JUDGE.judge(problem, trap).verdict()).isInstanceOf(SpuriousMinimum.class);
            assertThat(JUDGE.judge(problem, new DMatrixRMaj(3, 1)).verdict()).isInstanceOf(StrictSaddle.class);
        }
    }

    @Test
    void balanceIsForTwoFactors() {
        assertThatThrownBy(() -> THREE.withBalance(1))
                .hasMessage("balance is 1.0 with the parameterization psd; only two factors, X and Y, can be balanced");
        assertThatThrownBy(() -> THREE.withLoss(new Huber(1))
                        .quartic(
                                THREE.evaluate(PerturbedCompletion.truth(3)),
                                PerturbedCompletion.truth(3),
                                new Workspace()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the loss is huber:1.0; only that of half-squared residuals is a quartic on a ray");
    }
}
