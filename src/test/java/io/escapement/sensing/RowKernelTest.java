package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both kernels against sums written out, at lengths around the number of lanes and at that of a 200×200 triangle. */
class RowKernelTest {

    private static final int[] LENGTHS = {1, 2, 3, 7, 8, 9, 15, 16, 31, 32, 33, 65, 2047, 20_100};

    static Stream<RowKernel> kernels() {
        return Stream.of(new ScalarKernel(), RowKernel.fastest());
    }

    @Test
    void vectorsAreUsedExactlyWhereTheirModuleIs() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(RowKernel.fastest().getClass().getSimpleName())
                .isEqualTo(there ? "VectorKernel" : ScalarKernel.class.getSimpleName());
        assertThat(RowKernel.fastest()).isSameAs(RowKernel.fastest());
        assertThat(DenseOperator.arithmetic()).contains(there ? "doubles (jdk.incubator.vector)" : "plain Java");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void doubles(RowKernel kernel) {
        for (int length : LENGTHS) {
            RandomGenerator random = Seeds.generator(length);
            double[][] a = rows(length, random);
            double[] m = Seeds.gaussian(1, length, 1, random).data;
            double[] out = new double[4];
            kernel.dots(a[0], a[1], a[2], a[3], m, out);
            assertDots(kernel, length, a, m, out);
            double[] again = new double[4];
            kernel.dots(a[0], a[1], a[2], a[3], m, again);
            assertThat(again).as(kernel + ", length " + length).isEqualTo(out);
            for (int lo : new int[] {0, length / 3}) {
                double[] g = m.clone();
                kernel.add(a[0], a[1], a[2], a[3], out, lo, length - lo / 2, g);
                assertSum(kernel, a, out, lo, length - lo / 2, m, g);
            }
            assertThat(kernel.total(a[0]))
                    .as(kernel + ", length " + length)
                    .isCloseTo(Arrays.stream(a[0]).sum(), within(1e-14 * length));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void floats(RowKernel kernel) {
        for (int length : LENGTHS) {
            RandomGenerator random = Seeds.generator(length);
            float[][] a = new float[4][length];
            double[][] same = rows(length, random);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < length; j++) {
                    a[i][j] = (float) same[i][j];
                    same[i][j] = a[i][j];
                }
            }
            double[] m = Seeds.gaussian(1, length, 1, random).data;
            double[] out = new double[4];
            kernel.dots(a[0], a[1], a[2], a[3], m, out);
            assertDots(kernel, length, same, m, out);
            for (int lo : new int[] {0, length / 3}) {
                double[] g = m.clone();
                kernel.add(a[0], a[1], a[2], a[3], out, lo, length - lo / 2, g);
                assertSum(kernel, same, out, lo, length - lo / 2, m, g);
            }
            assertThat(kernel.total(a[0]))
                    .as(kernel + ", length " + length)
                    .isCloseTo(Arrays.stream(same[0]).sum(), within(1e-6 * length));
        }
    }

    private static double[][] rows(int length, RandomGenerator random) {
        return IntStream.range(0, 4)
                .mapToObj(i -> Seeds.gaussian(1, length, 1, random).data)
                .toArray(double[][]::new);
    }

    private static void assertDots(RowKernel kernel, int length, double[][] a, double[] m, double[] out) {
        for (int i = 0; i < 4; i++) {
            double sum = 0;
            double size = 0;
            for (int j = 0; j < length; j++) {
                sum += a[i][j] * m[j];
                size += Math.abs(a[i][j] * m[j]);
            }
            assertThat(out[i]).as(kernel + ", length " + length).isCloseTo(sum, within(1e-13 * size));
        }
    }

    private static void assertSum(
            RowKernel kernel, double[][] a, double[] w, int lo, int hi, double[] before, double[] g) {
        for (int j = 0; j < g.length; j++) {
            double sum = before[j];
            double size = Math.abs(sum);
            for (int i = 0; i < 4 && j >= lo && j < hi; i++) {
                sum += w[i] * a[i][j];
                size += Math.abs(w[i] * a[i][j]);
            }
            assertThat(g[j])
                    .as(kernel + ", " + j + " of " + lo + " to " + hi)
                    .isCloseTo(sum, within(j >= lo && j < hi ? 1e-15 * size : Double.MIN_VALUE));
        }
    }
}
