package io.escapement.experiment.study.ipgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.experiment.Curve;
import io.escapement.experiment.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlopeFitTest {

    private static Curve run(double slope) {
        return new Curve("run", List.of(1.0, 2.0, 4.0), List.of(slope, 2 * slope, 4 * slope));
    }

    @Test
    void aLineThroughTheOriginIsFoundWithoutWidth() {
        Estimate slope = SlopeFit.of(List.of(run(0.3), run(0.3), run(0.3)));
        assertThat(slope.value()).isCloseTo(0.3, within(1e-15));
        assertThat(slope.high() - slope.low()).isLessThan(1e-6);
    }

    /** Of runs of equal weight the jackknife's variance is that of the mean, s²/n. */
    @Test
    void theIntervalIsThatOfTheMeanOfEqualRuns() {
        Estimate slope = SlopeFit.of(List.of(run(0.2), run(0.3), run(0.4), run(0.5)));
        assertThat(slope.value()).isCloseTo(0.35, within(1e-15));
        double deviation = Math.sqrt((0.0225 + 0.0025 + 0.0025 + 0.0225) / 3 / 4);
        assertThat(slope.high() - slope.value()).isCloseTo(1.959963984540054 * deviation, within(1e-12));
        assertThat(slope.value() - slope.low()).isCloseTo(slope.high() - slope.value(), within(1e-12));
    }

    @Test
    void fewRunsHaveNoIntervalAndNoPointsNoSlope() {
        assertThat(SlopeFit.of(List.of(run(0.3), run(0.4))).low()).isNull();
        assertThat(SlopeFit.of(List.of()).value()).isNull();
        assertThat(SlopeFit.of(List.of(new Curve("run", List.of(), List.of()))).value())
                .isNull();
    }
}
