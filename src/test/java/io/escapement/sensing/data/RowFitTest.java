package io.escapement.sensing.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SpectralStart;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class RowFitTest {

    private static final FactorShape SHAPE = FactorShape.asymmetric(6, 5);
    private static final int M = 90;
    private static final long SEED = 3;

    private final DMatrixRMaj truth = Seeds.gaussian(11, 1, 10, Seeds.generator(SEED));
    private final DenseOperator operator = operator(1);
    private final double[] b = new double[M];

    RowFitTest() {
        operator.measure(truth, truth, b);
    }

    private static DenseOperator operator(double scale) {
        RandomGenerator random = Seeds.generator(SEED);
        return new DenseOperator(
                SHAPE,
                M,
                (k, a) -> Arrays.setAll(a, i -> scale * random.nextGaussian()),
                DenseOperator.Precision.DOUBLE);
    }

    private RowFit fit(double holdOut, long seed) {
        return RowFit.of("rows", operator, b, SHAPE, new RowFit.Options(1, holdOut, 0), Seeds.generator(seed));
    }

    @Test
    void theFactorComesBackInTheUnitOfTheData() {
        RowFit fit = fit(0.2, 1);
        FactoredProblem problem = fit.instance().problem();
        assertThat(problem.operator().measurements()).isEqualTo(72);
        assertThat(problem.lossAtZero()).isCloseTo(0.5, within(1e-12));
        assertThat(fit.instance().figures()).containsEntry("heldOut", 18.0).containsEntry("measurements", 90.0);
        DMatrixRMaj x = Lbfgs.minimize(problem, SpectralStart.of(problem, Seeds.generator(5)), 500, 1e-10)
                .x();
        assertThat(fit.trainResidual(x)).isLessThan(1e-7);
        assertThat(fit.heldOutResidual(x).orElseThrow()).isLessThan(1e-6);
        DMatrixRMaj z = fit.factor(x);
        for (int i = 0; i < 6; i++) {
            for (int j = 6; j < 11; j++) {
                assertThat(z.get(i, 0) * z.get(j, 0))
                        .as("entry (%d, %d)", i, j - 6)
                        .isCloseTo(truth.get(i, 0) * truth.get(j, 0), within(1e-3));
            }
        }
        assertThat(fit.image("Z")).isEqualTo("Z[:6] @ Z[6:].T");
    }

    @Test
    void nothingIsHeldOutUnlessAsked() {
        RowFit fit = fit(0, 1);
        assertThat(fit.instance().problem().operator()).isSameAs(operator);
        assertThat(fit.heldOutResidual(truth)).isEmpty();
        DMatrixRMaj zero = new DMatrixRMaj(11, 1);
        assertThat(fit.trainResidual(zero)).isEqualTo(1);
    }

    @Test
    void theSeedDrawsTheSplitAndOneRowRemains() {
        double first = fit(0.5, 1).instance().problem().measurement(0);
        assertThat(fit(0.5, 1).instance().problem().measurement(0)).isEqualTo(first);
        assertThat(fit(0.9999, 2).instance().problem().operator().measurements())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeFittedIsNamed() {
        RowFit.Options options = new RowFit.Options(1, 0, 0);
        assertThatThrownBy(() -> RowFit.of("rows", operator, new double[M], SHAPE, options, Seeds.generator(1)))
                .hasMessage("the norm of b over the measurements to fit is 0.0; a finite one above 0 is needed");
        double[] huge = new double[M];
        Arrays.fill(huge, 1e200);
        assertThatThrownBy(() -> RowFit.of("rows", operator, huge, SHAPE, options, Seeds.generator(1)))
                .hasMessageContaining("is Infinity");
        assertThatThrownBy(() -> RowFit.of("rows", operator(0), b, SHAPE, options, Seeds.generator(1)))
                .hasMessageContaining("every coefficient of the measurements is 0");
        assertThatThrownBy(() -> new RowFit.Options(0, 0, 0)).hasMessageContaining("rank is 0");
        assertThatThrownBy(() -> new RowFit.Options(1, 1, 0)).hasMessageContaining("hold-out is 1.0");
        assertThatThrownBy(() -> new RowFit.Options(1, 0, -1)).hasMessageContaining("ridge is -1.0");
    }
}
