package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V,P,Q,flows | V,P,Q,PF,QF,PT,QT",
                "flows,v | V,PF,QF,PT,QT",
                " q , P | P,Q",
                "pf,PF,V,qt | V,PF,QT",
                "QF | QF"
            })
    void aChoiceIsReadInAnyCaseAndOrder(String text, String normal) {
        assertThat(Meter.text(Meter.parse(text))).isEqualTo(normal);
        assertThat(Meter.parse(normal)).isEqualTo(Meter.parse(text));
    }

    @Test
    void namesWhatIsNoMeter() {
        assertThatThrownBy(() -> Meter.parse("V,current"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meters names \"current\"; V, P, Q, PF, QF, PT, QT or flows (the last four), separated by"
                        + " commas, are possible");
        assertThatThrownBy(() -> Meter.parse("")).hasMessageContaining("\"\"");
        assertThatThrownBy(() -> Meter.parse("V,,P")).hasMessageContaining("\"\"");
    }
}
