package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.escape.Auto;
import io.escapement.escape.Escape;
import io.escapement.escape.NegativeCurvature;
import io.escapement.escape.Perturb;
import io.escapement.escape.Restart;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunEvent.EscapeOutcome;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.landscape.FactoredJudge;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.solve.ExactStep;
import io.escapement.solve.Lbfgs;
import io.escapement.stop.EvaluationLimit;
import io.escapement.stop.Finite;
import io.escapement.stop.GradientReturn;
import io.escapement.stop.GradientTolerance;
import io.escapement.stop.IterationLimit;
import io.escapement.stop.Stall;
import io.escapement.stop.StoppingCriterion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

/** What a run promises whatever the instance: it never ends worse than it was, and a certificate is never contradicted. */
@Timeout(120)
class GuaranteesTest {

    private static final FactoredJudge JUDGE = FactoredJudge.standard();

    /** How a run ended, and everything on the way. */
    private record Ended(String what, DMatrixRMaj x, List<RunEvent> events) {

        RunEvent.Verdict verdict() {
            return (RunEvent.Verdict) events.get(events.size() - 1);
        }

        double loss() {
            return verdict().values().getOr(Values.LOSS, Double.NaN);
        }

        <E extends RunEvent> List<E> all(Class<E> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    private static RunPipeline<FactoredProblem, ?> pipeline(
            FactoredProblem problem,
            DMatrixRMaj x0,
            Escape<? super FactoredProblem> escape,
            StoppingCriterion limit,
            FigureObserver observer) {
        double bound = JUDGE.stationaryBelow(problem);
        StoppingCriterion others = new Finite().or(new Stall(1e-9, 300));
        RunSettings settings = new RunSettings(
                new GradientTolerance(bound).or(others),
                new GradientReturn(bound).or(others),
                new GradientTolerance(0.01 * bound).or(others),
                limit,
                20,
                1000,
                1e-6,
                1,
                0,
                Duration.ZERO);
        return new RunPipeline<>(new RunPlan<>(
                problem, new Lbfgs(10, new ExactStep()), x0, JUDGE, Optional.ofNullable(escape), observer, settings));
    }

    private static Ended run(
            String what, FactoredProblem problem, DMatrixRMaj x0, Escape<? super FactoredProblem> escape) {
        AtomicReference<DMatrixRMaj> last = new AtomicReference<>();
        FigureObserver observer = new FigureObserver(null, null, last::set, null);
        List<RunEvent> events = pipeline(problem, x0, escape, new IterationLimit(20_000), observer)
                .events(Schedulers.immediate())
                .collectList()
                .block(Duration.ofSeconds(100));
        return new Ended(what, last.get(), events);
    }

    private static FactoredProblem instance(int seed) {
        Random random = new Random(seed);
        double noise = seed % 3 == 0 ? 0.3 : 0;
        double ridge = seed % 5 == 0 ? 0.2 : 0;
        int rank = 1 + seed % 2;
        return seed % 4 == 3
                ? Gaussian.asymmetric(4, 3, rank, 8 * rank, noise, ridge, random)
                : Gaussian.sensing(6, rank, 8 * rank, noise, ridge, random);
    }

    private static List<Escape<? super FactoredProblem>> mechanisms(FactoredProblem problem, long seed) {
        List<Escape<? super FactoredProblem>> mechanisms = new ArrayList<>();
        mechanisms.add(null);
        mechanisms.add(Auto.factored(0.5, seed));
        mechanisms.add(new Restart(3, 0.5, seed));
        mechanisms.add(Perturb.standard(JUDGE.stationaryBelow(problem), seed));
        mechanisms.add(NegativeCurvature.standard());
        return mechanisms;
    }

    @Test
    void noRunEndsWorseAndNoCertificateIsContradicted() {
        int certified = 0;
        int escaped = 0;
        for (int seed = 1; seed <= 48; seed++) {
            FactoredProblem problem = instance(seed);
            List<Ended> runs = new ArrayList<>();
            for (Escape<? super FactoredProblem> mechanism : mechanisms(problem, seed)) {
                DMatrixRMaj x0 =
                        Gaussian.matrix(problem.rows(), problem.columns(), new Random(1000L * seed + runs.size()));
                String what = "instance " + seed + ", run " + runs.size();
                runs.add(run(what, problem, x0, mechanism));
            }
            for (Ended one : runs) {
                escaped += neverWorse(one);
                certified += notContradicted(one, runs);
            }
        }
        assertThat(certified).as("certificates seen").isGreaterThan(60);
        assertThat(escaped).as("escapes seen").isGreaterThan(10);
    }

    /** Every accepted escape is lower, and the end is no higher than any point that was judged on the way. Returns the escapes. */
    private static int neverWorse(Ended run) {
        int accepted = 0;
        for (RunEvent.Escape escape : run.all(RunEvent.Escape.class)) {
            if (escape.outcome() == EscapeOutcome.ACCEPTED) {
                accepted++;
                assertThat(escape.values().getOr("lossAfter", Double.NaN))
                        .as(run.what)
                        .isLessThan(escape.values().getOr("lossBefore", Double.NaN));
            }
        }
        for (RunEvent.Stationary judged : run.all(RunEvent.Stationary.class)) {
            double loss = judged.values().getOr(Values.LOSS, Double.NaN);
            assertThat(run.loss()).as(run.what).isLessThanOrEqualTo(loss * (1 + 1e-12));
        }
        return accepted;
    }

    /** Nobody within the trace bound of a certificate is lower by more than its gap. Returns 1 where there is one. */
    private static int notContradicted(Ended run, List<Ended> runs) {
        if (!(run.verdict().verdict() instanceof PointVerdict.GlobalMinimum certificate)) {
            return 0;
        }
        double bound = run.verdict().values().getOr("traceBound", Double.NaN);
        double gap = run.verdict().values().getOr(Values.OPTIMALITY_GAP, Double.NaN);
        for (Ended other : runs) {
            if (Frobenius.dot(other.x, other.x) <= bound) {
                assertThat(other.loss())
                        .as("%s against %s of %s", other.what, certificate, run.what)
                        .isGreaterThanOrEqualTo(run.loss() - gap - 1e-12 * run.loss());
            }
        }
        return 1;
    }

    @Test
    void aRunThatIsGlobalFromTheStartAsksForNoEscape() {
        DMatrixRMaj truth = PerturbedCompletion.truth(9);
        Ended run = run("truth", PerturbedCompletion.problem(9, 0.1, 1), truth, Auto.factored(1, 1));
        assertThat(run.verdict().verdict()).isInstanceOf(PointVerdict.GlobalMinimum.class);
        assertThat(run.verdict().stamp().iteration()).isZero();
        assertThat(run.all(RunEvent.Escape.class)).isEmpty();
    }

    @Test
    void fromZeroCurvatureAndPerturbationsOfEverySizeLeadOn() {
        FactoredProblem problem = PerturbedCompletion.problem(9, 0.1, 1);
        double bound = JUDGE.stationaryBelow(problem);
        for (double radius : new double[] {0, 1e-3, 1e-15}) {
            Perturb standard = Perturb.standard(bound, 3);
            Perturb perturb = radius == 0
                    ? standard
                    : new Perturb(
                            java.util.OptionalDouble.of(radius),
                            standard.iterations(),
                            standard.drop(),
                            bound,
                            3,
                            standard.eigen());
            Ended run = run("radius " + radius, problem, new DMatrixRMaj(9, 1), perturb);
            assertThat(run.all(RunEvent.Stationary.class).get(0).verdict())
                    .isInstanceOf(PointVerdict.StrictSaddle.class);
            assertThat(run.all(RunEvent.Escape.class))
                    .as(run.what)
                    .anySatisfy(escape -> assertThat(escape.outcome()).isEqualTo(EscapeOutcome.ACCEPTED));
            assertThat(run.loss()).as(run.what).isLessThan(0.5 * problem.lossAtZero());
        }
        Ended curved = run("curvature", problem, new DMatrixRMaj(9, 1), NegativeCurvature.standard());
        assertThat(curved.verdict().state()).isEqualTo(RunState.CONVERGED);
    }

    /** The pipeline is cold: a second subscription draws the same. */
    @Test
    void aRunThatDrawsRepeatsBitForBit() {
        FactoredProblem problem = instance(9);
        DMatrixRMaj x0 = Gaussian.matrix(problem.rows(), problem.columns(), new Random(5));
        Escape<FactoredProblem> drawing = Escape.inOrder(List.of(Perturb.standard(1e-6, 2), new Restart(4, 0.7, 2)));
        RunPipeline<FactoredProblem, ?> pipeline =
                pipeline(problem, x0, drawing, new IterationLimit(3000), new FigureObserver(null, null));
        List<String> first = story(pipeline);
        assertThat(first).anyMatch(line -> line.startsWith("restart"));
        assertThat(story(pipeline)).isEqualTo(first);
    }

    private static List<String> story(RunPipeline<FactoredProblem, ?> pipeline) {
        return pipeline.events(Schedulers.immediate())
                .map(event -> (event instanceof RunEvent.Escape escape ? escape.mechanism() : event.kind())
                        + event.stamp().iteration()
                        + event.values())
                .collectList()
                .block(Duration.ofSeconds(100));
    }

    /** All work is in the budget, trials and judgements too, and each subscription starts at nothing. */
    @Test
    void aBudgetOfGradientEvaluationsEndsTheRun() {
        FactoredProblem plain = PerturbedCompletion.problem(9, 0.1, 1);
        CountingOperator counted = new CountingOperator(plain.operator(), 1);
        RunPipeline<FactoredProblem, ?> pipeline = pipeline(
                plain.withOperator(counted),
                Gaussian.matrix(9, 1, new Random(4)),
                new Restart(1_000_000, 1, 1),
                new EvaluationLimit(400),
                new FigureObserver(null, null, x -> {}, counted::gradientEvaluations));
        for (int subscription = 0; subscription < 2; subscription++) {
            List<RunEvent> events =
                    pipeline.events(Schedulers.immediate()).collectList().block(Duration.ofSeconds(100));
            double first = events.stream()
                    .filter(RunEvent.Iteration.class::isInstance)
                    .findFirst()
                    .orElseThrow()
                    .values()
                    .getOr(Values.GRADIENT_EVALUATIONS, -1);
            assertThat(first).isEqualTo(1);
            RunEvent.Verdict verdict = (RunEvent.Verdict) events.get(events.size() - 1);
            boolean solved = verdict.verdict() instanceof PointVerdict.GlobalMinimum;
            assertThat(solved || verdict.state() == RunState.LIMIT).isTrue();
            assertThat(verdict.values().getOr(Values.GRADIENT_EVALUATIONS, 0)).isBetween(1.0, 500.0);
        }
    }
}
