package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kernels against sums written out, for numbers of columns around those that a vector holds. */
class MaskKernelTest {

    private static final int N = 17;
    private static final Offset<Double> CLOSE = within(1e-12);

    private static Stream<MaskKernel> kernels(MaskTiles tiles) {
        return Stream.of(new ScalarMaskKernel(tiles), Fastest.mask(tiles));
    }

    private static MaskTiles tiles() {
        return new MaskTiles(N, EntryPattern.upperTriangle(N), 0, new int[] {0, N});
    }

    @Test
    void vectorsAreUsedExactlyWhereTheirModuleIs() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(Fastest.mask(tiles()).getClass().getSimpleName())
                .isEqualTo(there ? "VectorMaskKernel" : ScalarMaskKernel.class.getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 23, 25})
    void agreesWithSumsWrittenOut(int r) {
        MaskTiles tiles = tiles();
        int m = tiles.column.length;
        int segments = tiles.segmentRow.length;
        RandomGenerator random = Seeds.generator(r);
        double[] x = Seeds.gaussian(N, r, 1, random).data;
        double[] y = Seeds.gaussian(N, r, 1, random).data;
        double[] w = Seeds.gaussian(1, m, 1, random).data;
        double[] half = Seeds.gaussian(1, m, 1, random).data;
        double[] before = Seeds.gaussian(N, r, 1, random).data;
        for (double[] coefficients : new double[][] {half, null}) {
            double[] inner = new double[m];
            double[] cross = new double[m];
            double[] rows = before.clone();
            double[] columns = before.clone();
            double[] both = before.clone();
            for (int s = 0; s < segments; s++) {
                int i = tiles.segmentRow[s] * r;
                for (int k = tiles.segmentStart[s]; k < tiles.segmentStart[s + 1]; k++) {
                    int j = tiles.column[k] * r;
                    double q = coefficients == null ? w[k] : w[k] * coefficients[k];
                    for (int t = 0; t < r; t++) {
                        inner[k] += x[i + t] * x[j + t];
                        cross[k] += x[i + t] * y[j + t] + y[i + t] * x[j + t];
                        rows[i + t] += q * x[j + t];
                        columns[j + t] += q * x[i + t];
                        both[i + t] += q * x[j + t];
                        both[j + t] += q * x[i + t];
                    }
                }
            }
            kernels(tiles).forEach(kernel -> {
                String what = kernel.getClass().getSimpleName() + ", r = " + r;
                double[] out = new double[m];
                Arrays.fill(out, Double.NaN);
                kernel.inner(0, segments, x, r, out);
                assertThat(out).as(what + ", inner").containsExactly(inner, CLOSE);
                Arrays.fill(out, Double.NaN);
                kernel.cross(0, segments, x, y, r, out);
                assertThat(out).as(what + ", cross").containsExactly(cross, CLOSE);
                double[] factor = before.clone();
                kernel.scatterRows(0, segments, w, coefficients, x, r, factor);
                assertThat(factor).as(what + ", rows").containsExactly(rows, CLOSE);
                factor = before.clone();
                kernel.scatterColumns(0, segments, w, coefficients, x, r, factor);
                assertThat(factor).as(what + ", columns").containsExactly(columns, CLOSE);
                factor = before.clone();
                kernel.scatterBoth(0, segments, w, coefficients, x, r, factor);
                assertThat(factor).as(what + ", both").containsExactly(both, CLOSE);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void onlyTheSegmentsAskedForAreTouched(int r) {
        MaskTiles tiles = tiles();
        double[] x = Seeds.gaussian(N, r, 1, Seeds.generator(r)).data;
        kernels(tiles).forEach(kernel -> {
            double[] out = new double[tiles.column.length];
            Arrays.fill(out, -7);
            kernel.inner(2, 3, x, r, out);
            for (int k = 0; k < out.length; k++) {
                boolean asked = k >= tiles.segmentStart[2] && k < tiles.segmentStart[3];
                assertThat(out[k] == -7).as("entry %d", k).isEqualTo(!asked);
            }
        });
    }
}
