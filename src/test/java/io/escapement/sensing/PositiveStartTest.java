package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.sensing.DenseOperator.Precision;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The truths and starts of [LMM]'s experiments. */
class PositiveStartTest {

    private static final long SEED = 3;

    private static Instance<FactoredProblem> sensing(FactorShape shape, int rank) {
        return new GaussianSensing(shape, rank, 2, 40, 100, 0, 0, Precision.DOUBLE)
                .with(Frame.POSITIVE)
                .instance(Seeds.generator(SEED));
    }

    @ParameterizedTest
    @EnumSource(Frame.class)
    void framesAreOrthonormal(Frame frame) {
        DMatrixRMaj q = frame.draw(30, 3, Seeds.generator(SEED));
        DMatrixRMaj gram = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransA(q, q, gram);
        CommonOps_DDRM.addEquals(gram, -1, CommonOps_DDRM.identity(3));
        assertThat(Frobenius.norm(gram)).as("seed %d", SEED).isLessThan(1e-14);
    }

    /** LAPACK's and so the authors' first column is −a/‖a‖ for a first column a ≥ 0. */
    @Test
    void theFirstColumnOfAPositiveFrameIsNegative() {
        DMatrixRMaj q = Frame.POSITIVE.draw(200, 2, Seeds.generator(SEED));
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            assertThat(q.get(i, 0)).isNegative();
            sum += q.get(i, 0);
        }
        // ⟨1, a⟩/(‖1‖‖a‖) = √3/2 for numbers from (0, 1).
        assertThat(sum / Math.sqrt(200)).isCloseTo(-Math.sqrt(0.75), within(0.05));
    }

    @Test
    void theTruthHasTheLinearSpectrumInAnyFrame() {
        Instance<FactoredProblem> instance = sensing(FactorShape.psd(20), 2);
        assertThat(instance.truth().orElseThrow().norm()).isCloseTo(Math.hypot(1, 0.01), within(1e-12));
    }

    @Test
    void positiveStartsPassTheErrorByANearlyConstantMatrix() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(20), FactorShape.asymmetric(15, 10)}) {
            Instance<FactoredProblem> instance = sensing(shape, 3);
            GroundTruth truth = instance.truth().orElseThrow();
            DMatrixRMaj x = InitialPoint.positive(instance.problem(), truth, 1e-2, Seeds.generator(SEED));
            assertThat(truth.distance(x) / truth.norm())
                    .as("%s, seed %d", shape, SEED)
                    .isBetween(1e-2, 1.01e-2);
            DMatrixRMaj difference = new DMatrixRMaj(x.numRows, 3);
            CommonOps_DDRM.insert(truth.factor(), difference, 0, 0);
            Frobenius.add(x, -1, difference, difference);
            double mean = Arrays.stream(difference.data).average().orElseThrow();
            assertThat(difference.data)
                    .as("%s, seed %d", shape, SEED)
                    .satisfies(entries -> assertThat(Arrays.stream(entries))
                            .allMatch(entry -> entry > 0.8 * mean && entry < 1.2 * mean));
        }
    }

    @Test
    void ofSquaresItIsAPositivePerturbationOfTheEntries() {
        Instance<FactoredProblem> instance = new NonnegativeLeastSquares(
                        30, 60, 10, 100, 10, 0, new HalfSquaredNorm(), true)
                .instance(Seeds.generator(SEED));
        GroundTruth truth = instance.truth().orElseThrow();
        DMatrixRMaj root = truth.factor();
        for (int i = 0; i < 10; i++) {
            assertThat(root.data[i]).isCloseTo(1 - 0.99 * i / 9, within(1e-12));
        }
        DMatrixRMaj x = InitialPoint.positive(instance.problem(), truth, 1e-2, Seeds.generator(SEED));
        assertThat(truth.distance(x) / truth.norm()).isCloseTo(1e-2, within(1e-12));
        for (int i = 0; i < 30; i++) {
            assertThat(x.data[i]).isGreaterThan(root.data[i]);
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Instance<FactoredProblem> instance = sensing(FactorShape.psd(20), 3);
        GroundTruth truth = instance.truth().orElseThrow();
        assertThatThrownBy(() -> InitialPoint.positive(instance.problem(), truth, 0.5, Seeds.generator(SEED)))
                .hasMessageContaining("init-error is 0.5");
        Instance<FactoredProblem> signed =
                new SparseRecovery(20, 40, 3, 0, new HalfSquaredNorm()).instance(Seeds.generator(SEED));
        assertThatThrownBy(() -> InitialPoint.positive(
                        signed.problem(), signed.truth().orElseThrow(), 0.01, Seeds.generator(SEED)))
                .hasMessageContaining("signed-hadamard");
        FactoredProblem narrow = sensing(FactorShape.psd(20), 1).problem();
        assertThatThrownBy(() -> InitialPoint.positive(narrow, truth, 0.01, Seeds.generator(SEED)))
                .hasMessageContaining("rank is 1");
    }
}
