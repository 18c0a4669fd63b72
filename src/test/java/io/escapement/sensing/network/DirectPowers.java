package io.escapement.sensing.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Powers written out from the circuit, not from admittance matrices: the ideal transformer steps the voltage down by the tap and
 * the current up by its conjugate, the line's current is (v − v')/z, and half of the charging sits at each end.
 */
final class DirectPowers {

    private DirectPowers() {}

    /** Currents into a branch at its two ends. */
    private static Complex[] currents(Branch branch, Complex vFrom, Complex vTo) {
        Complex behind = vFrom.times(branch.tap().inverse());
        Complex through = behind.plus(vTo.times(-1)).times(branch.impedance().inverse());
        Complex half = new Complex(0, branch.charging() / 2);
        Complex into = through.plus(half.times(behind));
        return new Complex[] {
            into.times(branch.tap().conjugate().inverse()), half.times(vTo).plus(through.times(-1))
        };
    }

    /** S at the "from" end, then at the "to" end, of every branch. */
    static List<Complex> flows(PowerNetwork network, Complex[] v) {
        List<Complex> flows = new ArrayList<>();
        for (Branch branch : network.branches()) {
            Complex[] i = currents(branch, v[branch.from()], v[branch.to()]);
            flows.add(v[branch.from()].times(i[0].conjugate()));
            flows.add(v[branch.to()].times(i[1].conjugate()));
        }
        return flows;
    }

    /** S of every bus: what flows into its branches and its shunt. */
    static Complex[] injections(PowerNetwork network, Complex[] v) {
        Complex[] s = new Complex[v.length];
        for (int i = 0; i < v.length; i++) {
            s[i] = v[i].times(network.buses().get(i).shunt().times(v[i]).conjugate());
        }
        List<Complex> flows = flows(network, v);
        for (int b = 0; b < network.branches().size(); b++) {
            Branch branch = network.branches().get(b);
            s[branch.from()] = s[branch.from()].plus(flows.get(2 * b));
            s[branch.to()] = s[branch.to()].plus(flows.get(2 * b + 1));
        }
        return s;
    }

    static Complex[] voltages(PowerNetwork network) {
        return network.buses().stream().map(Bus::voltage).toArray(Complex[]::new);
    }
}
