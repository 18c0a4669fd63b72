package io.escapement.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.Names;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A watch that recalls another one's memory answers what that one would have answered. */
class WatchMemoryTest {

    private static final Names NAMES = Names.of(Values.LOSS, Values.GRADIENT_NORM);
    private static final long SEED = 11;

    static Stream<StoppingCriterion> criteria() {
        return Stream.of(
                new Stall(1e-2, 10),
                new Plateau(1e-2, 10, 1e-3, 0.5),
                new Oscillation(0.5, 6),
                new Growth(1.5, 5),
                new Hopeless(-1, 8, 1.5),
                new GradientReturn(0.4),
                new GradientTolerance(0.3).repeated(3),
                new IterationLimit(70),
                new Departure(0.4, 0.1, 30, new Stall(1e-2, 5)),
                new Stall(1e-2, 10).or(new GradientReturn(0.4)),
                new Stall(0.5, 20).and(new GradientTolerance(0.8)),
                new Finite(),
                new TimeLimit(Duration.ofSeconds(90)));
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void answersAsTheOtherWould(StoppingCriterion criterion) {
        List<RunEvent.Iteration> events = new ArrayList<>();
        Random random = new Random(SEED);
        for (int i = 0; i < 120; i++) {
            double loss = 1 / (1 + 0.05 * i) + (i / 15 % 2 == 0 ? 0.3 * random.nextDouble() : 0.3 * (i % 2));
            events.add(new RunEvent.Iteration(
                    new Stamp(1, i, i, 0, Instant.EPOCH, Duration.ofSeconds(i)),
                    Values.of(NAMES, loss, random.nextDouble()),
                    null));
        }
        int answers = 0;
        for (int cut = 1; cut < events.size(); cut += 7) {
            StoppingCriterion.Watch watch = criterion.begin();
            events.subList(0, cut).forEach(watch::check);
            StoppingCriterion.Watch other = criterion.begin();
            Object memory = watch.memory();
            other.recall(memory);
            for (RunEvent.Iteration event : events.subList(cut, events.size())) {
                Optional<StopReason> expected = watch.check(event);
                assertThat(other.check(event))
                        .as(
                                "%s at %d, cut at %d, seed %d",
                                criterion.describe(), event.stamp().iteration(), cut, SEED)
                        .isEqualTo(expected);
                answers += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(criterion instanceof Finite || answers > 0)
                .as("%s answers at all", criterion.describe())
                .isTrue();
    }

    @Test
    void refusesTheMemoryOfAnotherCriterion() {
        Object memory = new Stall(1e-2, 10).begin().memory();
        assertThatThrownBy(() -> new IterationLimit(3).begin().recall(memory)).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> new Stall(1e-2, 11).begin().recall(memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a window of 10 iterations; one of 11");
    }
}
