package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.stop.Finite;
import io.escapement.stop.GradientReturn;
import io.escapement.stop.GradientTolerance;
import io.escapement.stop.IterationLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

@Timeout(60)
class RunTest {

    private static final int STEPS = 20_000;

    private final CountingSolver solver = new CountingSolver(10_000_000);

    private Run run(double start, double pace) {
        RunSettings settings = new RunSettings(
                new GradientTolerance(0).or(new Finite()),
                new GradientReturn(0).or(new Finite()),
                new GradientTolerance(0).or(new Finite()),
                new IterationLimit(10_000_000),
                0,
                10,
                1e-6,
                1,
                pace,
                Duration.ZERO);
        RunPlan<Object, CountingSolver.State> plan = new RunPlan<>(
                "no problem",
                solver,
                CountingSolver.at(start),
                (problem, x) -> new Judgement(new PointVerdict.GlobalMinimum(0, 0, 0, 1, "test"), Values.none()),
                Optional.empty(),
                new FigureObserver(null, null),
                settings);
        RunHeader header = new RunHeader(
                RunId.at(0), "test", "none", "counting", "none", 1, Instant.EPOCH, "", Map.of(), List.of(), 0, null);
        return new Run(header, new RunPipeline<>(plan));
    }

    private static RunEvent.Verdict end(Run run) throws Exception {
        return run.ended().get(50, TimeUnit.SECONDS);
    }

    @Test
    void allReadersThatSubscribeBeforeTheStartSeeTheSameEvents() throws Exception {
        Run run = run(STEPS, 0);
        List<RunEvent> first = Collections.synchronizedList(new ArrayList<>());
        List<RunEvent> second = Collections.synchronizedList(new ArrayList<>());
        run.events().subscribe(first::add);
        run.events().subscribe(second::add);
        run.start();
        run.start();
        end(run);
        await().until(() -> !second.isEmpty() && second.get(second.size() - 1) instanceof RunEvent.Verdict);
        assertThat(second).isEqualTo(first).hasSize(STEPS + 1 + 5);
        assertThat(solver.steps).as("one subscription of the pipeline").hasValue(STEPS);
    }

    @Test
    void aReaderThatThrowsIsEndedAlone() throws Exception {
        Run run = run(STEPS, 0);
        AtomicInteger others = new AtomicInteger();
        AtomicReference<Throwable> error = new AtomicReference<>();
        run.events()
                .subscribe(
                        event -> {
                            throw new IllegalStateException("a broken reader");
                        },
                        error::set);
        run.events().subscribe(event -> others.incrementAndGet());
        run.start();
        assertThat(end(run).state()).isEqualTo(RunState.CONVERGED);
        await().untilAtomic(others, org.hamcrest.Matchers.is(STEPS + 1 + 5));
        assertThat(error.get()).hasMessage("a broken reader");
    }

    @Test
    void aReaderThatNeverAsksIsEndedAndDoesNotHoldTheSolverUp() throws Exception {
        Run run = run(STEPS, 0);
        AtomicReference<Throwable> error = new AtomicReference<>();
        run.events().subscribe(new BaseSubscriber<RunEvent>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                request(3);
            }

            @Override
            protected void hookOnError(Throwable throwable) {
                error.set(throwable);
            }
        });
        run.start();
        assertThat(end(run).state()).isEqualTo(RunState.CONVERGED);
        await().untilAsserted(() -> assertThat(error.get()).isNotNull());
    }

    @Test
    void commandsReachALiveRunAndAreRefusedByAnEndedOne() throws Exception {
        Run run = run(9_000_000, 1000);
        List<RunEvent> seen = Collections.synchronizedList(new ArrayList<>());
        run.events().subscribe(seen::add);
        run.start();
        assertThat(run.command(Command.PAUSE, "tester")).isTrue();
        await().until(() -> seen.stream()
                .anyMatch(e -> e instanceof RunEvent.PhaseChange change
                        && change.phase() == io.escapement.event.Phase.PAUSED));
        assertThat(run.command(Command.STOP, "tester")).isTrue();
        assertThat(end(run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.command(Command.PAUSE, "tester")).isFalse();
    }

    @Test
    void disposingEndsTheSolver() {
        Run run = run(9_000_000, 0);
        run.start();
        await().until(() -> solver.steps.get() > 0);
        run.dispose();
        await().untilAsserted(() -> {
            int before = solver.steps.get();
            TimeUnit.MILLISECONDS.sleep(20);
            assertThat(solver.steps).hasValue(before);
        });
    }

    @Test
    void idsSortByTime() {
        assertThat(RunId.at(1_000)).hasSize(26).isLessThan(RunId.at(1_001));
        assertThat(RunId.at(5)).isNotEqualTo(RunId.at(5)).startsWith("0000000005");
    }

    @Test
    void aReaderSeesTheStreamComplete() {
        Run run = run(STEPS, 0);
        StepVerifier.create(run.events())
                .then(run::start)
                .expectNextCount(STEPS + 1 + 5)
                .verifyComplete();
    }
}
