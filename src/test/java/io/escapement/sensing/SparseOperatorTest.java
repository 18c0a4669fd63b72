package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SampledConstants;
import io.escapement.problem.SensingOperator;
import io.escapement.sensing.SparseForm.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class SparseOperatorTest {

    /** Sparse rows and the same A_k in full. */
    private record Both(SparseOperator sparse, DenseReferenceOperator dense, List<double[]> full) {}

    private static Both random(int n, int m, int terms, RandomGenerator random) {
        List<SparseForm> rows = new ArrayList<>();
        double[][] full = new double[m][n * n];
        for (int k = 0; k < m; k++) {
            List<Term> row = new ArrayList<>();
            for (int t = 0; t < terms; t++) {
                int i = random.nextInt(n);
                int j = random.nextInt(n);
                double c = random.nextGaussian();
                row.add(new Term(i, j, c));
                full[k][i * n + j] += c / 2;
                full[k][j * n + i] += c / 2;
            }
            rows.add(SparseForm.of(row));
        }
        return new Both(
                SparseOperator.of(n, rows),
                new DenseReferenceOperator(n, full, new RestrictedConstants(0, 1, "not used")),
                List.of(full));
    }

    @Test
    void agreesWithTheFullMatrices() {
        for (long seed = 1; seed <= 20; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            Both both = random(7, 9, 5, random);
            for (int r = 1; r <= 3; r++) {
                DMatrixRMaj x = Seeds.gaussian(7, r, 1, random);
                DMatrixRMaj y = Seeds.gaussian(7, r, 1, random);
                double[] w = Seeds.gaussian(9, 1, 1, random).data;
                assertThat(measured(both.sparse(), x, y))
                        .as("seed %d", seed)
                        .containsExactly(measured(both.dense(), x, y), within(1e-13));
                assertThat(measured(both.sparse(), x, x))
                        .as("seed %d", seed)
                        .containsExactly(measured(both.dense(), x, x), within(1e-13));
                assertThat(measured(both.sparse(), x, x.copy()))
                        .as("seed %d", seed)
                        .containsExactly(measured(both.sparse(), x, x), within(1e-13));
                DMatrixRMaj out = new DMatrixRMaj(1, 1);
                DMatrixRMaj reference = new DMatrixRMaj(1, 1);
                both.sparse().backproject(w, y, out);
                both.dense().backproject(w, y, reference);
                assertThat(out.data).as("seed %d", seed).containsExactly(reference.data, within(1e-13));
                // ⟨𝒜(sym(XYᵀ)), w⟩ = ⟨X, 𝒜*(w)Y⟩
                assertThat(Frobenius.dot(measured(both.sparse(), x, y), w, 9))
                        .as("seed %d", seed)
                        .isCloseTo(Frobenius.dot(x, out), within(1e-12));
            }
        }
    }

    private static double[] measured(SensingOperator operator, DMatrixRMaj x, DMatrixRMaj y) {
        double[] out = new double[operator.measurements()];
        operator.measure(x, y, out);
        return out;
    }

    @Test
    void termsOfOneEntryAreAddedAndThoseThatCancelAreLeftOut() {
        SparseForm form = SparseForm.of(List.of(
                new Term(2, 0, 3), new Term(0, 2, 1), new Term(1, 1, 2), new Term(0, 1, 5), new Term(1, 0, -5)));
        assertThat(form.terms()).isEqualTo(2);
        // A has 2 at (0, 2) and (2, 0), and 2 at (1, 1).
        assertThat(form.norm()).isCloseTo(Math.sqrt(12), within(1e-15));
        assertThat(form.at(new double[] {1, 10, 100})).isEqualTo(4 * 100 + 2 * 100);
        assertThat(form.scaled(-0.5).at(new double[] {1, 10, 100})).isEqualTo(-300);
    }

    @Test
    void rankOneRowsAreSquaredInnerProducts() {
        RandomGenerator random = Seeds.generator(3);
        DMatrixRMaj a = Seeds.gaussian(6, 5, 1, random);
        a.set(2, 3, 0);
        SparseOperator operator = SparseOperator.rankOne(a);
        DMatrixRMaj x = Seeds.gaussian(5, 2, 1, random);
        double[] out = measured(operator, x, x);
        for (int k = 0; k < 6; k++) {
            double sum = 0;
            for (int c = 0; c < 2; c++) {
                double inner = 0;
                for (int i = 0; i < 5; i++) {
                    inner += a.get(k, i) * x.get(i, c);
                }
                sum += inner * inner;
            }
            assertThat(out[k]).as("row %d", k).isCloseTo(sum, within(1e-12));
        }
        assertThat(operator.toString()).contains("6 sparse rows").contains("5×5");
    }

    /** α_s and L_s against the eigenvalues of SᵀS in all n(n+1)/2 coordinates, formed in full. */
    @Test
    void constantsAreTheExtremeEigenvaluesOverAllSymmetricMatrices() {
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            int n = 4;
            for (int m : new int[] {6, 30}) {
                Both both = random(n, m, 6, random);
                double[] eigenvalues = gramEigenvalues(n, both.full());
                RestrictedConstants constants = both.sparse().constants();
                assertThat(constants.source()).startsWith("exact");
                assertThat(constants.smoothness())
                        .as("seed %d, m %d", seed, m)
                        .isCloseTo(eigenvalues[eigenvalues.length - 1], within(1e-7));
                assertThat(constants.convexity())
                        .as("seed %d, m %d", seed, m)
                        .isCloseTo(m == 6 ? 0 : eigenvalues[0], within(1e-6));
                RestrictedConstants sampled = new SampledConstants(2, 300, seed).of(both.sparse());
                assertThat(sampled.smoothness()).isLessThanOrEqualTo(constants.smoothness());
                assertThat(sampled.convexity()).isGreaterThanOrEqualTo(constants.convexity());
                assertThat(m == 6 || constants.convexity() > 0).isTrue();
            }
        }
        assertThat(SparseOperator.of(3, List.of()).constants().smoothness()).isZero();
    }

    private static double[] gramEigenvalues(int n, List<double[]> full) {
        int d = n * (n + 1) / 2;
        DMatrixRMaj gram = new DMatrixRMaj(d, d);
        for (double[] row : full) {
            double[] s = new double[d];
            int at = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    s[at++] = (i == j ? 1 : Math.sqrt(2)) * row[i * n + j];
                }
            }
            for (int p = 0; p < d; p++) {
                for (int q = 0; q < d; q++) {
                    gram.add(p, q, s[p] * s[q]);
                }
            }
        }
        var eigen = DecompositionFactory_DDRM.eig(d, false, true);
        assertThat(eigen.decompose(gram)).isTrue();
        return IntStream.range(0, d)
                .mapToDouble(i -> eigen.getEigenvalue(i).getReal())
                .sorted()
                .toArray();
    }

    @Test
    void severalThreadsMayUseItAtOnce() {
        RandomGenerator random = Seeds.generator(9);
        SparseOperator operator = random(30, 200, 20, random).sparse();
        DMatrixRMaj x = Seeds.gaussian(30, 2, 1, random);
        double[] alone = measured(operator, x, x);
        assertThat(IntStream.range(0, 200).parallel().filter(i -> Arrays.equals(measured(operator, x, x), alone)))
                .hasSize(200);
    }

    @Test
    void namesWhatDoesNotFit() {
        SparseForm row = SparseForm.of(List.of(new Term(0, 3, 1)));
        assertThatThrownBy(() -> SparseOperator.of(3, List.of(row)))
                .hasMessage("row 0 has a term at (0, 3); indices below n = 3 are possible");
        assertThatThrownBy(() -> new Term(0, -1, 1)).hasMessageContaining("(0, -1)");
        assertThatThrownBy(() -> new Term(0, 1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> SparseOperator.of(0, List.of())).hasMessageContaining("n is 0");
        SparseOperator operator = SparseOperator.of(4, List.of(row));
        DMatrixRMaj x = new DMatrixRMaj(4, 1);
        assertThatThrownBy(() -> operator.measure(new DMatrixRMaj(3, 1), x, new double[1]))
                .hasMessage("x has 3 rows; the operator takes 4");
        assertThatThrownBy(() -> operator.measure(x, new DMatrixRMaj(4, 2), new double[1]))
                .hasMessageContaining("y has 2");
        assertThatThrownBy(() -> operator.measure(x, x, new double[0])).hasMessageContaining("out is 0 long");
        assertThatThrownBy(() -> operator.backproject(new double[0], x, new DMatrixRMaj(1, 1)))
                .hasMessageContaining("w is 0 long");
        assertThatThrownBy(() -> operator.backproject(new double[1], x, x)).hasMessageContaining("out is v");
    }
}
