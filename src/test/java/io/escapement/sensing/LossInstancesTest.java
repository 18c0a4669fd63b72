package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.Huber;
import io.escapement.problem.Logistic;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SampledConstants;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.solve.ExactStep;
import io.escapement.solve.Lbfgs;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Generators of regression, factorization and 1-bit instances, and what other losses are over a symmetric matrix. */
class LossInstancesTest {

    private static final OuterLoss SQUARES = new HalfSquaredNorm();
    private static final FactorShape PSD = FactorShape.psd(8);
    private static final FactorShape ASYMMETRIC = FactorShape.asymmetric(8, 6);

    private static double solvedDistance(Instance<FactoredProblem> instance, double scale) {
        FactoredProblem problem = instance.problem();
        Lbfgs solver = new Lbfgs(10, new ExactStep());
        Workspace workspace = new Workspace();
        Lbfgs.State state =
                solver.start(problem, InitialPoint.gaussian(problem, scale, Seeds.generator(99)), workspace);
        for (int i = 0; i < 1000 && state.gradientNorm() > 1e-10; i++) {
            state = solver.step(problem, state, workspace);
        }
        return instance.truth().orElseThrow().distance(state.x())
                / instance.truth().orElseThrow().norm();
    }

    @Test
    void descentFindsTheTruthOfEach() {
        List<Instance<FactoredProblem>> instances = List.of(
                new NonnegativeLeastSquares(12, 24, 4, 2, 10, 0, SQUARES).instance(Seeds.generator(1)),
                new SparseRecovery(20, 40, 4, 0, SQUARES).instance(Seeds.generator(2)),
                OneBitCompletion.of(PSD, 3).instance(Seeds.generator(3)),
                new OneBitCompletion(ASYMMETRIC, 2, List.of(6.0, 3.0), 1, 0, 0.5).instance(Seeds.generator(4)),
                new Factorization(PSD, 2, 2, 3, 0, SQUARES, 0).instance(Seeds.generator(5)),
                new Factorization(ASYMMETRIC, 2, 2, 3, 0, new Huber(0.5), 1).instance(Seeds.generator(6)),
                new Factorization(PSD, 2, 2, 1, 0, new EuclideanNorm(), 0).instance(Seeds.generator(7)),
                new GaussianSensing(PSD, 2, 2, 90, 1, 0, 0.1, Precision.DOUBLE)
                        .with(new AbsoluteSum(), 0)
                        .instance(Seeds.generator(8)),
                UniformCompletion.of(ASYMMETRIC, 1, 0.9).with(SQUARES, 1).instance(Seeds.generator(9)));
        for (Instance<FactoredProblem> instance : instances) {
            assertThat(solvedDistance(instance, 0.05))
                    .as(instance.description())
                    .isLessThan(1e-4);
        }
    }

