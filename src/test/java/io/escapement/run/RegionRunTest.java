package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.landscape.DeviationRate;
import io.escapement.landscape.FactoredJudge;
import io.escapement.landscape.RankRegion;
import io.escapement.linalg.LanczosQuadrature;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Perturbation;
import io.escapement.solve.PerturbedDescent;
import io.escapement.stop.IterationLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

/** The curves of an implicit region along a run of rank 4 for a truth of rank 2. */
@Timeout(60)
class RegionRunTest {

    private static final double ETA = 0.05;
    private static final FactorShape SHAPE = FactorShape.psd(8);
    private static final RankRegion REGION = new RankRegion(2);

    private static final Instance<FactoredProblem> SENSING =
            new GaussianSensing(SHAPE, 4, 2, 100, 1, 0, 0, DenseOperator.Precision.DOUBLE).instance(Seeds.generator(3));

    private static RegionGauge gauge(int every) {
        return new RegionGauge(SENSING.problem(), REGION, every, LanczosQuadrature.standard());
    }

    private static List<RunEvent> events(RegionGauge gauge) {
        PerturbedDescent solver =
                PerturbedDescent.ipgdPlus(new FixedStep(ETA), Perturbation.of(1e-15, 1e-7, 1e-10, 600), 200, 1);
        RunPlan<FactoredProblem, PerturbedDescent.State> plan = new RunPlan<>(
                SENSING.problem(),
                solver,
                new DMatrixRMaj(8, 4),
                FactoredJudge.standard(),
                Optional.empty(),
                new FigureObserver(SENSING.truth().orElseThrow(), null, x -> {}, null, gauge),
                RunSettings.selfResting(List.of(), new IterationLimit(20_000), 20_000));
        return new RunPipeline<>(plan)
                .events(Schedulers.immediate())
                .collectList()
                .block(Duration.ofSeconds(50));
    }

    private static RunEvent.Verdict verdict(List<RunEvent> events) {
        return (RunEvent.Verdict) events.get(events.size() - 1);
    }

    @Test
    void theMethodEndsTheRunAndTheResidualStaysTiny() {
        List<RunEvent> events = events(gauge(1));
        RunEvent.Verdict verdict = verdict(events);
        assertThat(verdict.reason()).isInstanceOf(StopReason.MethodEnded.class);
        assertThat(verdict.state()).isEqualTo(RunState.CONVERGED);
        assertThat(verdict.values().getOr(Values.DISTANCE, 1)).isLessThan(1e-9);
        assertThat(verdict.values().getOr(Values.RESIDUAL_NORM, 1)).isBetween(1e-17, 1e-8);
        List<Values> curve = events.stream()
                .filter(RunEvent.Iteration.class::isInstance)
                .map(RunEvent::values)
                .toList();
        assertThat(curve)
                .allSatisfy(values ->
                        assertThat(values.has(Values.CUMULATIVE_DEVIATION)).isTrue());
        assertThat(curve.get(0).getOr(Values.RESIDUAL_NORM, 1)).isZero();
        assertThat(curve.get(1).getOr("perturbations", 0)).isEqualTo(1);
        // Where H₊ matters little, log growth is a third of Σηr ([IPGD] eq. 127), and never more than half of it (eq.
        // 126).
        double growth = Math.log(
                verdict.values().getOr(Values.RESIDUAL_NORM, 0) / curve.get(1).getOr(Values.RESIDUAL_NORM, 0));
        double cumulative = verdict.values().getOr(Values.CUMULATIVE_DEVIATION, 0);
        assertThat(growth / cumulative).isBetween(0.1, 0.5);
    }

    @Test
    void theSumIsThatOfTheDefinition() {
        GradientDescent solver = new GradientDescent(new FixedStep(ETA));
        Workspace workspace = new Workspace();
        RegionGauge every = gauge(1);
        RegionGauge fifth = gauge(5);
        GradientDescent.State state =
                solver.start(SENSING.problem(), Seeds.gaussian(8, 4, 0.01, Seeds.generator(9)), workspace);
        double sum = 0;
        for (int t = 0; t <= 40; t++) {
            DeviationRate rate = DeviationRate.at(SENSING.problem(), REGION, state.x(), LanczosQuadrature.standard());
            Map<String, Double> figures = every.measure(state);
            assertThat(figures.get(Values.CUMULATIVE_DEVIATION)).isCloseTo(sum, within(1e-12));
            assertThat(figures.get(Values.DEVIATION_RATE)).isEqualTo(rate.rate());
            assertThat(every.measure(state)).as("the same state again").isSameAs(figures);
            Map<String, Double> rare = fifth.measure(state);
            assertThat(rare.isEmpty()).isEqualTo(t % 5 != 0);
            if (t % 5 == 0) {
                assertThat(rare.get(Values.CUMULATIVE_DEVIATION)).isCloseTo(sum, within(0.1 * sum));
            }
            sum += ETA * rate.rate();
            state = solver.step(SENSING.problem(), state, workspace);
        }
        every.jumped();
        assertThat(every.measure(state)).containsEntry(Values.CUMULATIVE_DEVIATION, 0.0);
    }

    @Test
    void aPointThatIsNotFiniteHasNoFigures() {
        GradientDescent solver = new GradientDescent(new FixedStep(ETA));
        DMatrixRMaj x = new DMatrixRMaj(8, 4);
        x.data[5] = Double.NaN;
        assertThat(gauge(1).measure(solver.start(SENSING.problem(), x, new Workspace())))
                .isEmpty();
    }
}
