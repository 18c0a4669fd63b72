package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class Ieee14Test {

    private final PowerNetwork network = Ieee14.network();

    /** The published voltages, rounded to 0.001 and 0.01°, give the published injections as nearly as they can. */
    @Test
    void voltagesAndInjectionsAreOneSolution() {
        Complex[] s = DirectPowers.injections(network, DirectPowers.voltages(network));
        for (int i = 0; i < s.length; i++) {
            Complex published = network.buses().get(i).scheduled();
            assertThat(s[i].re()).as("P at bus %d", i + 1).isCloseTo(published.re(), within(0.005));
            assertThat(s[i].im()).as("Q at bus %d", i + 1).isCloseTo(published.im(), within(0.045));
        }
        assertThat(network.mismatch()).isBetween(0.01, 0.045);
    }

    @Test
    void totalsAreThePublishedOnes() {
        assertThat(network.buses()).hasSize(14);
        assertThat(network.branches()).hasSize(20);
        assertThat(network.branches().stream().filter(b -> b.tap().re() != 1)).hasSize(3);
        double load = 0;
        double reactive = 0;
        for (Bus bus : network.buses()) {
            load -= bus.scheduled().re();
            reactive -= bus.scheduled().im();
        }
        // 259 MW and 73.5 MVAr of load; 272.4 MW and 78.5 MVAr of generation.
        assertThat(load).isCloseTo(2.590 - 2.724, within(1e-12));
        assertThat(reactive).isCloseTo(0.735 - 0.785, within(1e-12));
        // Slack 232.4 MW, losses 13.4 MW.
        Complex[] s = DirectPowers.injections(network, DirectPowers.voltages(network));
        assertThat(s[0].re()).isCloseTo(2.324, within(0.001));
        double losses = 0;
        for (Complex each : s) {
            losses += each.re();
        }
        assertThat(losses).isCloseTo(0.134, within(0.0005));
    }
}
