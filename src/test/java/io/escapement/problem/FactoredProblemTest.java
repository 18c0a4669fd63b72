package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactoredProblemTest {

    /** Symmetric and asymmetric, with and without a ridge. */
    static Stream<FactoredProblem> problems() {
        return IntStream.range(0, 4).boxed().flatMap(seed -> {
            Random random = new Random(seed);
            return Stream.of(
                    Gaussian.sensing(6, 2, 9, 0.2, 0, random),
                    Gaussian.sensing(5, 3, 8, 0.2, 0.7, random),
                    Gaussian.asymmetric(3, 4, 2, 10, 0.2, 0, random),
                    Gaussian.asymmetric(4, 2, 1, 6, 0.2, 0.4, random),
                    PerturbedCompletion.problem(5, 0.2, 2));
        });
    }

    @ParameterizedTest
    @MethodSource("problems")
    void adjoint(FactoredProblem problem) {
        Random random = new Random(1);
        SensingOperator operator = problem.operator();
        DMatrixRMaj x = Gaussian.matrix(problem.rows(), 3, random);
        DMatrixRMaj y = Gaussian.matrix(problem.rows(), 3, random);
        double[] w = random.doubles(operator.measurements(), -1, 1).toArray();
        double[] measured = new double[w.length];
        operator.measure(x, y, measured);
        DMatrixRMaj back = new DMatrixRMaj(1, 1);
        operator.backproject(w, y, back);
        assertThat(Frobenius.dot(measured, w, w.length)).isCloseTo(Frobenius.dot(x, back), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gradientAgainstCentralDifferences(FactoredProblem problem) {
        Random random = new Random(2);
        DMatrixRMaj x = Gaussian.matrix(problem.rows(), problem.columns(), random);
        DMatrixRMaj d = Gaussian.matrix(problem.rows(), problem.columns(), random);
        double step = 1e-5;
        double difference = (problem.value(moved(x, step, d)) - problem.value(moved(x, -step, d))) / (2 * step);
        Evaluation at = problem.evaluate(x);
        assertThat(Frobenius.dot(at.gradient(), d)).isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
        assertThat(problem.value(x)).isEqualTo(at.loss());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void hessianAgainstCentralDifferencesAndSymmetric(FactoredProblem problem) {
        Random random = new Random(3);
        DMatrixRMaj x = Gaussian.matrix(problem.rows(), problem.columns(), random);
        DMatrixRMaj d = Gaussian.matrix(problem.rows(), problem.columns(), random);
        DMatrixRMaj e = Gaussian.matrix(problem.rows(), problem.columns(), random);
        double step = 1e-5;
        DMatrixRMaj difference = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(
                problem.evaluate(moved(x, step, d)).gradient(),
                -1,
                problem.evaluate(moved(x, -step, d)).gradient(),
                difference);
        Evaluation at = problem.evaluate(x);
        DMatrixRMaj hd = new DMatrixRMaj(1, 1);
        DMatrixRMaj he = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, d, hd);
        problem.hessianProduct(at, e, he);
        for (int i = 0; i < hd.getNumElements(); i++) {
            assertThat(hd.data[i]).isCloseTo(difference.data[i] / (2 * step), within(1e-6 * Frobenius.norm(hd)));
        }
        assertThat(Frobenius.dot(hd, e)).isCloseTo(Frobenius.dot(d, he), within(1e-11 * Frobenius.norm(hd)));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void hessianOperatorActsOnEachColumn(FactoredProblem problem) {
        Random random = new Random(4);
        Evaluation at = problem.evaluate(Gaussian.matrix(problem.rows(), problem.columns(), random));
        Hessian hessian = new Hessian(problem, at);
        int length = hessian.dimension();
        DMatrixRMaj block = Gaussian.matrix(length, 3, random);
        DMatrixRMaj image = new DMatrixRMaj(1, 1);
        hessian.apply(block, image);
        DMatrixRMaj direction = new DMatrixRMaj(problem.rows(), problem.columns());
        DMatrixRMaj product = new DMatrixRMaj(1, 1);
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < length; i++) {
                direction.data[i] = block.get(i, k);
            }
            problem.hessianProduct(at, direction, product);
            for (int i = 0; i < length; i++) {
                assertThat(image.get(i, k)).isEqualTo(product.data[i]);
            }
        }
    }

    /** ∇h = 2G(X)X ties the gradient matrix to the gradient. */
    @ParameterizedTest
    @MethodSource("problems")
    void gradientMatrixTimesFactorIsHalfTheGradient(FactoredProblem problem) {
        Evaluation at = problem.evaluate(Gaussian.matrix(problem.rows(), problem.columns(), new Random(5)));
        DMatrixRMaj gx = new DMatrixRMaj(1, 1);
        GradientMatrix.at(problem, at).apply(at.x(), gx);
        Frobenius.add(gx, -0.5, at.gradient(), gx);
        assertThat(Frobenius.norm(gx)).isLessThan(1e-13 * at.gradientNorm());
    }

    /** λ_min(½[0 R; Rᵀ 0]) = −σ_max(R)/2: both ends of the spectrum are equal but for the sign. */
    @Test
    void asymmetricGradientMatrixIsIndefiniteWithoutARidge() {
        FactoredProblem problem = Gaussian.asymmetric(3, 5, 2, 12, 0.1, 0, new Random(6));
        GradientMatrix g = GradientMatrix.at(problem, problem.evaluate(Gaussian.matrix(8, 2, new Random(7))));
        double low = EigenSolver.standard().smallest(g, 1).first().value();
        double high = EigenSolver.standard().largest(g, 1).first().value();
        assertThat(low).isNegative();
        assertThat(high).isCloseTo(-low, within(1e-13));
    }

    @Test
    void perturbedCompletionCountsEveryEntryOnceWithItsSquaredWeight() {
        int n = 5;
        double rho = 0.2;
        DMatrixRMaj x = Gaussian.matrix(n, 2, new Random(8));
        DMatrixRMaj z = PerturbedCompletion.truth(n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double weight = i == j || i % 2 == 1 || j % 2 == 1 ? 1 : rho;
                double entry = x.get(i, 0) * x.get(j, 0) + x.get(i, 1) * x.get(j, 1) - z.get(i) * z.get(j);
                sum += 0.5 * weight * weight * entry * entry;
            }
        }
        assertThat(PerturbedCompletion.problem(n, rho, 2).value(x)).isCloseTo(sum, within(1e-12));
    }

    @Test
    void sampledConstantsLieWithinTheExactOnes() {
        SensingOperator operator = PerturbedCompletion.problem(7, 0.3, 1).operator();
        RestrictedConstants exact = operator.constants();
        RestrictedConstants sampled = new SampledConstants(2, 500, 9).of(operator);
        assertThat(sampled.convexity()).isBetween(exact.convexity(), sampled.smoothness());
        assertThat(sampled.smoothness()).isLessThanOrEqualTo(exact.smoothness() * (1 + 1e-12));
        assertThat(sampled.smoothness()).isGreaterThan(0.8);
        assertThat(sampled.source()).isEqualTo("sampled: 500 matrices of rank 1 to 2");
        // An isometry, so that the ratio is 1 for every matrix drawn.
        SensingOperator isometry = PerturbedCompletion.problem(4, 1, 1).operator();
        RestrictedConstants one = new SampledConstants(3, 100, 10).of(isometry);
        assertThat(one.convexity()).isCloseTo(1, within(1e-12));
        assertThat(one.smoothness()).isCloseTo(1, within(1e-12));
    }

    private static DMatrixRMaj moved(DMatrixRMaj x, double s, DMatrixRMaj d) {
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, s, d, out);
        return out;
    }
}
