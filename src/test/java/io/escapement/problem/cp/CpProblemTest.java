package io.escapement.problem.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Gaussian;
import io.escapement.problem.Ray;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpProblemTest {

    /** Both forms, as factorizations, as measurements and as a dense tensor that no factor gives. */
    static Stream<CompositeProblem> problems() {
        return IntStream.range(0, 2).boxed().flatMap(seed -> {
            Random random = new Random(seed);
            return CpCases.SHAPES.stream().flatMap(shape -> {
                double[] noise = random.doubles((long) shape.first() * shape.second() * shape.third(), -1, 1)
                        .toArray();
                return Stream.of(
                        new CpFactorization(shape, CpCases.factor(shape, 2, random), 3),
                        new CpFactorization(shape, CpCases.factor(shape, 3, random), 1),
                        sensing(shape, 2, 9, random),
                        CpSensing.ofTensor(shape, noise, 2));
            });
        });
    }

    static CpSensing sensing(CpShape shape, int rank, int m, Random random) {
        CpMap map = new CpMap(shape);
        ReferenceRows rows = new ReferenceRows(Gaussian.matrix(m, map.length(), random));
        double[] b = random.doubles(m, -1, 1).toArray();
        return new CpSensing(shape, rows, b, rank);
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
    void gradientAgainstCentralDifferences(CompositeProblem problem) {
        Random random = new Random(2);
        DMatrixRMaj x = point(problem, random);
        DMatrixRMaj d = point(problem, random);
        double step = 1e-5;
        Evaluation at = problem.evaluate(x);
        double difference = (problem.evaluate(moved(x, step, d)).loss()
                        - problem.evaluate(moved(x, -step, d)).loss())
                / (2 * step);
        double size = 1 + at.loss() + Frobenius.norm(at.gradient()) * Frobenius.norm(d);
        assertThat(Frobenius.dot(at.gradient(), d)).isCloseTo(difference, within(1e-7 * size));
        assertThat(at.gradientNorm()).isEqualTo(Frobenius.norm(at.gradient()));
        assertThat(at.loss()).isEqualTo(0.5 * Frobenius.dot(at.residual(), at.residual(), at.residual().length));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void hessianAgainstCentralDifferencesAndSymmetric(CompositeProblem problem) {
        Random random = new Random(3);
        DMatrixRMaj x = point(problem, random);
        DMatrixRMaj d = point(problem, random);
        DMatrixRMaj e = point(problem, random);
        double step = 1e-5;
        DMatrixRMaj difference = moved(
                problem.evaluate(moved(x, step, d)).gradient(),
                -1,
                problem.evaluate(moved(x, -step, d)).gradient());
        Evaluation at = problem.evaluate(x);
        DMatrixRMaj hd = new DMatrixRMaj(1, 1);
        DMatrixRMaj he = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, d, hd);
        problem.hessianProduct(at, e, he);
        double size = 1 + Frobenius.norm(hd);
        for (int i = 0; i < hd.getNumElements(); i++) {
            assertThat(hd.data[i]).isCloseTo(difference.data[i] / (2 * step), within(1e-5 * size));
        }
        assertThat(Frobenius.dot(hd, e)).isCloseTo(Frobenius.dot(d, he), within(1e-11 * size * Frobenius.norm(e)));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void rayAgainstDirectEvaluation(CompositeProblem problem) {
        Random random = new Random(4);
        for (int trial = 0; trial < 3; trial++) {
            Evaluation at = problem.evaluate(point(problem, random));
            DMatrixRMaj d = point(problem, random);
            Ray ray = problem.ray(at, d, new Workspace());
            assertThat(ray.slope()).isEqualTo(Frobenius.dot(at.gradient(), d));
            for (double s : new double[] {-1.3, -0.1, 1e-3, 0.4, 2}) {
                double direct = problem.evaluate(moved(at.x(), s, d)).loss();
                assertThat(at.loss() + ray.change(s)).isCloseTo(direct, within(1e-11 * (1 + direct + at.loss())));
                assertThat(ray.evaluate(s).loss()).isEqualTo(direct);
            }
            double best = ray.positiveMinimizer();
            double lowest = Double.isNaN(best) ? 0 : ray.change(best);
            double scanned = IntStream.rangeClosed(1, 1_000)
                    .mapToDouble(i -> ray.change(i * 3e-3))
                    .min()
                    .orElseThrow();
            assertThat(scanned).isGreaterThanOrEqualTo(lowest - 1e-12 * (1 + at.loss()));
        }
    }

    /** The core's loss is that of the tensor with all its entries, and so are the derivatives. */
    @Test
    void factorizationAgreesWithTheDenseTensor() {
        for (CpShape shape : CpCases.SHAPES) {
            for (int seed = 0; seed < 5; seed++) {
                Random random = new Random(seed);
                DMatrixRMaj z = CpCases.factor(shape, 1 + random.nextInt(2), random);
                CpFactorization byFactors = new CpFactorization(shape, z, 2);
                CpSensing byEntries = CpSensing.ofTensor(shape, CpCases.dense(shape, z), 2);
                DMatrixRMaj x = point(byFactors, random);
                DMatrixRMaj d = point(byFactors, random);
                Evaluation a = byFactors.evaluate(x);
                Evaluation b = byEntries.evaluate(x);
                assertThat(a.loss()).as("seed %d", seed).isCloseTo(b.loss(), within(1e-12 * (1 + b.loss())));
                same(a.gradient(), b.gradient(), seed);
                DMatrixRMaj ha = new DMatrixRMaj(1, 1);
                DMatrixRMaj hb = new DMatrixRMaj(1, 1);
                byFactors.hessianProduct(a, d, ha);
                byEntries.hessianProduct(b, d, hb);
                same(ha, hb, seed);
                Ray ra = byFactors.ray(a, d, new Workspace());
                Ray rb = byEntries.ray(b, d, new Workspace());
                assertThat(ra.change(0.7)).isCloseTo(rb.change(0.7), within(1e-11 * (1 + b.loss())));
            }
        }
    }

    private static void same(DMatrixRMaj a, DMatrixRMaj b, int seed) {
        assertThat(Frobenius.norm(moved(a, -1, b))).as("seed %d", seed).isLessThan(1e-11 * (1 + Frobenius.norm(b)));
    }

    /**
     * The loss at a distance δ has an error of rounding size relative to δ, down to δ = 1e−14; from Gram matrices it has one of 1e−16
     * of ‖T*‖², which is everything at δ = 1e−8.
     */
    @Test
    void lossKeepsItsDigitsNextToTheTruth() {
        for (CpShape shape : List.of(CpShape.symmetric(30), CpShape.asymmetric(20, 30, 25))) {
            Random random = new Random(7);
            DMatrixRMaj z = CpCases.factor(shape, 2, random);
            DMatrixRMaj d = CpCases.factor(shape, 2, random);
            CpFactorization problem = new CpFactorization(shape, z, 2);
            CpTruth truth = new CpTruth(shape, z);
            CpGram gram = new CpGram(shape);
            DMatrixRMaj jtj = new DMatrixRMaj(1, 1);
            gram.gram(z, d, jtj);
            // ‖F(z + δd) − F(z)‖ = δ‖F′(z)d‖(1 + O(δ)).
            double linear = Math.sqrt(Frobenius.dot(d, jtj));
            for (double delta : new double[] {1e-5, 1e-8, 1e-10, 1e-12}) {
                DMatrixRMaj x = moved(z, delta, d);
                double expected = 0.5 * delta * delta * linear * linear;
                double error = 1e-15 / delta + 10 * delta;
                double loss = problem.evaluate(x).loss();
                assertThat(loss / expected).as("δ %s", delta).isCloseTo(1, within(100 * error));
                assertThat(truth.distance(x)).isCloseTo(Math.sqrt(2 * loss), within(1e-14 * truth.norm()));
            }
            DMatrixRMaj near = moved(z, 1e-9, d);
            double byGram = 0.5 * (gram.inner(near, near) - 2 * gram.inner(near, z) + gram.inner(z, z));
            double exact = 0.5 * 1e-18 * linear * linear;
            assertThat(Math.abs(byGram - exact)).isGreaterThan(exact);
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theOrderOfColumnsDoesNotMatter(CompositeProblem problem) {
        Random random = new Random(8);
        DMatrixRMaj x = point(problem, random);
        DMatrixRMaj turned = reversed(x);
        Evaluation a = problem.evaluate(x);
        Evaluation b = problem.evaluate(turned);
        assertThat(b.loss()).isCloseTo(a.loss(), within(1e-13 * (1 + a.loss())));
        same(b.gradient(), reversed(a.gradient()), 8);
    }

    private static DMatrixRMaj reversed(DMatrixRMaj x) {
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                out.set(i, x.numCols - 1 - j, x.get(i, j));
            }
        }
        return out;
    }

    /** T* turned by Q in every mode: X ↦ QX has the same loss, and a gradient turned likewise. */
    @Test
    void turningTheTensorTurnsTheFactor() {
        Random random = new Random(9);
        CpShape shape = CpShape.symmetric(12);
        DMatrixRMaj q = Gaussian.orthogonal(12, random);
        DMatrixRMaj z = CpCases.factor(shape, 3, random);
        DMatrixRMaj x = CpCases.factor(shape, 2, random);
        Evaluation plain = new CpFactorization(shape, z, 2).evaluate(x);
        Evaluation turned = new CpFactorization(shape, Gaussian.product(q, z), 2).evaluate(Gaussian.product(q, x));
        assertThat(turned.loss()).isCloseTo(plain.loss(), within(1e-12 * plain.loss()));
        same(turned.gradient(), Gaussian.product(q, plain.gradient()), 9);
    }

    /** F is cubic: X ↦ cX and T* ↦ c³T* give c⁶ times the loss and c⁵ times the gradient. */
    @Test
    void scaling() {
        for (CpShape shape : CpCases.SHAPES) {
            Random random = new Random(10);
            DMatrixRMaj z = CpCases.factor(shape, 2, random);
            DMatrixRMaj x = CpCases.factor(shape, 2, random);
            Evaluation plain = new CpFactorization(shape, z, 2).evaluate(x);
            double c = 3e4;
            CommonOps_DDRM.scale(c, z);
            DMatrixRMaj scaledX = x.copy();
            CommonOps_DDRM.scale(c, scaledX);
            Evaluation scaled = new CpFactorization(shape, z, 2).evaluate(scaledX);
            assertThat(scaled.loss() / Math.pow(c, 6)).isCloseTo(plain.loss(), within(1e-12 * plain.loss()));
            assertThat(scaled.gradientNorm() / Math.pow(c, 5))
                    .isCloseTo(plain.gradientNorm(), within(1e-12 * plain.gradientNorm()));
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void pointsThatAreNotFiniteGiveALossThatIsNot(CompositeProblem problem) {
        DMatrixRMaj x = point(problem, new Random(11));
        x.data[0] = Double.NaN;
        Evaluation at = problem.evaluate(x);
        assertThat(at.loss()).isNaN();
        Ray ray = problem.ray(at, at.gradient(), new Workspace());
        assertThat(ray.positiveMinimizer()).isNaN();
        assertThat(ray.evaluate(1).loss()).isNaN();
        x.data[0] = 1e200;
        assertThat(Double.isFinite(problem.evaluate(x).loss())).isFalse();
    }

    @Test
    void argumentsAreChecked() {
        CpShape shape = CpShape.asymmetric(2, 3, 4);
        CpFactorization problem = new CpFactorization(shape, new DMatrixRMaj(9, 1), 2);
        assertThatThrownBy(() -> problem.evaluate(new DMatrixRMaj(9, 1))).hasMessageContaining("x is 9×1; 9×2");
        assertThatThrownBy(() -> new CpFactorization(shape, new DMatrixRMaj(8, 1), 2))
                .hasMessageContaining("the truth's factor is 8×1; 9 rows");
        assertThatThrownBy(() -> new CpFactorization(shape, new DMatrixRMaj(9, 1), 0))
                .hasMessageContaining("rank is 0");
        assertThatThrownBy(() -> new CpSensing(shape, new ReferenceRows(new DMatrixRMaj(5, 23)), new double[5], 1))
                .hasMessageContaining("tensors of 23 stored entries; a 2×3×4 one has 24");
        assertThatThrownBy(() -> new CpSensing(shape, new ReferenceRows(new DMatrixRMaj(5, 24)), new double[6], 1))
                .hasMessageContaining("b has 6 entries; there are 5");
        CpTruth truth = new CpTruth(shape, new DMatrixRMaj(9, 1));
        assertThatThrownBy(() -> truth.distance(new DMatrixRMaj(8, 1))).hasMessageContaining("x has 8 rows");
        assertThat(truth.norm()).isZero();
    }
}