    /** Entrywise losses over both triangles, each entry once: Σ_ij φ(M_ij − B_ij) written out. */
    @Test
    void entrywiseLossesCountBothTriangles() {
        Random random = new Random(1);
        DMatrixRMaj x = Gaussian.matrix(8, 2, random);
        List<Instance<FactoredProblem>> instances = List.of(
                new Factorization(PSD, 2, 2, 2, 0, new AbsoluteSum(), 0).instance(Seeds.generator(1)),
                new UniformCompletion(PSD, 2, 2, 2, 1, 0, 0)
                        .with(new AbsoluteSum(), 0)
                        .instance(Seeds.generator(1)),
                new Factorization(PSD, 2, 2, 2, 0, SQUARES, 0).instance(Seeds.generator(1)),
                OneBitCompletion.of(PSD, 2).instance(Seeds.generator(1)));
        for (Instance<FactoredProblem> instance : instances) {
            FactorTruth truth = (FactorTruth) instance.truth().orElseThrow();
            double sum = 0;
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    double entry = FactorTruth.entry(x, PSD, i, j);
                    double r = entry - truth.entry(i, j);
                    double alpha = 1 / (1 + Math.exp(-truth.entry(i, j)));
                    sum += switch (instance.problem().loss().describe()) {
                        case "l1" -> Math.abs(r);
                        case "logistic" -> Math.log(1 + Math.exp(entry)) - alpha * entry;
                        default -> 0.5 * r * r;
                    };
                }
            }
            assertThat(instance.problem().value(x)).as(instance.description()).isCloseTo(sum, within(1e-11 * sum));
        }
    }

    @Test
    void theTruthOfOneBitCompletionIsItsMinimizer() {
        for (FactorShape shape : List.of(PSD, ASYMMETRIC)) {
            Instance<FactoredProblem> instance = OneBitCompletion.of(shape, 3).instance(Seeds.generator(2));
            Evaluation at =
                    instance.problem().evaluate(instance.truth().orElseThrow().factor());
            assertThat(at.gradientNorm()).isLessThan(1e-13);
            assertThat(instance.problem().excess(at)).isLessThan(1e-25);
            assertThat(at.loss()).isCloseTo(instance.problem().loss().infimum(measurements(instance)), within(1e-10));
        }
        // Tosses give shares with that denominator, near the probabilities if there are many.
        Instance<FactoredProblem> few =
                new OneBitCompletion(PSD, 3, List.of(5.0), 0.7, 4, 0).instance(Seeds.generator(3));
        for (double alpha : measurements(few)) {
            assertThat(4 * alpha % 1).isZero();
        }
        Instance<FactoredProblem> many =
                new OneBitCompletion(PSD, 1, List.of(5.0), 1, 4000, 0).instance(Seeds.generator(3));
        assertThat(solvedDistance(many, 0.1)).isBetween(1e-6, 0.2);
    }

    private static double[] measurements(Instance<FactoredProblem> instance) {
        FactoredProblem problem = instance.problem();
        double[] b = new double[problem.operator().measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = problem.measurement(k);
        }
        return b;
    }

    @Test
    void constantsOfADesignAreItsSquaredSingularValues() {
        Instance<FactoredProblem> nnls =
                new NonnegativeLeastSquares(10, 20, 4, 1, 10, 0, SQUARES).instance(Seeds.generator(4));
        assertThat(nnls.figures().get("restrictedSmoothness")).isCloseTo(1, within(1e-12));
        assertThat(nnls.figures().get("restrictedConvexity")).isCloseTo(0.01, within(1e-12));
        assertThat(nnls.figures().get("isometryConstant")).isCloseTo(0.99, within(1e-12));
        DMatrixRMaj wide = Gaussian.matrix(3, 5, new Random(1));
        assertThat(RegressionOperator.squares(wide).constants().convexity()).isZero();
        RegressionOperator signed = RegressionOperator.signedSquares(wide);
        assertThat(signed.constants().smoothness())
                .isCloseTo(2 * signed.imageConstants(signed.shape()).smoothness(), within(1e-12));
    }

    @Test
    void sampledConstantsLieWithinTheKnownOnes() {
        List<FactoredProblem> problems = List.of(
                new NonnegativeLeastSquares(10, 20, 4, 1, 4, 0, SQUARES)
                        .instance(Seeds.generator(5))
                        .problem(),
                new SparseRecovery(10, 30, 4, 0, SQUARES)
                        .instance(Seeds.generator(5))
                        .problem(),
                new Factorization(ASYMMETRIC, 2, 2, 1, 0, SQUARES, 0)
                        .instance(Seeds.generator(5))
                        .problem(),
                UniformCompletion.of(ASYMMETRIC, 2, 0.5)
                        .instance(Seeds.generator(5))
                        .problem(),
                GaussianSensing.of(PSD, 2, 60).instance(Seeds.generator(5)).problem());
        for (FactoredProblem problem : problems) {
            SampledConstants.Beside beside =
                    new SampledConstants(3, 200, 6).beside(problem.operator(), problem.shape());
            RestrictedConstants known = beside.known();
            // A dense operator's L_s is from below to a per cent.
            assertThat(beside.sampled().smoothness())
                    .as(problem.operator().toString())
                    .isLessThanOrEqualTo(1.01 * known.smoothness());
            assertThat(beside.sampled().convexity()).isGreaterThanOrEqualTo(known.convexity() - 1e-12);
            assertThat(beside.figures()).containsKeys("restrictedSmoothness", "sampledSmoothness");
        }
        // Every entry of XYᵀ is seen: an isometry of the images, though not of the lifted matrices.
        RestrictedConstants isometry =
                new SampledConstants(3, 50, 7).overImages(problems.get(2).operator(), ASYMMETRIC);
        assertThat(isometry.isometryConstant()).isCloseTo(0, within(1e-12));
        assertThat(isometry.source()).isEqualTo("sampled: 50 matrices of rank 1 to 3");
        assertThat(problems.get(2).operator().imageConstants(ASYMMETRIC).smoothness())
                .isEqualTo(1);
        assertThat(problems.get(2).operator().constants().smoothness()).isEqualTo(0.5);
    }

    @Test
    void vectorTruthIsADistanceOfVectors() {
        double[] theta = {4, -9, 0};
        VectorTruth truth = new VectorTruth(theta, FactorShape.signedHadamard(3));
        assertThat(truth.factor().data).containsExactly(2, 0, 0, 0, 3, 0);
        assertThat(truth.norm()).isEqualTo(Math.sqrt(97));
        assertThat(truth.distance(truth.factor())).isZero();
        DMatrixRMaj x = new DMatrixRMaj(6, 2);
        x.set(0, 0, -2);
        x.set(1, 0, 1);
        x.set(4, 1, 1);
        assertThat(truth.distance(x)).isEqualTo(9);
        assertThatThrownBy(() -> new VectorTruth(theta, FactorShape.hadamard(3)))
                .hasMessageContaining("entry 1 of the truth is -9.0");
        assertThatThrownBy(() -> new VectorTruth(theta, FactorShape.psd(3))).hasMessageContaining("psd");
    }

    @Test
    void saysWhatItIsAndChecksItsSettings() {
        assertThat(new NonnegativeLeastSquares(10, 20, 4, 1, 10, 0, new EuclideanNorm())
                        .instance(Seeds.generator(6))
                        .description())
                .isEqualTo("nonnegative least squares, 20 measurements of 10 entries, 4 of them not 0, τ = 1.0,"
                        + " κ(A) = 10.0, loss norm");
        assertThat(UniformCompletion.of(ASYMMETRIC, 1, 1)
                        .with(new Huber(0.5), 2)
                        .instance(Seeds.generator(6))
                        .description())
                .endsWith("loss huber:0.5, balance 2.0, rank 1");
        assertThat(OneBitCompletion.of(PSD, 3).instance(Seeds.generator(6)).description())
                .isEqualTo("1-bit completion of a 8×8 symmetric matrix of rank 3, probabilities given, loss logistic,"
                        + " rank 3");
        assertThatThrownBy(() -> new NonnegativeLeastSquares(10, 9, 4, 1, 10, 0, SQUARES))
                .hasMessage("m is 9; at least d = 10 measurements are needed");
        assertThatThrownBy(() -> new SparseRecovery(10, 9, 11, 0, SQUARES))
                .hasMessage("support is 11; 1 to 10 is possible");
        assertThatThrownBy(() ->
                        UniformCompletion.of(PSD, 1, 1).with(new Logistic(), 0).instance(Seeds.generator(1)))
                .hasMessageContaining("the logistic loss needs shares of ones");
        assertThatThrownBy(() -> IdentityOperator.isometric(FactorShape.hadamard(3)))
                .hasMessageContaining("the parameterization is hadamard");
        assertThatThrownBy(() -> RegressionOperator.identity(PSD)).hasMessageContaining("the parameterization is psd");
    }
}
