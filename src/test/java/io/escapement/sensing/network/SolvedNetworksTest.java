package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SolvedNetworksTest {

    private static double losses(PowerNetwork network) {
        double sum = 0;
        for (Complex power : DirectPowers.injections(network, DirectPowers.voltages(network))) {
            sum += power.re();
        }
        return sum;
    }

    private static double load(PowerNetwork network) {
        double sum = 0;
        for (Bus bus : network.buses()) {
            sum += bus.scheduled().re();
        }
        return sum;
    }

    /** 315 MW of load, and the losses of 4.64 MW and 71.64 MW at bus 1 that are known of this case. */
    @Test
    void chowsNineBusesSolveTheirPowerFlow() {
        PowerNetwork network = Chow9.network();
        assertThat(network.buses()).hasSize(9);
        assertThat(network.branches()).hasSize(9);
        assertThat(network.mismatch()).isLessThan(1e-6);
        assertThat(losses(network)).isCloseTo(0.0464, within(5e-5));
        assertThat(network.buses().get(0).scheduled().re()).isCloseTo(0.7164, within(5e-5));
        assertThat(load(network)).isCloseTo(losses(network), within(1e-6));
    }

    /** The losses of 2.44 MW and 25.97 MW at bus 1 that are known of this case. */
    @Test
    void alsacsAndStottsThirtyBusesSolveTheirPowerFlow() {
        PowerNetwork network = AlsacStott30.network();
        assertThat(network.buses()).hasSize(30);
        assertThat(network.branches()).hasSize(41);
        assertThat(network.mismatch()).isLessThan(1e-6);
        assertThat(losses(network)).isCloseTo(0.0244, within(5e-5));
        assertThat(network.buses().get(0).scheduled().re()).isCloseTo(0.2597, within(5e-5));
    }

    @Test
    void theFlatStateIsOneEverywhere() {
        PowerNetwork flat = Chow9.network().flat();
        assertThat(flat.buses())
                .hasSize(9)
                .allSatisfy(bus -> assertThat(bus.voltage()).isEqualTo(new Complex(1, 0)));
        assertThat(flat.mismatch()).isGreaterThan(0.1);
    }
}
