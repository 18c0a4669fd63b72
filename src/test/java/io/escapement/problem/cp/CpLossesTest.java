package io.escapement.problem.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Gaussian;
import io.escapement.problem.Huber;
import io.escapement.problem.Logistic;
import io.escapement.problem.Ray;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of CP tensors other than ½‖·‖². */
class CpLossesTest {

    static Stream<CompositeProblem> problems() {
        Random random = new Random(1);
        return CpCases.SHAPES.stream().flatMap(shape -> {
            CpSensing sensing = CpProblemTest.sensing(shape, 2, 9, random);
            return Stream.of(
                    new CpFactorization(shape, CpCases.factor(shape, 2, random), 3).withLoss(new EuclideanNorm()),
                    sensing.withLoss(new EuclideanNorm()),
                    sensing.withLoss(new Huber(0.7)),
                    sensing.withLoss(new AbsoluteSum()));
        });
    }

    private static DMatrixRMaj point(CompositeProblem problem, Random random) {
        return Gaussian.matrix(problem.rows(), problem.columns(), random);
    }

    private static DMatrixRMaj moved(DMatrixRMaj x, double s, DMatrixRMaj d) {
        DMatrixRMaj y = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, s, d, y);
        return y;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void derivativesAgainstCentralDifferences(CompositeProblem problem) {
        Random random = new Random(2);
        DMatrixRMaj x = point(problem, random);
        DMatrixRMaj d = point(problem, random);
        double step = 1e-6;
        Evaluation at = problem.evaluate(x);
        Evaluation ahead = problem.evaluate(moved(x, step, d));
        Evaluation behind = problem.evaluate(moved(x, -step, d));
        double size = 1 + at.loss() + at.gradientNorm() * Frobenius.norm(d);
        assertThat(Frobenius.dot(at.gradient(), d))
                .isCloseTo((ahead.loss() - behind.loss()) / (2 * step), within(1e-7 * size));
        DMatrixRMaj hd = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, d, hd);
        DMatrixRMaj difference = moved(ahead.gradient(), -1, behind.gradient());
        for (int i = 0; i < hd.getNumElements(); i++) {
            assertThat(hd.data[i]).isCloseTo(difference.data[i] / (2 * step), within(1e-5 * (1 + Frobenius.norm(hd))));
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void raysAgainstDirectEvaluation(CompositeProblem problem) {
        Random random = new Random(3);
        Evaluation at = problem.evaluate(point(problem, random));
        DMatrixRMaj d = point(problem, random);
        if (Frobenius.dot(at.gradient(), d) > 0) {
            d = moved(new DMatrixRMaj(d.numRows, d.numCols), -1, d);
        }
        Ray ray = problem.ray(at, d, new Workspace());
        for (double s : new double[] {-1.3, 1e-3, 0.4, 2}) {
            double direct = problem.evaluate(moved(at.x(), s, d)).loss();
            assertThat(at.loss() + ray.change(s)).isCloseTo(direct, within(1e-11 * (1 + direct + at.loss())));
        }
        double best = ray.positiveMinimizer();
        double lowest = ray.change(best);
        assertThat(lowest).isNegative();
        assertThat(ray.change(0.999 * best)).isGreaterThan(lowest);
        assertThat(ray.change(1.001 * best)).isGreaterThan(lowest);
    }

    /** The factorization's norm and that of all entries are one function. */
    @Test
    void normOfAFactorizationIsThatOfTheDenseTensor() {
        for (CpShape shape : CpCases.SHAPES) {
            Random random = new Random(4);
            DMatrixRMaj z = CpCases.factor(shape, 2, random);
            CompositeProblem byFactors = new CpFactorization(shape, z, 3).withLoss(new EuclideanNorm());
            CompositeProblem byEntries =
                    CpSensing.ofTensor(shape, CpCases.dense(shape, z), 3).withLoss(new EuclideanNorm());
            DMatrixRMaj x = point(byFactors, random);
            DMatrixRMaj d = point(byFactors, random);
            Evaluation a = byFactors.evaluate(x);
            Evaluation b = byEntries.evaluate(x);
            assertThat(a.loss()).isCloseTo(b.loss(), within(1e-12 * (1 + b.loss())));
            assertThat(Frobenius.norm(moved(a.gradient(), -1, b.gradient())))
                    .isLessThan(1e-11 * (1 + b.gradientNorm()));
            DMatrixRMaj ga = new DMatrixRMaj(1, 1);
            DMatrixRMaj gb = new DMatrixRMaj(1, 1);
            byFactors.gaussNewtonProduct(a, d, ga);
            byEntries.gaussNewtonProduct(b, d, gb);
            assertThat(Frobenius.norm(moved(ga, -1, gb))).isLessThan(1e-11 * (1 + Frobenius.norm(gb)));
        }
    }

    /** ½‖·‖² ends at the square of this. */
    @Test
    void theNormFallsToRounding() {
        CpShape shape = CpShape.symmetric(5);
        DMatrixRMaj z = CpCases.factor(shape, 2, new Random(5));
        CpFactorization problem = new CpFactorization(shape, z, 2).withLoss(new EuclideanNorm());
        DMatrixRMaj d = CpCases.factor(shape, 2, new Random(6));
        double far = problem.evaluate(moved(z, 1e-5, d)).loss();
        double near = problem.evaluate(moved(z, 1e-10, d)).loss();
        assertThat(near / far).isCloseTo(1e-5, within(1e-8));
        assertThat(problem.evaluate(z).loss()).isLessThan(1e-13);
    }

    @Test
    void lossesThatDoNotFitAreRefused() {
        CpShape shape = CpShape.symmetric(5);
        CpFactorization problem = new CpFactorization(shape, CpCases.factor(shape, 2, new Random(6)), 2);
        assertThatThrownBy(() -> problem.withLoss(new AbsoluteSum()))
                .hasMessageContaining("the loss is l1")
                .hasMessageContaining("half-squared or norm");
        CpSensing sensing = CpProblemTest.sensing(shape, 2, 9, new Random(7));
        assertThatThrownBy(() -> sensing.withLoss(new Logistic())).isInstanceOf(IllegalArgumentException.class);
        assertThat(sensing.withLoss(new AbsoluteSum()).smooth()).isFalse();
        assertThat(sensing.withLoss(new AbsoluteSum()).growth()).isEqualTo(1);
    }
}
