package io.escapement.sensing.network;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line or transformer: a π-circuit behind an ideal transformer of ratio {@code tap} = τe^{jφ} at its "from" end (MATPOWER
 * User's Manual, section 3.2). With y = 1/(r + jx) and t = y + jb/2,
 *
 * <pre>
 *   i_from = t/τ²·v_from − y/conj(tap)·v_to        i_to = −y/tap·v_from + t·v_to
 * </pre>
 *
 * @param from index of a bus, from 0
 * @param to index of another bus
 * @param impedance r + jx, not 0
 * @param charging b, of the whole line
 * @param tap 1 for a line
 */
public record Branch(int from, int to, Complex impedance, double charging, Complex tap) {

    /** The current that enters at the "from" end, as coefficients of the bus voltages. */
    SortedMap<Integer, Complex> currentFrom() {
        return row(from, ended().times(1 / tap.squaredMagnitude()), to, series(tap.conjugate()));
    }

    /** The current that enters at the "to" end. */
    SortedMap<Integer, Complex> currentTo() {
        return row(to, ended(), from, series(tap));
    }

    /** t. */
    private Complex ended() {
        return impedance.inverse().plus(new Complex(0, charging / 2));
    }

    /** −y/c. */
    private Complex series(Complex c) {
        return impedance.times(c).inverse().times(-1);
    }

    private static SortedMap<Integer, Complex> row(int own, Complex ownValue, int other, Complex otherValue) {
        SortedMap<Integer, Complex> row = new TreeMap<>();
        row.put(own, ownValue);
        row.put(other, otherValue);
        return row;
    }
}
