package io.escapement.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void saysNothingBeforeTheFirstTrial() {
        Progress progress = new Progress(4, Map.of("a", 4), 1);
        assertThat(progress.left()).isEmpty();
        assertThat(progress.done()).isZero();
    }

    @Test
    void countsEachCellAtItsOwnPace() {
        Progress progress = new Progress(6, Map.of("quick", 3, "slow", 3), 1);
        progress.done("quick", 1);
        // The slow cell has no trial yet: the mean of all.
        assertThat(progress.left()).contains(Duration.ofSeconds(2 + 3));
        progress.done("slow", 10);
        assertThat(progress.left()).contains(Duration.ofSeconds(2 + 20));
    }

    @Test
    void sharesTheTimeAmongTheJobsThatHaveWork() {
        Progress four = new Progress(9, Map.of("a", 9), 4);
        four.done("a", 2);
        assertThat(four.left()).contains(Duration.ofSeconds(4));
        for (int i = 0; i < 7; i++) {
            four.done("a", 2);
        }
        // One trial is left: it cannot be shared.
        assertThat(four.left()).contains(Duration.ofSeconds(2));
        four.done("a", 2);
        assertThat(four.left()).contains(Duration.ZERO);
    }

    @Test
    void knowsTheTimesOfAnEarlierSession() {
        Progress progress = new Progress(5, Map.of("a", 3), 1);
        progress.known("a", 4);
        progress.known("a", 6);
        assertThat(progress.reused()).isEqualTo(2);
        assertThat(progress.done()).isEqualTo(2);
        assertThat(progress.left()).contains(Duration.ofSeconds(15));
    }

    @Test
    void nothingToDoTakesNoTime() {
        assertThat(new Progress(3, Map.of("a", 0), 2).left()).contains(Duration.ZERO);
    }
}
