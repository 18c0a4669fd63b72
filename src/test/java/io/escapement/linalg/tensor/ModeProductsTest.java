package io.escapement.linalg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ModeProductsTest {

    private static final long SEED = 3;

    private static double[] gaussian(int length, Random random) {
        return random.doubles(length).map(u -> 2 * u - 1).toArray();
    }

    /** Against Σ_J Π A_{i_k j_k} v_J, every sum written out. */
    @Test
    void powerIsTheKroneckerPower() {
        Random random = new Random(SEED);
        int[][] cases = {{1, 3, 1}, {3, 1, 2}, {3, 2, 1}, {3, 3, 1}, {3, 3, 5}, {2, 5, 1}, {9, 3, 1}, {17, 2, 3}};
        for (int[] c : cases) {
            int n = c[0];
            int order = c[1];
            int batch = c[2];
            int size = TensorSize.entries(n, order);
            DMatrixRMaj a = DMatrixRMaj.wrap(n, n, gaussian(n * n, random));
            double[] v = gaussian(size * batch, random);
            double[] before = v.clone();
            double[] out = new double[size * batch];
            ModeProducts.power(a, order, batch, v, new double[size * batch], out);
            assertThat(v).isEqualTo(before);
            for (int i = 0; i < size; i++) {
                for (int q = 0; q < batch; q++) {
                    double sum = 0;
                    for (int j = 0; j < size; j++) {
                        sum += entry(a, order, i, j) * v[j * batch + q];
                    }
                    assertThat(out[i * batch + q])
                            .as("seed %d, case %s, entry %d", SEED, Arrays.toString(c), i)
                            .isCloseTo(sum, within(1e-12 * size));
                }
            }
        }
    }

    private static double entry(DMatrixRMaj a, int order, int i, int j) {
        double product = 1;
        int left = i;
        int right = j;
        for (int mode = 0; mode < order; mode++) {
            product *= a.get(left % a.numRows, right % a.numRows);
            left /= a.numRows;
            right /= a.numRows;
        }
        return product;
    }

    /** Large enough to be shared among threads, with tiles that are not full: (A⊗A)x⊗x = Ax⊗Ax. */
    @Test
    void largeProductsOfARankOneTensor() {
        Random random = new Random(SEED);
        int n = 61;
        DMatrixRMaj a = DMatrixRMaj.wrap(n, n, gaussian(n * n, random));
        double[] x = gaussian(n, random);
        double[] image = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                image[i] += a.get(i, j) * x[j];
            }
        }
        double[] v = SymmetricTensor.power(1, x, 3).data();
        double[] out = new double[v.length];
        ModeProducts.power(a, 3, 1, v, new double[v.length], out);
        assertThat(new SymmetricTensor(n, 3, out).distanceTo(1, image))
                .isLessThan(1e-12 * SymmetricTensor.power(1, image, 3).norm());
    }

    @Test
    void namesWhatDoesNotFit() {
        DMatrixRMaj a = new DMatrixRMaj(3, 3);
        double[] nine = new double[9];
        assertThatThrownBy(() -> ModeProducts.power(a, 2, 1, nine, new double[8], new double[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9, 8 and 9 long")
                .hasMessageContaining("three arrays of 9");
        assertThatThrownBy(() -> ModeProducts.power(a, 2, 1, nine, nine, new double[9]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SymmetricTensor(3, 3, nine)).hasMessageContaining("order 3 over R^3");
    }
}
