package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.escape.Escape;
import io.escapement.escape.Escape.Heat;
import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.landscape.PointJudge;
import io.escapement.stop.Finite;
import io.escapement.stop.GradientReturn;
import io.escapement.stop.GradientTolerance;
import io.escapement.stop.IterationLimit;
import io.escapement.stop.TimeLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The pipeline with a counting solver: positions are losses, multiples of ten are at rest, zero is the optimum. */
@Timeout(60)
class RunPipelineTest {

    private final CountingSolver solver = new CountingSolver(10);

    private static final PointJudge<Object> JUDGE = (problem, x) -> new Judgement(
            x.data[0] == 0
                    ? new PointVerdict.GlobalMinimum(0, 0, 0, 1, "test")
                    : new PointVerdict.SpuriousMinimum(1, 0, -1, 0, x.data[0]),
            Values.of(Names.of(Values.LAMBDA_MIN), x.data[0] == 0 ? 0 : -1));

    /** Proposes landings at the given offsets from the trap. */
    private static Escape<Object> jumps(double... offsets) {
        return new Escape<>() {
            @Override
            public String name() {
                return "jumps";
            }

            @Override
            public Outcome from(Object problem, Trap trap) {
                Iterator<Candidate> candidates = Arrays.stream(offsets)
                        .mapToObj(offset -> candidate(trap.x().data[0] + offset))
                        .iterator();
                return new Moved(candidates);
            }
        };
    }

    private static Escape.Candidate candidate(double position) {
        return new Escape.Candidate("jumps", CountingSolver.at(position), position, Values.none(), "to " + position);
    }

    private static Escape<Object> refusing() {
        return new Escape<>() {
            @Override
            public String name() {
                return "never";
            }

            @Override
            public Outcome from(Object problem, Trap trap) {
                return new Refused("it never does");
            }
        };
    }

    private static RunSettings settings(int maxEscapes, int limit, int emitEvery) {
        return new RunSettings(
                new GradientTolerance(0).or(new Finite()),
                new GradientReturn(0).or(new Finite()),
                new GradientTolerance(0).or(new Finite()),
                new IterationLimit(limit),
                maxEscapes,
                1000,
                1e-6,
                emitEvery,
                0,
                Duration.ZERO);
    }

    private RunPlan<Object, CountingSolver.State> plan(double start, Escape<Object> escape, RunSettings settings) {
        return new RunPlan<>(
                "no problem",
                solver,
                CountingSolver.at(start),
                JUDGE,
                Optional.ofNullable(escape),
                new FigureObserver(null, null),
                settings);
    }

    private Flux<RunEvent> events(RunPlan<Object, CountingSolver.State> plan) {
        return new RunPipeline<>(plan).events(Schedulers.immediate());
    }

    private List<RunEvent> all(RunPlan<Object, CountingSolver.State> plan) {
        return events(plan).collectList().block(Duration.ofSeconds(50));
    }

    /** As {@link #JUDGE}, but 20 is a strict saddle and 40 too close to call. */
    private static final PointJudge<Object> DOUBTFUL = (problem, x) -> x.data[0] == 20
            ? new Judgement(new PointVerdict.StrictSaddle(-1, 0, -1, 20), Values.none())
            : x.data[0] == 40
                    ? new Judgement(new PointVerdict.Undecided("too close to call"), Values.none(), true)
                    : JUDGE.judge(problem, x);

    private RunPlan<Object, CountingSolver.State> doubtful(double start, Escape<Object> escape) {
        return new RunPlan<>(
                "no problem",
                solver,
                CountingSolver.at(start),
                DOUBTFUL,
                Optional.ofNullable(escape),
                new FigureObserver(null, null),
                settings(5, 1000, 1));
    }

    @Test
    void withoutAnEscapeTheDescentGoesOnFromAStrictSaddle() {
        assertThat(story(all(doubtful(20, null))))
                .startsWith("descend", "i0@20", "judge", "strict-saddle", "descend", "i1@19")
                .endsWith("i10@10", "judge", "spurious-minimum", "finish", "end:stalled");
    }

    @Test
    void withAnEscapeAStrictSaddleIsEscapedFrom() {
        assertThat(story(all(doubtful(20, jumps(-20)))))
                .containsSubsequence("strict-saddle", "escape", "accepted", "i1@0", "global-minimum");
    }

