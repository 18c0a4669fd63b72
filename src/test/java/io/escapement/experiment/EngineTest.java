package io.escapement.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.escapement.run.Command;
import io.escapement.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static final Scope SCOPE = new Scope(8, 1, false);
    private static final Engine.Onlooker NOBODY = new Engine.Onlooker() {};

    private final MemoryLedger ledger = new MemoryLedger();

    private Engine engine(int jobs) {
        return new Engine(ledger, Engine.Runs.unseen(), jobs);
    }

    /** Everything but the clock. */
    private static SortedMap<String, List<Object>> figures(Engine.Collected collected) {
        SortedMap<String, List<Object>> all = new TreeMap<>();
        for (Results.Sample sample : collected.results().samples()) {
            sample.outcomes()
                    .forEach((seed, outcome) -> all.put(
                            sample.cell().key() + ", seed " + seed,
                            List.of(outcome.state(), outcome.verdict(), outcome.figures(), outcome.curves())));
        }
        return all;
    }

    @Test
    void figuresDoNotDependOnHowManyRunAtOnce() {
        Engine.Collected one = engine(1).perform(new Toy(), SCOPE, NOBODY);
        ledger.outcomes.clear();
        Engine.Collected five = engine(5).perform(new Toy(), SCOPE, NOBODY);
        assertThat(one.complete()).isTrue();
        assertThat(figures(one)).hasSize(16).isEqualTo(figures(five));
    }

    @Test
    void anInterruptedExperimentGoesOnWithTheSameFigures() {
        AtomicInteger begun = new AtomicInteger();
        Engine.Onlooker impatient = new Engine.Onlooker() {
            @Override
            public void began(Run run) {
                begun.incrementAndGet();
            }

            @Override
            public boolean stopped() {
                return begun.get() >= 5;
            }
        };
        Engine.Collected part = engine(1).perform(new Toy(), SCOPE, impatient);
        assertThat(part.complete()).isFalse();
        assertThat(part.cut()).isEqualTo(11);
        assertThat(ledger.outcomes).hasSize(5);

        begun.set(-100);
        Engine.Collected rest = engine(2).perform(new Toy(), SCOPE, impatient);
        assertThat(begun.get()).as("only what is missing is begun").isEqualTo(-100 + 11);
        assertThat(rest.complete()).isTrue();
        ledger.outcomes.clear();
        assertThat(figures(rest)).isEqualTo(figures(engine(2).perform(new Toy(), SCOPE, NOBODY)));
    }

    @Test
    void moreTrialsDoOnlyTheRest() {
        engine(2).perform(new Toy(), new Scope(3, 1, false), NOBODY);
        List<Progress> seen = Collections.synchronizedList(new ArrayList<>());
        Engine.Collected all = engine(2).perform(new Toy(), SCOPE, new Engine.Onlooker() {
            @Override
            public void progressed(Progress progress) {
                seen.add(progress);
            }
        });
        assertThat(all.results().one("n", "6").size()).isEqualTo(8);
        assertThat(seen.get(0).reused()).isEqualTo(6);
        assertThat(seen).hasSize(1 + 10);
        assertThat(seen.get(0).done()).isEqualTo(16);
    }

    @Test
    void otherSettingsAreOtherTrials() {
        engine(2).perform(new Toy(), SCOPE, NOBODY);
        engine(2).perform(new Toy(Map.of("success-distance", "0.1")), SCOPE, NOBODY);
        assertThat(ledger.outcomes).hasSize(32);
    }

    @Test
    void aStoppedTrialIsNoResult() {
        Engine.Collected collected = engine(1).perform(new Toy(), new Scope(1, 1, false), new Engine.Onlooker() {
            @Override
            public void began(Run run) {
                run.command(Command.STOP, "a test");
            }
        });
        assertThat(collected.cut()).isEqualTo(2);
        assertThat(collected.failed()).isZero();
        assertThat(ledger.outcomes).isEmpty();
    }

    @Test
    void theRecorderKnowsWhenTheTruthWasReached() {
        Engine.Collected collected = engine(2).perform(new Toy(), SCOPE, NOBODY);
        List<Outcome> successes = collected.results().samples().stream()
                .flatMap(sample -> sample.outcomes().values().stream())
                .filter(Outcome::success)
                .toList();
        assertThat(successes).isNotEmpty();
        for (Outcome outcome : successes) {
            assertThat(outcome.figure(Recorder.REACHED)).isBetween(0.0, outcome.figure(Recorder.ITERATIONS));
            Curve loss = outcome.curve("loss");
            assertThat(loss.x()).isSorted().hasSize(1 + (int) outcome.figure(Recorder.ITERATIONS));
            // The judge measures afresh where the descent had updated its residual.
            assertThat(loss.y().get(loss.y().size() - 1)).isCloseTo(outcome.figure("loss"), withinPercentage(0.01));
        }
    }

    @Test
    void trialsAreShownUnderTheNameOfTheirCell() {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        engine(1).perform(new Toy(), new Scope(1, 4, false), new Engine.Onlooker() {
            @Override
            public void began(Run run) {
                names.add(run.header().name() + " | " + run.header().command());
            }
        });
        assertThat(names)
                .containsExactly(
                        "toy: n = 3 | escapement experiment toy --trials 1 --seed 4",
                        "toy: n = 6 | escapement experiment toy --trials 1 --seed 4");
    }
}
