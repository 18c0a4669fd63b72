package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;

class FactorTruthTest {

    private static double denseDistance(DMatrixRMaj x, DMatrixRMaj z, FactorShape shape) {
        DMatrixRMaj image = image(x, shape);
        CommonOps_DDRM.subtractEquals(image, image(z, shape));
        return NormOps_DDRM.normF(image);
    }

    private static DMatrixRMaj image(DMatrixRMaj x, FactorShape shape) {
        DMatrixRMaj left = CommonOps_DDRM.extract(x, 0, shape.imageRows(), 0, x.numCols);
        DMatrixRMaj right = CommonOps_DDRM.extract(x, shape.split(), x.numRows, 0, x.numCols);
        DMatrixRMaj image = new DMatrixRMaj(shape.imageRows(), shape.imageColumns());
        CommonOps_DDRM.multTransB(left, right, image);
        return image;
    }

    @Test
    void agreesWithDenseMatrices() {
        for (long seed = 1; seed <= 20; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            for (FactorShape shape : new FactorShape[] {
                FactorShape.psd(9), FactorShape.psd(3), FactorShape.asymmetric(8, 5), FactorShape.asymmetric(2, 9)
            }) {
                DMatrixRMaj z = Seeds.gaussian(shape.rows(), 2, 1, random);
                FactorTruth truth = new FactorTruth(z, shape);
                for (int r = 1; r <= 4; r++) {
                    DMatrixRMaj x = Seeds.gaussian(shape.rows(), r, 1, random);
                    assertThat(truth.distance(x))
                            .as(shape + ", rank " + r + ", seed " + seed)
                            .isCloseTo(denseDistance(x, z, shape), within(1e-12));
                }
                assertThat(truth.norm()).isCloseTo(NormOps_DDRM.normF(image(z, shape)), within(1e-12));
            }
        }
    }

    @Test
    void isAccurateFarBelowWhatGramsCouldTell() {
        RandomGenerator random = Seeds.generator(1);
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(50), FactorShape.asymmetric(40, 30)}) {
            DMatrixRMaj z = Seeds.gaussian(shape.rows(), 3, 1, random);
            FactorTruth truth = new FactorTruth(z, shape);
            assertThat(truth.distance(z)).isLessThan(1e-14 * truth.norm());
            // A rotation of the truth is the same matrix.
            DMatrixRMaj q = Orthonormal.basis(Seeds.gaussian(3, 3, 1, random));
            DMatrixRMaj rotated = new DMatrixRMaj(shape.rows(), 3);
            CommonOps_DDRM.mult(z, q, rotated);
            assertThat(truth.distance(rotated)).isLessThan(1e-14 * truth.norm());
            // (1 + δ)Z is at distance (2δ + δ²)‖M*‖.
            double delta = 1e-12;
            DMatrixRMaj scaled = z.copy();
            CommonOps_DDRM.scale(1 + delta, scaled);
            assertThat(truth.distance(scaled) / truth.norm()).isCloseTo(2 * delta, within(3e-15));
        }
    }

    @Test
    void knowsZeroColumnsEqualColumnsAndPointsThatAreNotFinite() {
        FactorShape shape = FactorShape.psd(10);
        DMatrixRMaj z = Seeds.gaussian(10, 2, 1, Seeds.generator(1));
        FactorTruth truth = new FactorTruth(z, shape);
        assertThat(truth.distance(new DMatrixRMaj(10, 3))).isCloseTo(truth.norm(), within(1e-13));
        DMatrixRMaj twice = new DMatrixRMaj(10, 4);
        CommonOps_DDRM.insert(z, twice, 0, 0);
        CommonOps_DDRM.insert(z, twice, 0, 2);
        assertThat(truth.distance(twice)).isCloseTo(truth.norm(), within(1e-12));
        DMatrixRMaj broken = z.copy();
        broken.data[3] = Double.NaN;
        assertThat(truth.distance(broken)).isNaN();
        assertThatThrownBy(() -> truth.distance(new DMatrixRMaj(9, 2))).hasMessageContaining("9 rows");
    }

    @Test
    void entriesAreThoseOfTheMatrix() {
        FactorShape shape = FactorShape.asymmetric(4, 3);
        DMatrixRMaj z = Seeds.gaussian(7, 2, 1, Seeds.generator(2));
        FactorTruth truth = new FactorTruth(z, shape);
        assertThat(truth.entry(3, 2)).isCloseTo(image(z, shape).get(3, 2), within(1e-15));
    }
}
