package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.ResidualWeight;
import io.escapement.problem.SensingOperator;
import io.escapement.sensing.DenseOperator.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseOperatorTest {

    /** Shape and number of measurements: odd ones, groups that are not full, several blocks; and the loops that are used. */
    record Setting(FactorShape shape, int m, long seed, RowKernel kernel) {

        Setting(FactorShape shape, int m, long seed) {
            this(shape, m, seed, RowKernel.fastest());
        }

        Setting inPlainJava() {
            return new Setting(shape, m, seed, new ScalarKernel());
        }

        double[][] matrices() {
            RandomGenerator random = Seeds.generator(seed);
            int entries = shape.imageRows() * shape.imageColumns();
            return IntStream.range(0, m)
                    .mapToObj(k -> Seeds.gaussian(1, entries, 1 / Math.sqrt(m), random).data)
                    .toArray(double[][]::new);
        }

        DenseOperator operator(Precision precision) {
            double[][] matrices = matrices();
            return new DenseOperator(
                    shape, m, (k, a) -> System.arraycopy(matrices[k], 0, a, 0, a.length), precision, kernel);
        }

        /** The same measurements by the operator whose every sum is written out, with symmetric (n₁ + n₂)-row matrices. */
        SensingOperator reference() {
            int n = shape.rows();
            double[][] matrices = matrices();
            double[][] lifted = new double[m][n * n];
            for (int k = 0; k < m; k++) {
                for (int i = 0; i < shape.imageRows(); i++) {
                    for (int j = 0; j < shape.imageColumns(); j++) {
                        double half = 0.5 * matrices[k][i * shape.imageColumns() + j];
                        int other = j + shape.split();
                        lifted[k][i * n + other] += half;
                        lifted[k][other * n + i] += half;
                    }
                }
            }
            return new DenseReferenceOperator(n, lifted, null);
        }

        DMatrixRMaj factor(int r, long salt) {
            return Seeds.gaussian(shape.rows(), r, 1, Seeds.generator(100 * seed + salt));
        }
    }

    static Stream<Setting> settings() {
        return Stream.of(
                        new Setting(FactorShape.psd(1), 1, 1),
                        new Setting(FactorShape.psd(2), 5, 17),
                        new Setting(FactorShape.psd(3), 1, 18),
                        new Setting(FactorShape.psd(7), 5, 19),
                        new Setting(FactorShape.psd(5), 3, 2),
                        new Setting(FactorShape.psd(8), 40, 3),
                        new Setting(FactorShape.psd(23), 71, 4),
                        new Setting(FactorShape.psd(33), 130, 5),
                        new Setting(FactorShape.asymmetric(1, 4), 6, 6),
                        new Setting(FactorShape.asymmetric(7, 5), 65, 7),
                        new Setting(FactorShape.asymmetric(19, 29), 97, 8))
                .flatMap(setting -> Stream.of(setting, setting.inPlainJava()));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void agreesWithTheReference(Setting setting) {
        DenseOperator operator = setting.operator(Precision.DOUBLE);
        SensingOperator reference = setting.reference();
        for (int r : new int[] {1, 2, 5}) {
            DMatrixRMaj x = setting.factor(r, 1);
            DMatrixRMaj y = setting.factor(r, 2);
            double[] measured = new double[setting.m];
            double[] expected = new double[setting.m];
            for (DMatrixRMaj other : List.of(x, y)) {
                operator.measure(x, other, measured);
                reference.measure(x, other, expected);
                assertThat(measured).as(setting + ", rank " + r).containsExactly(expected, within(1e-12 * (1 + r)));
            }
            DMatrixRMaj out = new DMatrixRMaj(1, 1);
            DMatrixRMaj image = new DMatrixRMaj(1, 1);
            operator.backproject(measured, y, out);
            reference.backproject(measured, y, image);
            assertThat(distance(out, image))
                    .as(setting + ", rank " + r)
                    .isLessThan(1e-13 * (1 + Frobenius.norm(image)));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void adjoint(Setting setting) {
        for (Precision precision : Precision.values()) {
            DenseOperator operator = setting.operator(precision);
            DMatrixRMaj x = setting.factor(3, 3);
            DMatrixRMaj y = setting.factor(3, 4);
            double[] w = Seeds.gaussian(1, setting.m, 1, Seeds.generator(9)).data;
            double[] measured = new double[setting.m];
            operator.measure(x, y, measured);
            DMatrixRMaj back = new DMatrixRMaj(1, 1);
            operator.backproject(w, y, back);
            assertThat(Frobenius.dot(measured, w, w.length))
                    .as(setting + ", " + precision)
                    .isCloseTo(Frobenius.dot(x, back), within(1e-12 * Frobenius.norm(x) * Frobenius.norm(back)));
        }
    }

    /** One pass and two primitives differ by rounding, and the residual not at all: it is made of the same sums. */
    @ParameterizedTest
    @MethodSource("settings")
    void onePassIsTheTwoPrimitives(Setting setting) {
        for (Precision precision : Precision.values()) {
            DenseOperator operator = setting.operator(precision);
            DMatrixRMaj x = setting.factor(2, 5);
            double[] b = Seeds.gaussian(1, setting.m, 1, Seeds.generator(10)).data;
            double[] residual = new double[setting.m + 2];
            residual[setting.m] = 77;
            DMatrixRMaj out = new DMatrixRMaj(1, 1);
            operator.residualAndBackprojection(x, b, residual, out);
            double[] measured = new double[setting.m];
            operator.measure(x, x, measured);
            for (int k = 0; k < setting.m; k++) {
                assertThat(residual[k])
                        .as(setting + ", " + precision + ", " + k)
                        .isEqualTo(measured[k] - b[k]);
            }
            assertThat(residual[setting.m]).isEqualTo(77);
            DMatrixRMaj expected = new DMatrixRMaj(1, 1);
            operator.backproject(residual, x, expected);
            assertThat(distance(out, expected))
                    .as(setting + ", " + precision)
                    .isLessThanOrEqualTo(1e-14 * Frobenius.norm(expected));
        }
    }

    /** Another loss in the same pass, against measuring, weighing and projecting back one after the other. */
    @ParameterizedTest
    @MethodSource("settings")
    void onePassForAnotherLoss(Setting setting) {
        ResidualWeight weight = (k, r) -> (1 + k) * Math.tanh(r);
        for (Precision precision : Precision.values()) {
            DenseOperator operator = setting.operator(precision);
            DMatrixRMaj x = setting.factor(2, 11);
            double[] b = Seeds.gaussian(1, setting.m, 1, Seeds.generator(12)).data;
            double[] residual = new double[setting.m];
            DMatrixRMaj out = new DMatrixRMaj(1, 1);
            operator.residualAndBackprojection(x, b, weight, residual, out);
            double[] w = new double[setting.m];
            operator.measure(x, x, w);
            for (int k = 0; k < setting.m; k++) {
                w[k] -= b[k];
                assertThat(residual[k])
                        .as(setting + ", " + precision + ", " + k)
                        .isEqualTo(w[k]);
                w[k] = weight.at(k, w[k]);
            }
            DMatrixRMaj expected = new DMatrixRMaj(1, 1);
            operator.backproject(w, x, expected);
            assertThat(distance(out, expected))
                    .as(setting + ", " + precision)
                    .isLessThanOrEqualTo(1e-14 * Frobenius.norm(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void gradientAgainstCentralDifferences(Setting setting) {
        for (Precision precision : Precision.values()) {
            double[] b = Seeds.gaussian(1, setting.m, 1, Seeds.generator(11)).data;
            FactoredProblem problem = new FactoredProblem(setting.operator(precision), b, 1, 0.3, setting.shape);
            DMatrixRMaj x = setting.factor(1, 6);
            DMatrixRMaj d = setting.factor(1, 7);
            CommonOps_DDRM.divide(d, Frobenius.norm(d));
            double step = 1e-5;
            DMatrixRMaj plus = new DMatrixRMaj(1, 1);
            DMatrixRMaj minus = new DMatrixRMaj(1, 1);
            Frobenius.add(x, step, d, plus);
            Frobenius.add(x, -step, d, minus);
            double difference = (problem.value(plus) - problem.value(minus)) / (2 * step);
            Evaluation at = problem.evaluate(x);
            assertThat(Frobenius.dot(at.gradient(), d))
                    .as(setting + ", " + precision)
                    .isCloseTo(difference, within(1e-7 * (1 + at.loss())));
        }
    }

    /** ⟨A, M⟩ of rounded entries is off by at most 2⁻²⁴ Σ|A_ij M_ij| and the rounding of the sum. */
    @ParameterizedTest
    @MethodSource("settings")
    void singlePrecisionIsOffByTheRoundingOfItsEntries(Setting setting) {
        DenseOperator exact = setting.operator(Precision.DOUBLE);
        DenseOperator rounded = setting.operator(Precision.SINGLE);
        assertThat(rounded.bytes()).isEqualTo(exact.bytes() / 2);
        DMatrixRMaj x = setting.factor(2, 8);
        double[] one = new double[setting.m];
        double[] other = new double[setting.m];
        exact.measure(x, x, one);
        rounded.measure(x, x, other);
        double[][] matrices = setting.matrices();
        DMatrixRMaj image = new DMatrixRMaj(setting.shape.rows(), setting.shape.rows());
        CommonOps_DDRM.multTransB(x, x, image);
        int columns = setting.shape.imageColumns();
        for (int k = 0; k < setting.m; k++) {
            double sum = 0;
            for (int e = 0; e < matrices[k].length; e++) {
                sum += Math.abs(matrices[k][e] * image.get(e / columns, setting.shape.split() + e % columns));
            }
            assertThat(other[k]).as(setting + ", " + k).isCloseTo(one[k], within(sum * 0x1p-24 + 1e-12));
        }
        assertThat(one).as("rounding shows").isNotEqualTo(other);
    }

    /** An asymmetric operator is the symmetric one of the stacked factor with the lifted matrices. */
    @Test
    void asymmetricIsTheSymmetricOneOfTheStackedFactor() {
        Setting setting = new Setting(FactorShape.asymmetric(6, 9), 50, 12);
        double[][] matrices = setting.matrices();
        DenseOperator lifted = new DenseOperator(
                FactorShape.psd(15),
                50,
                (k, a) -> {
                    Arrays.fill(a, 0);
                    for (int e = 0; e < 54; e++) {
                        a[e / 9 * 15 + 6 + e % 9] = matrices[k][e];
                    }
                },
                Precision.DOUBLE);
        DenseOperator operator = setting.operator(Precision.DOUBLE);
        DMatrixRMaj x = setting.factor(3, 9);
        double[] b = Seeds.gaussian(1, 50, 1, Seeds.generator(13)).data;
        double[] one = new double[50];
        double[] other = new double[50];
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        DMatrixRMaj image = new DMatrixRMaj(1, 1);
        operator.residualAndBackprojection(x, b, one, out);
        lifted.residualAndBackprojection(x, b, other, image);
        assertThat(one).containsExactly(other, within(1e-12));
        assertThat(distance(out, image)).isLessThan(1e-13 * Frobenius.norm(image));
        assertThat(operator.constants().smoothness())
                .isCloseTo(
                        lifted.constants().smoothness(),
                        within(1e-9 * lifted.constants().smoothness()));
    }

    /** ‖𝒜‖ is the largest singular value of the matrix with rows vec(A_k). */
    @ParameterizedTest
    @MethodSource("settings")
    void smoothnessIsTheSquaredNorm(Setting setting) {
        DenseOperator operator = setting.operator(Precision.DOUBLE);
        int n = setting.shape.rows();
        DMatrixRMaj rows = new DMatrixRMaj(setting.m, n * n);
        double[][] matrices = setting.matrices();
        int columns = setting.shape.imageColumns();
        for (int k = 0; k < setting.m; k++) {
            for (int e = 0; e < matrices[k].length; e++) {
                int i = e / columns;
                int j = setting.shape.split() + e % columns;
                rows.add(k, i * n + j, 0.5 * matrices[k][e]);
                rows.add(k, j * n + i, 0.5 * matrices[k][e]);
            }
        }
        DMatrixRMaj gram = new DMatrixRMaj(setting.m, setting.m);
        CommonOps_DDRM.multTransB(rows, rows, gram);
        double[] values = SingularOps_DDRM.singularValues(gram);
        double largest = Arrays.stream(values).max().orElseThrow();
        assertThat(operator.constants().smoothness())
                .as(setting.toString())
                .isBetween(0.97 * largest, largest * (1 + 1e-12));
        assertThat(operator.constants().convexity()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sameBitsOnOneThreadAndOnSeveral(boolean symmetric) {
        FactorShape shape = symmetric ? FactorShape.psd(60) : FactorShape.asymmetric(40, 50);
        sameBits(new Setting(shape, 301, 14));
        sameBits(new Setting(shape, 301, 14).inPlainJava());
    }

    private static void sameBits(Setting setting) {
        assertThat((long) setting.m * new DenseForm(setting.shape).length())
                .as("large enough to be shared")
                .isGreaterThan(1 << 18);
        double[] b = Seeds.gaussian(1, setting.m, 1, Seeds.generator(15)).data;
        for (Precision precision : Precision.values()) {
            DenseOperator operator = setting.operator(precision);
            List<double[]> results = Stream.of(1, 2, 5)
                    .map(threads -> evaluated(operator, b, setting.factor(3, 10), threads))
                    .toList();
            assertThat(results.get(1)).isEqualTo(results.get(0));
            assertThat(results.get(2)).isEqualTo(results.get(0));
        }
    }

    /** Residual, gradient and a Hessian product, one after the other. */
    private static double[] evaluated(DenseOperator operator, double[] b, DMatrixRMaj x, int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> {
                        FactoredProblem problem = new FactoredProblem(operator, b, 3, 0, operator.shape());
                        Evaluation at = problem.evaluate(x);
                        DMatrixRMaj product = new DMatrixRMaj(1, 1);
                        problem.hessianProduct(at, at.gradient(), product);
                        return Stream.of(at.residual(), at.gradient().data, product.data)
                                .flatMapToDouble(Arrays::stream)
                                .toArray();
                    })
                    .join();
        } finally {
            pool.shutdown();
        }
    }

    /** Scratch is shared between calls, never between calls under way. */
    @Test
    void severalCallersAtOnce() {
        Setting setting = new Setting(FactorShape.psd(40), 200, 16);
        DenseOperator operator = setting.operator(Precision.DOUBLE);
        double[] b = new double[setting.m];
        List<DMatrixRMaj> factors =
                IntStream.range(0, 24).mapToObj(i -> setting.factor(3, 20 + i)).toList();
        List<double[]> alone =
                factors.stream().map(x -> evaluated(operator, b, x, 1)).toList();
        List<double[]> together =
                factors.parallelStream().map(x -> evaluated(operator, b, x, 2)).toList();
        for (int i = 0; i < factors.size(); i++) {
            assertThat(together.get(i)).as("factor " + i).isEqualTo(alone.get(i));
        }
    }

    @Test
    void totalReadsEveryNumber() {
        DenseOperator operator =
                new DenseOperator(FactorShape.asymmetric(20, 30), 70, (k, a) -> Arrays.fill(a, k), Precision.DOUBLE);
        assertThat(operator.total()).isEqualTo(600.0 * 69 * 70 / 2);
    }

    @Test
    void refusesWhatDoesNotFit() {
        FactorShape shape = FactorShape.psd(3);
        assertThatThrownBy(() -> new DenseOperator(shape, 0, (k, a) -> {}, Precision.DOUBLE))
                .hasMessage("m is 0; at least 1 measurement is needed");
        assertThatThrownBy(() -> new DenseOperator(shape, 2, (k, a) -> a[5] = k / 0.0, Precision.DOUBLE))
                .hasMessage("entry (1, 2) of measurement 0 is NaN; a finite number is needed");
        assertThatThrownBy(() -> new DenseForm(FactorShape.psd(70_000)))
                .hasMessageContaining("has 2450035000 entries; at most 2^31 − 9");
        DenseOperator operator = new DenseOperator(shape, 2, (k, a) -> Arrays.fill(a, 1), Precision.DOUBLE);
        DMatrixRMaj x = new DMatrixRMaj(3, 1);
        assertThatThrownBy(() -> operator.backproject(new double[2], x, x)).hasMessageContaining("another matrix");
        assertThatThrownBy(() -> operator.measure(x, new DMatrixRMaj(2, 1), new double[2]))
                .hasMessage("y has 2 rows; the operator takes 3");
        assertThatThrownBy(() -> operator.measure(x, new DMatrixRMaj(3, 2), new double[2]))
                .hasMessageContaining("x has 1 columns and y has 2");
        assertThatThrownBy(() -> operator.measure(x, x, new double[1])).hasMessage("out is 1 long; 2 are needed");
    }

    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(1, 1);
        Frobenius.add(a, -1, b, difference);
        return Frobenius.norm(difference);
    }
}
