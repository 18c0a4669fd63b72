package io.escapement.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.Gaussian;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class FactorSvdTest {

    private static void expectDecomposition(DMatrixRMaj x) {
        FactorSvd svd = FactorSvd.of(x);
        double size = 1e-300 + Frobenius.norm(x);
        for (int k = 0; k < svd.rank(); k++) {
            assertThat(svd.sigma(k)).isNotNegative();
            assertThat(svd.sigma(k)).isLessThanOrEqualTo(svd.sigma(Math.max(0, k - 1)));
            // X − (X without k) = σ_k v_k q_kᵀ
            DMatrixRMaj part = new DMatrixRMaj(x.numRows, x.numCols);
            Frobenius.add(x, -1, svd.without(k), part);
            Frobenius.add(part, -svd.sigma(k), svd.inPlaceOf(k, svd.left(k)), part);
            assertThat(Frobenius.norm(part)).isLessThanOrEqualTo(1e-13 * size);
            for (int j = 0; j < svd.rank(); j++) {
                assertThat(Frobenius.dot(svd.inPlaceOf(k, svd.left(k)), svd.inPlaceOf(j, svd.left(k))))
                        .isCloseTo(j == k ? 1 : 0, within(1e-12));
            }
        }
    }

    @Test
    void tallSquareDeficientZeroAndBadlyScaled() {
        Random random = new Random(3);
        expectDecomposition(Gaussian.matrix(12, 3, random));
        expectDecomposition(Gaussian.matrix(4, 4, random));
        expectDecomposition(Gaussian.matrix(9, 1, random));
        expectDecomposition(new DMatrixRMaj(6, 2));
        DMatrixRMaj deficient = Gaussian.product(Gaussian.matrix(8, 1, random), Gaussian.matrix(1, 3, random));
        expectDecomposition(deficient);
        assertThat(FactorSvd.of(deficient).smallest()).isLessThan(1e-14 * Frobenius.norm(deficient));
        DMatrixRMaj scaled = Gaussian.matrix(7, 2, random);
        for (int i = 0; i < 7; i++) {
            scaled.set(i, 1, 1e-9 * scaled.get(i, 1));
        }
        expectDecomposition(scaled);
    }

    @Test
    void oneColumnIsItsOwnDirection() {
        DMatrixRMaj x = new DMatrixRMaj(3, 1, true, -3, 0, 4);
        FactorSvd svd = FactorSvd.of(x);
        assertThat(svd.largest()).isCloseTo(5, within(1e-14));
        assertThat(svd.left(0).get(0)).isCloseTo(-0.6, within(1e-15));
        DMatrixRMaj u = new DMatrixRMaj(3, 1, true, 0, 1, 0);
        assertThat(svd.inPlaceOf(0, u).data).containsExactly(0, 1, 0);
    }

    @Test
    void refusesWhatHasNoDecomposition() {
        assertThatThrownBy(() -> FactorSvd.of(new DMatrixRMaj(2, 3))).hasMessageContaining("x is 2×3");
        assertThatThrownBy(() -> FactorSvd.of(new DMatrixRMaj(2, 1, true, 1, Double.NaN)))
                .hasMessageContaining("entry (1, 0) of x is NaN");
    }
}
