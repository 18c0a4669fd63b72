package io.escapement.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {

    /** 81 of 263 is Newcombe's example (1998): 0.2553 to 0.3662. */
    @Test
    void givesWilsonsInterval() {
        Proportion proportion = new Proportion(81, 263);
        assertThat(proportion.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(proportion.high()).isCloseTo(0.3662, within(5e-5));
        Proportion none = new Proportion(0, 20);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(5e-5));
        Proportion all = new Proportion(20, 20);
        assertThat(all.high()).isEqualTo(1);
        assertThat(all.low()).isCloseTo(1 - 0.1611, within(5e-5));
    }

    @Test
    void refusesWhatIsNoProportion() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> new Proportion(0, 0)).hasMessageContaining("0 of 0");
    }
}
