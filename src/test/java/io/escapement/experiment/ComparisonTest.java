package io.escapement.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void printedDigitsAllowHalfAUnitOfTheLast() {
        assertThat(Comparison.of("h", 1.33192).printedAs("1.3319").met()).isTrue();
        assertThat(Comparison.of("h", 1.33196).printedAs("1.3319").met()).isFalse();
        assertThat(Comparison.of("w", 5.64e-7).printedAs("5.6e-7").met()).isTrue();
        assertThat(Comparison.of("w", 5.66e-7).printedAs("5.6e-7").met()).isFalse();
    }

    @Test
    void whatIsNotKnownIsNeitherMetNorMissed() {
        Comparison unknown = Comparison.of("rate", Estimate.unknown()).atLeast(1);
        assertThat(unknown.met()).isNull();
        assertThat(new Report(java.util.List.of(unknown), java.util.List.of(), java.util.List.of()).met())
                .isTrue();
    }

    @Test
    void boundsAndIntervals() {
        Comparison some = Comparison.of("rate", new Proportion(3, 64));
        assertThat(some.consistentWith(1 / 32.0).met()).isTrue();
        assertThat(some.consistentWith(0.5).met()).isFalse();
        assertThat(some.atLeast(1).met()).isFalse();
        assertThat(some.atMost(0.05).met()).isTrue();
    }
}
