package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.SodMulti;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.landscape.FactoredJudge;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import io.escapement.stop.Finite;
import io.escapement.stop.GradientTolerance;
import io.escapement.stop.IterationLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

/** [SOD]'s figure, n = 3, ρ = 0.3: stuck at h 0.330 and distance 2.605, then at the truth. */
@Timeout(60)
class SodRunTest {

    @Test
    void escapesToTheTruthWithItsTermsAsCurves() {
        var instance = PerturbedMatrixCompletion.pmc(3, 0.3, 1).instance();
        FactoredProblem problem = instance.problem();
        RunSettings settings = new RunSettings(
                new GradientTolerance(1e-8).or(new Finite()),
                new GradientTolerance(1e-8).or(new Finite()),
                new GradientTolerance(1e-10).or(new Finite()),
                new IterationLimit(5_000),
                5,
                1_000,
                1e-6,
                1,
                0,
                Duration.ZERO);
        RunPlan<FactoredProblem, GradientDescent.State> plan = new RunPlan<>(
                problem,
                new GradientDescent(new FixedStep(0.1)),
                new DMatrixRMaj(3, 1, true, 0.914, 1e-3, -0.913),
                FactoredJudge.standard(),
                Optional.of(SodMulti.standard()),
                new FigureObserver(instance.truth().orElseThrow(), null),
                settings);
        List<RunEvent> events = new RunPipeline<>(plan)
                .events(Schedulers.immediate())
                .collectList()
                .block(Duration.ofSeconds(50));
        RunEvent.Stationary trap = first(events, RunEvent.Stationary.class);
        assertThat(trap.verdict()).isInstanceOf(PointVerdict.SpuriousMinimum.class);
        assertThat(trap.values().getOr(Values.LOSS, 0)).isCloseTo(0.330, within(5e-4));
        assertThat(trap.values().getOr(Values.DISTANCE, 0)).isCloseTo(2.605, within(5e-4));
        RunEvent.Escape escape = first(events, RunEvent.Escape.class);
        assertThat(escape.outcome()).isEqualTo(RunEvent.EscapeOutcome.ACCEPTED);
        assertThat(escape.type()).contains("beta-type");
        List<Values> curves = events.stream()
                .filter(RunEvent.Iteration.class::isInstance)
                .map(RunEvent::values)
                .filter(values -> values.has("liftedLoss"))
                .toList();
        assertThat(curves).hasSizeGreaterThan(3);
        assertThat(curves.get(0).getOr("aTerm", 0)).isCloseTo(1, within(1e-12));
        assertThat(curves.get(curves.size() - 1).getOr("aTerm", 1)).isLessThan(1e-2);
        RunEvent.Verdict verdict = (RunEvent.Verdict) events.get(events.size() - 1);
        assertThat(verdict.state()).isEqualTo(RunState.CONVERGED);
        assertThat(verdict.verdict()).isInstanceOf(PointVerdict.GlobalMinimum.class);
        assertThat(verdict.values().getOr(Values.LOSS, 1)).isCloseTo(0, within(1e-12));
        assertThat(PerturbedCompletion.trapOfThree().loss())
                .isCloseTo(trap.values().getOr(Values.LOSS, 0), within(1e-9));
    }

    private static <T extends RunEvent> T first(List<RunEvent> events, Class<T> kind) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
