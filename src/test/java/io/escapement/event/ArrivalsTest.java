package io.escapement.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    private static Stamp stamp(int attempt, long seq) {
        return new Stamp(attempt, seq, seq, 0, Instant.EPOCH, Duration.ZERO);
    }

    private void take(int attempt, long seq) {
        arrivals.take(stamp(attempt, seq), true);
    }

    @Test
    void whatIsInAGapHasNotComeThoughLaterNumbersHave() {
        take(1, 0);
        take(1, 5);
        assertThat(arrivals.has(1, 0)).isTrue();
        assertThat(arrivals.has(1, 4)).isFalse();
        assertThat(arrivals.has(1, 5)).isTrue();
        assertThat(arrivals.has(1, 6)).isFalse();
        assertThat(arrivals.missing()).isEqualTo(4);
        assertThat(arrivals.next()).isEqualTo(6);
    }

    @Test
    void aRemarkUnderTheNumberOfAnEventIsNoEventOfItsOwn() {
        take(1, 3);
        Arrivals.State before = arrivals.state();
        take(1, 3);
        take(1, 1);
        assertThat(arrivals.state()).isEqualTo(before);
    }

    @Test
    void anAttemptCountsAnewAndThoseBeforeAreRemembered() {
        take(1, 0);
        take(1, 2);
        arrivals.take(stamp(3, 1), false);
        assertThat(arrivals.placed()).as("only attempt 1 has said where it is").isFalse();
        assertThat(arrivals.has(1, 2)).isTrue();
        assertThat(arrivals.has(1, 1)).isFalse();
        assertThat(arrivals.has(2, 0)).isFalse();
        assertThat(arrivals.missing()).as("1 of attempt 1 and 0 of attempt 3").isEqualTo(2);
        take(2, 7);
        assertThat(arrivals.attempt()).as("an older attempt changes nothing").isEqualTo(3);
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int seq = 0; seq < 5000; seq += 2) {
            take(1, seq);
        }
        for (int attempt = 2; attempt < 50; attempt++) {
            take(attempt, 0);
        }
        Arrivals.State state = arrivals.state();
        assertThat(arrivals.missing()).isEqualTo(2499);
        assertThat(state.attempts()).hasSize(17).last().isEqualTo(new Arrivals.OfAttempt(49, 1, List.of()));
        assertThat(arrivals.has(1, 0)).as("forgotten with its attempt").isFalse();
    }

    @Test
    void anAcceptedEscapeBeginsAnotherStretch() {
        take(1, 0);
        arrivals.leave();
        assertThat(arrivals.segment()).isEqualTo(1);
        assertThat(new Arrivals(arrivals.state()).segment()).isEqualTo(1);
        take(1, 1);
        assertThat(arrivals.segment()).as("an event that says so").isZero();
    }

    @Test
    void anotherGoesOnWhereThisOneIs() {
        take(1, 2);
        take(2, 0);
        take(2, 9);
        Arrivals other = new Arrivals(arrivals.state());
        assertThat(other.state()).isEqualTo(arrivals.state());
        other.take(stamp(2, 10), true);
        assertThat(other.next()).isEqualTo(11);
        assertThat(other.has(1, 1)).isFalse();
        assertThat(other.has(1, 2)).isTrue();
        assertThat(arrivals.next()).as("of its own").isEqualTo(10);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Arrivals.Gap(4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 4 to 4");
        assertThatThrownBy(() -> new Arrivals.State(List.of(), 0, false, 0, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least the first");
    }
}