    @Test
    void whatIsTooCloseToCallIsDescendedFromOnceMoreAndThenEscaped() {
        assertThat(story(all(doubtful(40, jumps(-10)))))
                .startsWith("descend", "i0@40", "judge", "undecided", "descend", "i1@39")
                .containsSubsequence("i10@30", "judge", "spurious-minimum", "escape", "accepted");
    }

    private static List<String> story(List<RunEvent> events) {
        return events.stream().map(RunPipelineTest::brief).toList();
    }

    private static String brief(RunEvent event) {
        if (event instanceof RunEvent.Iteration it) {
            return "i" + it.stamp().iteration() + "@" + (int) it.values().get(0);
        }
        if (event instanceof RunEvent.PhaseChange change) {
            return change.phase().label();
        }
        if (event instanceof RunEvent.Stationary stationary) {
            return stationary.verdict().label();
        }
        if (event instanceof RunEvent.Escape escape) {
            return escape.outcome().label();
        }
        if (event instanceof RunEvent.Verdict verdict) {
            return "end:" + verdict.state().label();
        }
        return event.kind();
    }

    private static <E extends RunEvent> List<E> only(List<RunEvent> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static RunEvent.Verdict last(List<RunEvent> events) {
        return (RunEvent.Verdict) events.get(events.size() - 1);
    }

    @Test
    void descendsJudgesAndFinishes() {
        assertThat(story(all(plan(2, null, settings(5, 100, 1)))))
                .containsExactly(
                        "descend", "i0@2", "i1@1", "i2@0", "judge", "global-minimum", "finish", "end:converged");
    }

    @Test
    void numbersEventsWithoutGapsAndIterationsNeverGoBack() {
        List<RunEvent> events = all(plan(32, jumps(5, -5), settings(9, 1000, 3)));
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).stamp().seq()).isEqualTo(i);
            if (i > 0) {
                assertThat(events.get(i).stamp().iteration())
                        .isGreaterThanOrEqualTo(events.get(i - 1).stamp().iteration());
                assertThat(events.get(i).stamp().segment())
                        .isGreaterThanOrEqualTo(events.get(i - 1).stamp().segment());
            }
        }
    }

    @Test
    void aCandidateBelowTheTrapIsAcceptedOnTheSpot() {
        assertThat(story(all(plan(11, jumps(-9), settings(5, 100, 1)))))
                .containsExactly(
                        "descend",
                        "i0@11",
                        "i1@10",
                        "judge",
                        "spurious-minimum",
                        "escape",
                        "accepted",
                        "descend",
                        "i2@1",
                        "i3@0",
                        "judge",
                        "global-minimum",
                        "finish",
                        "end:converged");
    }

    @Test
    void aHigherCandidateIsTriedAndAcceptedWhereItEndsLower() {
        // The landing at 25 has the trap's own loss, 30; what lies beyond it is lower.
        CountingSolver tunnel = new CountingSolver(10, x -> x == 25 ? 30 : x);
        RunPlan<Object, CountingSolver.State> plan = new RunPlan<>(
                "no problem",
                tunnel,
                CountingSolver.at(30),
                JUDGE,
                Optional.of(jumps(-5)),
                new FigureObserver(null, null),
                settings(1, 100, 1));
        assertThat(story(all(plan)))
                .containsExactly(
                        "descend",
                        "i0@30",
                        "judge",
                        "spurious-minimum",
                        "escape",
                        "proposed",
                        "trial",
                        "i1@30",
                        "i2@24",
                        "i3@23",
                        "i4@22",
                        "i5@21",
                        "i6@20",
                        "escape",
                        "accepted",
                        "judge",
                        "spurious-minimum",
                        "finish",
                        "end:stalled");
    }

    @Test
    void aTrialThatEndsNoLowerGoesBackToTheTrapAndTheNextCandidateIsTried() {
        List<RunEvent> events = all(plan(10, jumps(2, 1, -10), settings(5, 100, 1)));
        assertThat(story(events))
                .containsExactly(
                        "descend",
                        "i0@10",
                        "judge",
                        "spurious-minimum",
                        "escape",
                        "proposed",
                        "trial",
                        "i1@12",
                        "i2@11",
                        "i3@10",
                        "escape",
                        "rejected",
                        "proposed",
                        "trial",
                        "i4@11",
                        "i5@10",
                        "escape",
                        "rejected",
                        "accepted",
                        "descend",
                        "i6@0",
                        "judge",
                        "global-minimum",
                        "finish",
                        "end:converged");
        assertThat(only(events, RunEvent.Escape.class))
                .allSatisfy(e -> assertThat(e.values().getOr("lossBefore", -1)).isEqualTo(10));
    }

    @Test
    void whenAllCandidatesFailTheRunEndsAtTheTrapAndSaysSo() {
        List<RunEvent> events = all(plan(10, jumps(2, 1), settings(5, 100, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.STALLED);
        assertThat(last(events).verdict().label()).isEqualTo("spurious-minimum");
        assertThat(last(events).values().getOr(Values.LOSS, -1)).isEqualTo(10);
        assertThat(only(events, RunEvent.Message.class))
                .singleElement()
                .satisfies(m -> assertThat(m.text()).contains("None of the 2 candidates"));
    }

    @Test
    void aRefusalEndsTheRunWithItsReason() {
        List<RunEvent> events = all(plan(10, refusing(), settings(5, 100, 1)));
        assertThat(only(events, RunEvent.Escape.class)).singleElement().satisfies(e -> {
            assertThat(e.outcome()).isEqualTo(RunEvent.EscapeOutcome.REFUSED);
            assertThat(e.detail()).isEqualTo("it never does");
        });
        assertThat(last(events).state()).isEqualTo(RunState.STALLED);
    }

    @Test
    void aChainGoesToTheSecondMechanismWhereTheFirstRefuses() {
        List<RunEvent> events = all(plan(10, refusing().orElse(jumps(-10)), settings(5, 100, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.CONVERGED);
    }

    @Test
    void aChainGoesToTheSecondMechanismWhereTheFirstFails() {
        List<RunEvent> events = all(plan(10, jumps(3).orElse(jumps(-10)), settings(5, 100, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.CONVERGED);
    }

    @Test
    void escapesAreLimited() {
        List<RunEvent> events = all(plan(30, jumps(-10), settings(2, 100, 1)));
        assertThat(last(events).values().getOr(Values.LOSS, -1)).isEqualTo(10);
        assertThat(last(events).state()).isEqualTo(RunState.STALLED);
    }

    @Test
    void theLimitEndsTheRunAndThePointIsStillJudged() {
        List<RunEvent> events = all(plan(9, null, settings(5, 4, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.LIMIT);
        assertThat(last(events).reason()).isEqualTo(new StopReason.IterationLimit(4));
        assertThat(last(events).values().has(Values.LAMBDA_MIN)).isTrue();
    }

    @Test
    void aTimeLimitLeavesNoTimeForAJudgement() {
        RunSettings brief = new RunSettings(
                new GradientTolerance(0),
                new GradientReturn(0),
                new GradientTolerance(0),
                new TimeLimit(Duration.ofNanos(1)),
                0,
                10,
                1e-6,
                1,
                0,
                Duration.ZERO);
        assertThat(story(all(plan(15, null, brief)))).containsExactly("descend", "i0@15", "finish", "end:limit");
    }

    @Test
    void aLimitDuringATrialEndsTheRunAtTheTrap() {
        List<RunEvent> events = all(plan(10, jumps(8), settings(5, 4, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.LIMIT);
        assertThat(last(events).values().getOr(Values.LOSS, -1)).isEqualTo(10);
    }

    @Test
    void aNanStartDivergesWithoutAnException() {
        List<RunEvent> events = all(plan(Double.NaN, jumps(1), settings(5, 4, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.DIVERGED);
    }

    @Test
    void anExceptionInAStepIsAVerdictEveryReaderHears() {
        List<RunEvent> events = all(plan(668.5, null, settings(5, 100, 1)));
        assertThat(last(events).state()).isEqualTo(RunState.FAILED);
        assertThat(last(events).reason().sentence()).contains("IllegalStateException", "the number of the beast");
    }

    @Test
    void anErrorOfTheVirtualMachineIsAVerdictToo() {
        PointJudge<Object> judge = (problem, x) -> {
            throw new OutOfMemoryError("no room for an eigenvector");
        };
        RunPlan<Object, CountingSolver.State> plan = new RunPlan<>(
                "no problem",
                solver,
                CountingSolver.at(10),
                judge,
                Optional.empty(),
                new FigureObserver(null, null),
                settings(5, 100, 1));
        List<RunEvent> events = all(plan);
        assertThat(last(events).state()).isEqualTo(RunState.FAILED);
        assertThat(last(events).reason().sentence()).contains("OutOfMemoryError", "no room for an eigenvector");
    }

    @Test
    void aLimitThatComesWithTheEndOfAFailedTrialIsTheReasonGiven() {
        // The trial from 12 rests at 10 again on the very iteration of the limit.
        List<RunEvent> events = all(plan(10, jumps(2), settings(5, 3, 1)));
        assertThat(last(events).reason()).isEqualTo(new StopReason.IterationLimit(3));
        assertThat(last(events).state()).isEqualTo(RunState.LIMIT);
    }

    @Test
    void everyEmissionCanBeThinnedButNotWhatStopsTheRun() {
        assertThat(story(all(plan(7, null, settings(5, 100, 3)))))
                .startsWith("descend", "i0@7", "i3@4", "i6@1", "i7@0", "judge");
    }

    @Test
    void worksOnDemandAndNotAhead() {
        StepVerifier.create(events(plan(100_009, null, settings(5, 1_000_000, 1))), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(solver.steps).hasValue(0))
                .thenRequest(4)
                .expectNextCount(4)
                .then(() -> assertThat(solver.steps).hasValue(3))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(solver.steps).hasValue(4))
                .thenCancel()
                .verify();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"DESCEND", "JUDGE", "ESCAPE", "TRIAL", "FINISH"})
    void canBeCancelledInEveryPhase(Phase phase) {
        List<RunEvent> seen = new ArrayList<>();
        RunPlan<Object, CountingSolver.State> plan = plan(12, jumps(3, -10), settings(5, 100, 1));
        int[] stepsAtCancel = new int[1];
        events(plan)
                .doOnNext(event -> {
                    seen.add(event);
                    stepsAtCancel[0] = solver.steps.get();
                })
                .takeUntil(e -> e instanceof RunEvent.PhaseChange change && change.phase() == phase)
                .blockLast();
        assertThat(((RunEvent.PhaseChange) seen.get(seen.size() - 1)).phase()).isEqualTo(phase);
        assertThat(solver.steps).as("no step after the cancellation").hasValue(stepsAtCancel[0]);
    }

    @Test
    void tenThousandSegmentsDoNotOverflowTheStack() {
        List<RunEvent> events = all(plan(100_000, jumps(-10), settings(20_000, 1_000_000, 1)));
        assertThat(only(events, RunEvent.Escape.class)).hasSize(10_000);
        assertThat(last(events).stamp().segment()).isEqualTo(10_000);
        assertThat(last(events).state()).isEqualTo(RunState.CONVERGED);
    }

    @Test
    void eachSubscriptionIsARunOfItsOwn() {
        RunPipeline<Object, CountingSolver.State> pipeline =
                new RunPipeline<>(plan(11, jumps(-9), settings(5, 100, 1)));
        List<String> first =
                story(pipeline.events(Schedulers.immediate()).collectList().block());
        List<String> second =
                story(pipeline.events(Schedulers.immediate()).collectList().block());
        assertThat(second).isEqualTo(first);
    }

    @Test
    void pauseHoldsNoStepUntilResumed() {
        commanded(plan(50_009, null, settings(5, 1_000_000, 1)), (inbox, events) -> {
            inbox.offer(new CommandInbox.Request(Command.PAUSE, "tester"));
            List<RunEvent> before = new ArrayList<>();
            events.subscribe(before::add);
            assertThat(story(before)).containsExactly("paused");
            assertThat(solver.steps).hasValue(0);
            inbox.offer(new CommandInbox.Request(Command.RESUME, "tester"));
            assertThat(story(before)).startsWith("paused", "descend").endsWith("end:stalled");
        });
    }

    @Test
    void stopEndsAPausedRun() {
        commanded(plan(9, null, settings(5, 1_000, 1)), (inbox, events) -> {
            inbox.offer(new CommandInbox.Request(Command.PAUSE, "tester"));
            List<RunEvent> seen = new ArrayList<>();
            events.subscribe(seen::add);
            inbox.offer(new CommandInbox.Request(Command.STOP, "somebody"));
            assertThat(last(seen).state()).isEqualTo(RunState.CANCELLED);
            assertThat(last(seen).reason().sentence()).contains("somebody");
        });
    }

    @Test
    void anEscapeCanBeAskedForAnywhere() {
        commanded(plan(29, jumps(-20), settings(5, 1_000, 1)), (inbox, events) -> {
            List<RunEvent> seen = new ArrayList<>();
            events.doOnNext(e -> {
                        if (e.stamp().iteration() == 4 && e instanceof RunEvent.Iteration) {
                            inbox.offer(new CommandInbox.Request(Command.ESCAPE, "tester"));
                        }
                    })
                    .subscribe(seen::add);
            assertThat(story(seen))
                    .containsSubsequence("i4@25", "judge", "spurious-minimum", "escape", "accepted", "descend", "i5@5")
                    .endsWith("end:converged");
        });
    }

    @Test
    void aFailedEscapeOnRequestGoesOnDescending() {
        commanded(plan(29, refusing(), settings(5, 1_000, 1)), (inbox, events) -> {
            List<RunEvent> seen = new ArrayList<>();
            events.doOnNext(e -> {
                        if (e.stamp().iteration() == 4 && e instanceof RunEvent.Iteration) {
                            inbox.offer(new CommandInbox.Request(Command.ESCAPE, "tester"));
                        }
                    })
                    .subscribe(seen::add);
            assertThat(story(seen)).containsSubsequence("i4@25", "judge", "refused", "descend", "i5@24", "i9@20");
        });
    }

    @Test
    void stopDuringATrialReturnsToTheTrap() {
        commanded(plan(10, jumps(8), settings(5, 1_000, 1)), (inbox, events) -> {
            List<RunEvent> seen = new ArrayList<>();
            events.doOnNext(e -> {
                        if (e instanceof RunEvent.PhaseChange change && change.phase() == Phase.TRIAL) {
                            inbox.offer(new CommandInbox.Request(Command.STOP, "tester"));
                        }
                    })
                    .subscribe(seen::add);
            assertThat(last(seen).values().getOr(Values.LOSS, -1)).isEqualTo(10);
            assertThat(last(seen).state()).isEqualTo(RunState.CANCELLED);
            assertThat(story(seen)).endsWith("trial", "rejected", "finish", "end:cancelled");
        });
    }

    private interface Commanding {
        void with(CommandInbox inbox, Flux<RunEvent> events);
    }

    private void commanded(RunPlan<Object, CountingSolver.State> plan, Commanding test) {
        CommandInbox inbox = new CommandInbox();
        test.with(inbox, new RunPipeline<>(plan).events(inbox, Schedulers.immediate()));
    }

    @Test
    void paceWaitsBetweenEmissions() {
        RunSettings slow = new RunSettings(
                new GradientTolerance(0),
                new GradientReturn(0),
                new GradientTolerance(0),
                new IterationLimit(100),
                0,
                10,
                1e-6,
                1,
                1000,
                Duration.ofMillis(5));
        List<RunEvent> events = new RunPipeline<>(plan(15, null, slow))
                .events(Schedulers.single())
                .collectList()
                .block(Duration.ofSeconds(50));
        // Six emissions are five intervals of a millisecond, less the last bit of waiting that is not worth a timer.
        assertThat(last(events).state()).isEqualTo(RunState.STALLED);
        assertThat(last(events).stamp().elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(4));
    }

    @Test
    void commandsAreHeardDuringTheWaitOfASlowPace() {
        RunSettings slow = new RunSettings(
                new GradientTolerance(0),
                new GradientReturn(0),
                new GradientTolerance(0),
                new IterationLimit(100),
                0,
                10,
                1e-6,
                1,
                0.01,
                Duration.ofMinutes(10));
        CommandInbox inbox = new CommandInbox();
        List<RunEvent> seen = new RunPipeline<>(plan(15, null, slow))
                .events(inbox, Schedulers.single())
                .doOnNext(event -> {
                    if (event instanceof RunEvent.Iteration) {
                        // Heard and of no effect, then one that has.
                        inbox.offer(new CommandInbox.Request(Command.RESUME, "tester"));
                        inbox.offer(new CommandInbox.Request(Command.STOP, "tester"));
                    }
                })
                .collectList()
                .block(Duration.ofSeconds(50));
        assertThat(story(seen)).containsExactly("descend", "i0@15", "finish", "end:cancelled");
    }

    /** A judge that is stopped in the middle of its work. */
    @Test
    void aStopIsObeyedInTheMiddleOfAJudgement() {
        CommandInbox inbox = new CommandInbox();
        PointJudge<Object> slow = new PointJudge<>() {
            @Override
            public Judgement judge(Object problem, org.ejml.data.DMatrixRMaj x) {
                throw new AssertionError("the run's judge is asked with a way to stop it");
            }

            @Override
            public Judgement judge(
                    Object problem, org.ejml.data.DMatrixRMaj x, java.util.function.BooleanSupplier stop) {
                assertThat(stop.getAsBoolean()).isFalse();
                inbox.offer(new CommandInbox.Request(Command.PAUSE, "tester"));
                assertThat(stop.getAsBoolean())
                        .as("a pause waits for the judgement")
                        .isFalse();
                inbox.poll();
                inbox.offer(new CommandInbox.Request(Command.STOP, "tester"));
                assertThat(stop.getAsBoolean()).isTrue();
                throw new java.util.concurrent.CancellationException("between two products");
            }
        };
        RunPlan<Object, CountingSolver.State> plan = new RunPlan<>(
                "no problem",
                solver,
                CountingSolver.at(15),
                slow,
                Optional.of(jumps(1)),
                new FigureObserver(null, null),
                settings(5, 1000, 1));
        List<RunEvent> events = new RunPipeline<>(plan)
                .events(inbox, Schedulers.immediate())
                .collectList()
                .block(Duration.ofSeconds(50));
        assertThat(story(events)).endsWith("judge", "finish", "end:cancelled");
    }

    /** A candidate with patience: the gradient is zero on it, as on a saddle, and only a lower loss counts. */
    @Test
    void aTrialWithPatienceRestsNoSoonerThanItHasLeft() {
        Escape<Object> patient = new Escape<>() {
            @Override
            public String name() {
                return "patient";
            }

            @Override
            public Outcome from(Object problem, Trap trap) {
                double far = trap.attempt() == 0 ? 20 : 40;
                return new Moved(List.of(candidate(trap.x().data[0] + far).with(new Patience(25, 5)))
                        .iterator());
            }
        };
        // From 10: at 30 and at 20 it would rest, but it has to be below 5 within 25 iterations, and is at 5.
        assertThat(story(all(plan(10, patient, settings(1, 1000, 1)))))
                .contains("i26@5")
                .doesNotContain("i27@4")
                .anyMatch(line -> line.contains("rejected"));
    }

    /** Landings that race: heats of two iterations, doubled. */
    private static Escape<Object> racing(double... positions) {
        return new Escape<>() {
            @Override
            public String name() {
                return "racing";
            }

            @Override
            public Outcome from(Object problem, Trap trap) {
                return new Moved(Arrays.stream(positions)
                        .mapToObj(position -> new Candidate(
                                name(),
                                CountingSolver.at(position),
                                position,
                                Values.none(),
                                "to " + position,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new Heat(2, 0))))
                        .iterator());
            }
        };
    }

    /** From a trap at 30 with another loss than that. */
    private RunPlan<Object, CountingSolver.State> race(double trap, int limit, double... positions) {
        return new RunPlan<>(
                "no problem",
                new CountingSolver(10, x -> x == 30 ? trap : x),
                CountingSolver.at(30),
                JUDGE,
                Optional.of(racing(positions)),
                new FigureObserver(null, null),
                settings(5, limit, 1));
    }

    private static List<String> iterations(List<RunEvent> events) {
        return story(events).stream().filter(line -> line.matches("i\\d+@.*")).toList();
    }

    @Test
    void candidatesThatRaceGoOnWhereTheyAreAheadAndKeepTheirState() {
        List<RunEvent> events = all(race(1, 1000, 28, 9, 27));
        assertThat(iterations(events))
                .startsWith("i0@1", "i1@28", "i2@27", "i3@26", "i4@9", "i5@8", "i6@7") // two first heats of two steps
                .containsSubsequence("i6@7", "i7@6", "i8@5", "i9@27") // the better one's second, then another candidate
                .containsSubsequence("i11@25", "i12@4", "i13@3", "i14@2", "i15@1", "i16@0"); // nobody else comes
        assertThat(story(events)).containsSubsequence("proposed", "accepted", "judge", "global-minimum");
        assertThat(only(events, RunEvent.Escape.class).stream()
                        .filter(e -> e.outcome() == RunEvent.EscapeOutcome.ACCEPTED))
                .hasSize(1);
    }

    /** The second waits at 5, below the trap, while the third runs its first heat. */
    @Test
    void whereTheLimitComesInARaceTheLowestThatWaitsIsWhatTheRunEndsWith() {
        List<RunEvent> events = all(race(6.5, 10, 28, 9, 27));
        assertThat(iterations(events)).endsWith("i9@27", "i10@26");
        assertThat(last(events).values().getOr(Values.LOSS, -1)).isEqualTo(5);
        assertThat(last(events).reason()).isEqualTo(new StopReason.IterationLimit(10));
        assertThat(last(all(race(4.5, 10, 28, 9, 27))).values().getOr(Values.LOSS, -1))
                .as("where nobody is below the trap")
                .isEqualTo(4.5);
    }
}
