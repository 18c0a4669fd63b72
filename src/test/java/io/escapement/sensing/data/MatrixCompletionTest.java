package io.escapement.sensing.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.FactorTruth;
import io.escapement.sensing.LowRankModel;
import io.escapement.sensing.ObservedMatrix;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SpectralStart;
import io.escapement.sensing.UniformCompletion;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MatrixCompletionTest {

    private static ObservedMatrix observed(FactorShape shape, int rank, double p, double noise, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        FactorTruth truth = new FactorTruth(LowRankModel.factor(shape, rank, 2, random), shape);
        return new UniformCompletion(shape, rank, rank, 2, p, noise, 0).observe(truth, random);
    }

    private static ObservedMatrix mapped(ObservedMatrix matrix, double scale, double offset) {
        double[] values = matrix.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] = scale * values[k] + offset;
        }
        return new ObservedMatrix(matrix.entries(), values, matrix.symmetric());
    }

    private static DMatrixRMaj solve(MatrixCompletion completion, int iterations) {
        FactoredProblem problem = completion.instance().problem();
        Evaluation end = Lbfgs.minimize(problem, SpectralStart.of(problem, Seeds.generator(5)), iterations, 1e-9);
        return end.x();
    }

    private static MatrixCompletion completion(ObservedMatrix matrix, MatrixCompletion.Options options) {
        return MatrixCompletion.of("data", matrix, options, Seeds.generator(1));
    }

    @Test
    void predictsHeldOutEntriesOfALargeSparseMatrixNearlyAsWellAsTheNoiseAllows() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(2000, 1500), 5, 0.05, 0.05, 1);
        MatrixCompletion completion = completion(matrix, MatrixCompletion.Options.of(5));
        DMatrixRMaj x = solve(completion, 60);
        // 17,475 free numbers fitted to 135,000: the error on new entries is √(1 + 0.13/0.87) times the noise.
        assertThat(completion.heldOutRmse(x).orElseThrow()).isBetween(0.05, 0.056);
        assertThat(completion.trainRmse(x)).isBetween(0.045, 0.05);
        assertThat(completion.advice(x)).isEmpty();
        assertThat(completion.heldOut().entries().size())
                .isEqualTo((int) Math.round(0.1 * matrix.entries().size()));
    }

    @Test
    void recoversANoiselessMatrixWithoutRidge() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(120, 90), 2, 0.3, 0, 1);
        MatrixCompletion completion =
                completion(matrix, new MatrixCompletion.Options(2, 0.1, Centering.NONE, 0, false));
        assertThat(completion.heldOutRmse(solve(completion, 200)).orElseThrow()).isLessThan(1e-7);
        assertThat(completion.instance().problem().ridge()).isZero();
    }

    @Test
    void completesAPositiveSemidefiniteMatrix() {
        ObservedMatrix matrix = observed(FactorShape.psd(150), 2, 0.3, 0.02, 1);
        MatrixCompletion completion =
                completion(matrix, new MatrixCompletion.Options(2, 0.1, Centering.NONE, 1e-4, true));
        DMatrixRMaj x = solve(completion, 100);
        assertThat(completion.instance().problem().shape()).isEqualTo(FactorShape.psd(150));
        assertThat(completion.heldOutRmse(x).orElseThrow()).isLessThan(0.03);
        CompletedMatrix completed = completion.completed(x);
        assertThat(completed.entry(3, 7)).isEqualTo(completed.entry(7, 3));
        // The same file without psd is completed as X Yᵀ of both triangles.
        MatrixCompletion general = completion(matrix, MatrixCompletion.Options.of(2));
        assertThat(general.instance().problem().shape()).isEqualTo(FactorShape.asymmetric(150, 150));
    }

    @Test
    void resultsFollowTheUnitOfTheData() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(60, 50), 2, 0.4, 0.1, 1);
        for (Centering centering : Centering.values()) {
            MatrixCompletion.Options options = new MatrixCompletion.Options(2, 0.1, centering, 0.01, false);
            MatrixCompletion one = completion(matrix, options);
            MatrixCompletion other = completion(mapped(matrix, 1e6, 0), options);
            assertThat(one.instance().problem().lossAtZero()).isCloseTo(0.5, within(1e-12));
            assertThat(other.instance().problem().ridge())
                    .isCloseTo(one.instance().problem().ridge(), within(1e-12));
            DMatrixRMaj x = solve(one, 30);
            assertThat(other.heldOutRmse(x).orElseThrow())
                    .isCloseTo(1e6 * one.heldOutRmse(x).orElseThrow(), within(1e-3));
            assertThat(other.trainRmse(x)).isCloseTo(1e6 * one.trainRmse(x), within(1e-3));
        }
    }

    @Test
    void takingTheMeanOffMakesAnOffsetNoMatter() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(60, 50), 2, 0.4, 0.1, 1);
        MatrixCompletion.Options options = new MatrixCompletion.Options(2, 0.1, Centering.MEAN, 0.01, false);
        MatrixCompletion one = completion(matrix, options);
        MatrixCompletion other = completion(mapped(matrix, 1, 1000), options);
        DMatrixRMaj x = solve(one, 30);
        assertThat(other.heldOutRmse(x).orElseThrow())
                .isCloseTo(one.heldOutRmse(x).orElseThrow(), within(1e-9));
        assertThat(other.completed(x).predicted(3, 4))
                .isCloseTo(one.completed(x).predicted(3, 4) + 1000, within(1e-9));
    }

    @Test
    void theLargestRidgeLeavesNothing() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(60, 50), 2, 0.4, 0.1, 1);
        for (boolean below : new boolean[] {false, true}) {
            MatrixCompletion completion =
                    completion(matrix, new MatrixCompletion.Options(2, 0, Centering.NONE, below ? 0.8 : 1, false));
            FactoredProblem problem = completion.instance().problem();
            DMatrixRMaj x = Lbfgs.minimize(problem, SpectralStart.of(problem, Seeds.generator(5)), 300, 1e-9)
                    .x();
            double largest = 0;
            for (double value : x.data) {
                largest = Math.max(largest, Math.abs(value));
            }
            if (below) {
                assertThat(largest).isGreaterThan(1e-2);
            } else {
                assertThat(largest).isLessThan(1e-2);
            }
        }
    }

    @Test
    void factorsMultiplyToThePredictionInTheUnitOfTheData() {
        ObservedMatrix matrix = mapped(observed(FactorShape.asymmetric(20, 15), 2, 0.6, 0.1, 1), 3, 7);
        for (Centering centering : Centering.values()) {
            MatrixCompletion completion =
                    completion(matrix, new MatrixCompletion.Options(2, 0, centering, 0.01, false));
            CompletedMatrix completed = completion.completed(solve(completion, 30));
            DMatrixRMaj left = completed.left();
            DMatrixRMaj right = completed.right();
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 15; j++) {
                    double product = 0;
                    for (int t = 0; t < left.numCols; t++) {
                        product += left.get(i, t) * right.get(j, t);
                    }
                    assertThat(product).isCloseTo(completed.predicted(i, j), within(1e-12 * Math.abs(product) + 1e-12));
                    int k = matrix.entries().find(i, j);
                    assertThat(completed.entry(i, j))
                            .isEqualTo(k >= 0 ? matrix.values()[k] : completed.predicted(i, j));
                }
            }
        }
    }

    @Test
    void anOverfitIsNamedAndTheDescriptionSaysWhatWasDone() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(60, 50), 1, 0.2, 0.3, 1);
        MatrixCompletion completion =
                completion(matrix, new MatrixCompletion.Options(8, 0.1, Centering.MEAN, 0, false));
        assertThat(completion.advice(solve(completion, 100)).orElseThrow()).contains("a lower rank", "larger ridge");
        assertThat(completion.instance().description())
                .contains("60×50", "rank 8", completion.heldOut().entries().size() + " cells held out", "mean");
        assertThat(completion.instance().figures().get("heldOut"))
                .isEqualTo(completion.heldOut().entries().size());
    }

    @Test
    void rowsOfWhichNothingIsKnownAreCounted() {
        ObservedMatrix matrix = ObservedMatrix.of(
                4, 3, new int[] {3, 0, 0, 1}, new int[] {0, 0, 1, 1}, new double[] {1, 2, 3, 4}, false);
        assertThat(completion(matrix, MatrixCompletion.Options.of(1)).instance().description())
                .contains("nothing is known of 2 rows and columns, whose entries are filled with 0");
    }

    @Test
    void namesWhatDoesNotFit() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(6, 5), 1, 0.5, 0, 1);
        assertThatThrownBy(() -> completion(matrix, MatrixCompletion.Options.of(6)))
                .hasMessageContaining("rank is 6; 1 to 5 is possible");
        assertThatThrownBy(() -> completion(matrix, new MatrixCompletion.Options(1, 0, Centering.NONE, 0, true)))
                .hasMessageContaining("6×5");
        assertThatThrownBy(() ->
                        completion(mapped(matrix, 0, 4), new MatrixCompletion.Options(1, 0, Centering.MEAN, 0, false)))
                .hasMessageContaining("every known entry of data is 4.0");
        assertThatThrownBy(() -> new MatrixCompletion.Options(1, 0, Centering.NONE, 2, false))
                .hasMessageContaining("ridge is 2.0");
    }
}
