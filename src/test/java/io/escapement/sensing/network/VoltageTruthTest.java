package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.sensing.FactorTruth;
import io.escapement.sensing.Seeds;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class VoltageTruthTest {

    /** e^{jθ}V of X = [Re V; Im V]. */
    static DMatrixRMaj turned(DMatrixRMaj x, double theta) {
        int n = x.numRows / 2;
        DMatrixRMaj out = x.createLike();
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < x.numCols; c++) {
                Complex v = new Complex(x.get(i, c), x.get(n + i, c)).times(Complex.polar(1, theta));
                out.set(i, c, v.re());
                out.set(n + i, c, v.im());
            }
        }
        return out;
    }

    /** The least ‖xxᵀ − z_θz_θᵀ‖ over a fine scan of θ, and at the phase of ⟨z, v⟩. */
    @Test
    void isTheLeastDistanceOverThePhase() {
        for (long seed = 1; seed <= 10; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            DMatrixRMaj z = Seeds.gaussian(8, 1, 1, random);
            DMatrixRMaj x = Seeds.gaussian(8, 1, 1, random);
            VoltageTruth truth = new VoltageTruth(z);
            double scanned = Double.POSITIVE_INFINITY;
            Complex inner = Complex.ZERO;
            for (int i = 0; i < 4; i++) {
                inner = inner.plus(new Complex(z.data[i], -z.data[4 + i]).times(new Complex(x.data[i], x.data[4 + i])));
            }
            for (int step = 0; step < 2000; step++) {
                scanned = Math.min(scanned, fixed(turned(z, step * Math.PI / 1000), x));
            }
            assertThat(truth.distance(x)).as("seed %d", seed).isCloseTo(scanned, within(1e-4));
            double aligned = fixed(turned(z, Math.atan2(inner.im(), inner.re())), x);
            assertThat(truth.distance(x)).as("seed %d", seed).isCloseTo(aligned, within(1e-12));
        }
    }

    private static double fixed(DMatrixRMaj z, DMatrixRMaj x) {
        return new FactorTruth(z, FactorShape.psd(8)).distance(x);
    }

    @Test
    void theWholeCircleIsTheTruth() {
        DMatrixRMaj z = Ieee14.network().state();
        VoltageTruth truth = new VoltageTruth(z);
        assertThat(truth.factor().data).isEqualTo(z.data);
        assertThat(truth.norm()).isCloseTo(CommonOps_DDRM.dot(z, z), within(1e-12));
        assertThat(truth.distance(new DMatrixRMaj(28, 1))).isCloseTo(truth.norm(), within(1e-12));
        for (double theta = 0; theta < 7; theta += 0.5) {
            assertThat(truth.distance(turned(z, theta))).isLessThan(1e-13 * truth.norm());
        }
        // Every meter reads the same of a mixture of two phases in equal parts.
        DMatrixRMaj mixed = new DMatrixRMaj(28, 2);
        CommonOps_DDRM.insert(turned(z, 0.3), mixed, 0, 0);
        CommonOps_DDRM.insert(turned(z, 1.1), mixed, 0, 1);
        CommonOps_DDRM.scale(Math.sqrt(0.5), mixed);
        assertThat(truth.distance(mixed)).isLessThan(1e-13 * truth.norm());
        DMatrixRMaj off = z.copy();
        off.data[3] += 1e-6;
        assertThat(truth.distance(off)).isBetween(1e-7, 1e-5);
        off.data[3] = Double.NaN;
        assertThat(truth.distance(off)).isNaN();
    }
}
