package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Ray;
import io.escapement.problem.ResidualWeight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskOperatorTest {

    /** Every second or so entry of the upper triangle. */
    private static EntryPattern someOfTriangle(int n, RandomGenerator random) {
        return pattern(n, n, true, 0.5, random);
    }

    private static EntryPattern pattern(int rows, int columns, boolean upper, double p, RandomGenerator random) {
        int[] rowStart = new int[rows + 1];
        List<Integer> column = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            rowStart[i] = column.size();
            for (int j = upper ? i : 0; j < columns; j++) {
                if (random.nextDouble() < p) {
                    column.add(j);
                }
            }
        }
        rowStart[rows] = column.size();
        return new EntryPattern(
                columns, rowStart, column.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Operators of every kind: symmetric and rectangular, one tile and several, uneven blocks, empty rows. */
    private static List<MaskOperator> operators(RandomGenerator random) {
        EntryPattern triangle = someOfTriangle(13, random);
        double[] weights = new double[13 * 13];
        for (int e = 0; e < weights.length; e++) {
            weights[e] = 0.1 + random.nextDouble();
        }
        EntryPattern block = pattern(7, 5, false, 0.4, random);
        return List.of(
                MaskOperator.symmetric(triangle),
                MaskOperator.symmetric(triangle, (i, j) -> weights[13 * i + j]),
                MaskOperator.symmetric(
                        new MaskTiles(13, triangle, 0, new int[] {0, 4, 5, 13}), 13, (i, j) -> weights[13 * i + j]),
                MaskOperator.rectangular(block),
                MaskOperator.rectangular(new MaskTiles(12, block, 7, new int[] {0, 3, 8, 10, 12}), 7, 5));
    }

    private static List<DMatrixRMaj> denseRows(MaskOperator operator) {
        int n = operator.dimension();
        DMatrixRMaj[] rows = new DMatrixRMaj[operator.measurements()];
        operator.forEachEntry((k, i, j, c) -> {
            rows[k] = new DMatrixRMaj(n, n);
            rows[k].add(i, j, c / 2);
            rows[k].add(j, i, c / 2);
        });
        return List.of(rows);
    }

    private static DMatrixRMaj symmetrized(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj m = new DMatrixRMaj(x.numRows, x.numRows);
        CommonOps_DDRM.multTransB(0.5, x, y, m);
        CommonOps_DDRM.multAddTransB(0.5, y, x, m);
        return m;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 10})
    void agreesWithDenseMatrices(int r) {
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            for (MaskOperator operator : operators(random)) {
                int n = operator.dimension();
                DMatrixRMaj x = Seeds.gaussian(n, r, 1, random);
                DMatrixRMaj y = Seeds.gaussian(n, r, 1, random);
                List<DMatrixRMaj> rows = denseRows(operator);
                double[] same = new double[rows.size()];
                double[] cross = new double[rows.size()];
                operator.measure(x, x, same);
                operator.measure(x, y, cross);
                DMatrixRMaj sum = new DMatrixRMaj(n, n);
                for (int k = 0; k < rows.size(); k++) {
                    String at = operator + ", rank " + r + ", measurement " + k + ", seed " + seed;
                    assertThat(same[k]).as(at).isCloseTo(Frobenius.dot(rows.get(k), symmetrized(x, x)), within(1e-12));
                    assertThat(cross[k]).as(at).isCloseTo(Frobenius.dot(rows.get(k), symmetrized(x, y)), within(1e-12));
                    CommonOps_DDRM.addEquals(sum, cross[k], rows.get(k));
                }
                DMatrixRMaj expected = new DMatrixRMaj(n, r);
                CommonOps_DDRM.mult(sum, x, expected);
                DMatrixRMaj out = Seeds.gaussian(2, 2, 1, random);
                operator.backproject(cross, x, out);
                Frobenius.add(out, -1, expected, out);
                assertThat(Frobenius.norm(out))
                        .as(operator + ", rank " + r + ", seed " + seed)
                        .isLessThan(1e-12 * n);
            }
        }
    }

    /** One pass and two primitives differ by rounding, and the residual not at all, for this loss and for another. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10})
    void onePassIsTheTwoPrimitives(int r) {
        ResidualWeight weight = (k, residual) -> (1 + k) * Math.tanh(residual);
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            List<MaskOperator> all = new ArrayList<>(operators(random));
            all.add(withEmptyRows());
            all.add(MaskOperator.rectangular(pattern(300, 200, false, 0.6, random)));
            for (MaskOperator operator : all) {
                int m = operator.measurements();
                String at = operator + ", rank " + r + ", seed " + seed;
                DMatrixRMaj x = Seeds.gaussian(operator.dimension(), r, 1, random);
                double[] b = Seeds.gaussian(1, Math.max(1, m), 1, random).data;
                double[] expected = new double[m];
                operator.measure(x, x, expected);
                double[] w = new double[m];
                for (int k = 0; k < m; k++) {
                    expected[k] -= b[k];
                    w[k] = weight.at(k, expected[k]);
                }
                double[] residual = new double[m];
                DMatrixRMaj out = Seeds.gaussian(2, 2, 1, random);
                operator.residualAndBackprojection(x, b, residual, out);
                assertThat(residual).as(at).isEqualTo(expected);
                assertBackprojection(operator, residual, x, out, at);
                double[] other = new double[m];
                operator.residualAndBackprojection(x, b, weight, other, out);
                assertThat(other).as(at).isEqualTo(expected);
                assertBackprojection(operator, w, x, out, at);
            }
        }
    }

    private static void assertBackprojection(
            MaskOperator operator, double[] w, DMatrixRMaj x, DMatrixRMaj out, String at) {
        DMatrixRMaj image = new DMatrixRMaj(1, 1);
        operator.backproject(w, x, image);
        double norm = Frobenius.norm(image);
        Frobenius.add(out, -1, image, image);
        assertThat(Frobenius.norm(image)).as(at).isLessThanOrEqualTo(1e-14 * norm);
    }

    /** Rows 0, 2 and 3 and columns 1 and 2 of 5×4 hold nothing, and blocks of them neither. */
    private static MaskOperator withEmptyRows() {
        EntryPattern entries = new EntryPattern(4, new int[] {0, 0, 2, 2, 2, 3}, new int[] {0, 3, 3});
        return MaskOperator.rectangular(new MaskTiles(9, entries, 5, new int[] {0, 2, 4, 6, 7, 9}), 5, 4);
    }

    @Test
    void measureAndBackprojectAreAdjoint() {
        // ⟨B(X, Y), w⟩ = ⟨𝒜*(w) X, Y⟩
        for (long seed = 1; seed <= 20; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            for (MaskOperator operator : operators(random)) {
                DMatrixRMaj x = Seeds.gaussian(operator.dimension(), 3, 1, random);
                DMatrixRMaj y = Seeds.gaussian(operator.dimension(), 3, 1, random);
                double[] w = Seeds.gaussian(1, Math.max(1, operator.measurements()), 1, random).data;
                double[] measured = new double[operator.measurements()];
                operator.measure(x, y, measured);
                DMatrixRMaj image = new DMatrixRMaj(1, 1);
                operator.backproject(w, x, image);
                assertThat(Frobenius.dot(image, y))
                        .as(operator + ", seed " + seed)
                        .isCloseTo(Frobenius.dot(measured, w, measured.length), within(1e-11));
            }
        }
    }

    @Test
    void gradientOfTheProblemAgreesWithCentralDifferences() {
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            for (MaskOperator operator : operators(random)) {
                double[] b = Seeds.gaussian(1, operator.measurements(), 1, random).data;
                FactoredProblem problem = new FactoredProblem(operator, b, 2, 0.3, operator.shape());
                DMatrixRMaj x = Seeds.gaussian(problem.rows(), 2, 1, random);
                Evaluation at = problem.evaluate(x);
                for (int e = 0; e < x.getNumElements(); e++) {
                    DMatrixRMaj up = x.copy();
                    DMatrixRMaj down = x.copy();
                    up.data[e] += 1e-5;
                    down.data[e] -= 1e-5;
                    double slope = (problem.value(up) - problem.value(down)) / 2e-5;
                    assertThat(at.gradient().data[e])
                            .as(operator + ", coordinate " + e + ", seed " + seed)
                            .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    @Test
    void lossOnARayAgreesWithTheLoss() {
        RandomGenerator random = Seeds.generator(3);
        for (MaskOperator operator : operators(random)) {
            double[] b = Seeds.gaussian(1, operator.measurements(), 1, random).data;
            FactoredProblem problem = new FactoredProblem(operator, b, 2, 0, operator.shape());
            Evaluation at = problem.evaluate(Seeds.gaussian(problem.rows(), 2, 1, random));
            DMatrixRMaj d = Seeds.gaussian(problem.rows(), 2, 1, random);
            Ray ray = problem.ray(at, d, new Workspace());
            DMatrixRMaj moved = new DMatrixRMaj(1, 1);
            Frobenius.add(at.x(), 0.7, d, moved);
            assertThat(ray.change(0.7))
                    .as(operator.toString())
                    .isCloseTo(problem.value(moved) - at.loss(), within(1e-10 * (1 + at.loss())));
        }
    }

    @Test
    void constantsAreAttained() {
        RandomGenerator random = Seeds.generator(1);
        MaskOperator full = MaskOperator.symmetric(EntryPattern.upperTriangle(6), (i, j) -> i == j ? 1 : 0.2 + 0.1 * j);
        assertThat(full.constants().convexity()).isCloseTo(0.09, within(1e-15));
        assertThat(full.constants().smoothness()).isEqualTo(1);
        MaskOperator rectangular = MaskOperator.rectangular(pattern(4, 3, false, 0.6, random));
        assertThat(rectangular.constants().convexity()).isZero();
        assertThat(rectangular.constants().smoothness()).isEqualTo(0.5);
        for (MaskOperator operator : List.of(full, rectangular)) {
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            // The extremes are at e_i e_jᵀ + e_j e_iᵀ = ½[(e_i + e_j)(e_i + e_j)ᵀ − (e_i − e_j)(e_i − e_j)ᵀ] = sym(2
            // e_i e_jᵀ).
            for (int i = 0; i < operator.dimension(); i++) {
                for (int j = i; j < operator.dimension(); j++) {
                    DMatrixRMaj x = new DMatrixRMaj(operator.dimension(), 1);
                    DMatrixRMaj y = new DMatrixRMaj(operator.dimension(), 1);
                    x.data[i] = 1;
                    y.data[j] = 1;
                    double[] measured = new double[operator.measurements()];
                    operator.measure(x, y, measured);
                    double square = Frobenius.dot(measured, measured, measured.length);
                    double ratio = square / Math.pow(Frobenius.norm(symmetrized(x, y)), 2);
                    least = Math.min(least, ratio);
                    most = Math.max(most, ratio);
                }
            }
            assertThat(least)
                    .as(operator.toString())
                    .isCloseTo(operator.constants().convexity(), within(1e-15));
            assertThat(most)
                    .as(operator.toString())
                    .isCloseTo(operator.constants().smoothness(), within(1e-15));
        }
        MaskOperator some = MaskOperator.symmetric(someOfTriangle(6, random));
        assertThat(some.constants().convexity()).isZero();
        assertThat(some.constants().source()).contains("not seen");
    }

    @Test
    void largeMasksGiveTheSameBitsOnOneThreadAndOnSeveral() throws Exception {
        RandomGenerator random = Seeds.generator(11);
        for (MaskOperator operator : List.of(
                MaskOperator.rectangular(pattern(900, 700, false, 0.1, random)),
                MaskOperator.symmetric(pattern(900, 900, true, 0.2, random), (i, j) -> 1 + i % 3))) {
            int m = operator.measurements();
            assertThat(m).as("large enough to be cut and shared").isGreaterThan(1 << 15);
            DMatrixRMaj x = Seeds.gaussian(operator.dimension(), 9, 1, random);
            double[] many = new double[m];
            double[] one = new double[m];
            DMatrixRMaj manyImage = new DMatrixRMaj(1, 1);
            DMatrixRMaj oneImage = new DMatrixRMaj(1, 1);
            operator.measure(x, x, many);
            operator.backproject(many, x, manyImage);
            double[] manyResiduals = new double[m];
            double[] oneResiduals = new double[m];
            DMatrixRMaj manyGradient = new DMatrixRMaj(1, 1);
            DMatrixRMaj oneGradient = new DMatrixRMaj(1, 1);
            double[] b = Seeds.gaussian(1, m, 1, random).data;
            operator.residualAndBackprojection(x, b, manyResiduals, manyGradient);
            ForkJoinPool single = new ForkJoinPool(1);
            try {
                single.submit(() -> {
                            operator.measure(x, x, one);
                            operator.backproject(one, x, oneImage);
                            operator.residualAndBackprojection(x, b, oneResiduals, oneGradient);
                        })
                        .get();
            } finally {
                single.shutdown();
            }
            assertThat(one).isEqualTo(many);
            assertThat(oneImage.data).isEqualTo(manyImage.data);
            assertThat(oneResiduals).isEqualTo(manyResiduals);
            assertThat(oneGradient.data).isEqualTo(manyGradient.data);
        }
    }

    @Test
    void arrangesValuesInMeasurementOrder() {
        RandomGenerator random = Seeds.generator(5);
        EntryPattern block = pattern(60, 40, false, 0.3, random);
        MaskOperator operator =
                MaskOperator.rectangular(new MaskTiles(100, block, 60, new int[] {0, 17, 60, 75, 100}), 60, 40);
        double[] rowMajor = new double[block.size()];
        int k = 0;
        for (int i = 0; i < 60; i++) {
            for (; k < block.rowStart(i + 1); k++) {
                rowMajor[k] = 1000 * i + block.column(k);
            }
        }
        double[] arranged = operator.arrange(rowMajor);
        int[] visited = {0};
        operator.forEachEntry((number, i, j, c) -> {
            assertThat(arranged[number]).isEqualTo(1000 * i + (j - 60));
            assertThat(arranged[number]).isEqualTo(rowMajor[visited[0]++]);
        });
        assertThat(visited[0]).isEqualTo(block.size());
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new EntryPattern(3, new int[] {0, 2}, new int[] {1, 1}))
                .hasMessage("entry (0, 1) is listed twice; each entry may be listed once");
        assertThatThrownBy(() -> new EntryPattern(3, new int[] {0, 1}, new int[] {3}))
                .hasMessageContaining("column 3 of row 0 is outside the matrix; 0 to 2");
        assertThatThrownBy(() -> MaskOperator.symmetric(new EntryPattern(2, new int[] {0, 0, 1}, new int[] {0})))
                .hasMessageContaining("i ≤ j");
        assertThatThrownBy(() -> MaskOperator.symmetric(EntryPattern.upperTriangle(2), (i, j) -> 0))
                .hasMessageContaining("weight of entry (0, 0) is 0.0");
        MaskOperator operator = MaskOperator.symmetric(EntryPattern.upperTriangle(3));
        DMatrixRMaj x = new DMatrixRMaj(3, 1);
        assertThatThrownBy(() -> operator.backproject(new double[6], x, x)).hasMessageContaining("another matrix");
        assertThatThrownBy(() -> operator.measure(x, new DMatrixRMaj(2, 1), new double[6]))
                .hasMessageContaining("y has 2 rows");
        assertThatThrownBy(() -> operator.arrange(new double[5])).hasMessageContaining("6 entries");
    }

    @Test
    void shapeIsThatOfTheFactor() {
        assertThat(MaskOperator.rectangular(new EntryPattern(3, new int[] {0, 1, 1}, new int[] {2}))
                        .shape())
                .isEqualTo(FactorShape.asymmetric(2, 3));
    }
}
