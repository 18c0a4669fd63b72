package io.escapement.sensing.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;

/**
 * Buses, branches and a state, in per unit. S_i = v_i·conj((Yv)_i) is the power that bus i injects, Y the N×N bus admittance
 * matrix: the sum of the branches' 2×2 blocks and the shunts.
 *
 * @param name of the case
 * @param buses at least two
 * @param branches in service; they connect all buses
 */
public record PowerNetwork(String name, List<Bus> buses, List<Branch> branches) {

    /** @throws IllegalArgumentException if there are fewer than two buses, or not every bus is connected */
    public PowerNetwork {
        buses = List.copyOf(buses);
        branches = List.copyOf(branches);
        if (buses.size() < 2) {
            throw new IllegalArgumentException(
                    "the number of buses in service is " + buses.size() + "; at least 2 are needed");
        }
        int apart = unreached(buses.size(), branches);
        if (apart >= 0) {
            throw new IllegalArgumentException("bus " + buses.get(apart).number() + " is not connected to bus "
                    + buses.get(0).number()
                    + " by branches in service; one connected network is needed, for no meter sees the phase between"
                    + " two (type 4 takes a bus out)");
        }
    }

    /** A bus that no path leads to from bus 0, or −1. */
    private static int unreached(int count, List<Branch> branches) {
        List<List<Integer>> neighbours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            neighbours.add(new ArrayList<>());
        }
        for (Branch branch : branches) {
            neighbours.get(branch.from()).add(branch.to());
            neighbours.get(branch.to()).add(branch.from());
        }
        boolean[] reached = new boolean[count];
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        reached[0] = true;
        while (!open.isEmpty()) {
            for (int next : neighbours.get(open.pop())) {
                if (!reached[next]) {
                    reached[next] = true;
                    open.push(next);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            if (!reached[i]) {
                return i;
            }
        }
        return -1;
    }

    /** Rows of Y: the current that each bus injects, as coefficients of the bus voltages. */
    List<SortedMap<Integer, Complex>> admittance() {
        List<SortedMap<Integer, Complex>> rows = new ArrayList<>();
        for (int i = 0; i < buses.size(); i++) {
            SortedMap<Integer, Complex> row = new TreeMap<>();
            row.put(i, buses.get(i).shunt());
            rows.add(row);
        }
        for (Branch branch : branches) {
            branch.currentFrom().forEach((j, y) -> rows.get(branch.from()).merge(j, y, Complex::plus));
            branch.currentTo().forEach((j, y) -> rows.get(branch.to()).merge(j, y, Complex::plus));
        }
        return rows;
    }

    /** S = v_i·conj(Σ y_j v_j): power at bus i of a current, in the given state. */
    Complex power(int i, SortedMap<Integer, Complex> current) {
        Complex sum = Complex.ZERO;
        for (var entry : current.entrySet()) {
            sum = sum.plus(entry.getValue().times(buses.get(entry.getKey()).voltage()));
        }
        return buses.get(i).voltage().times(sum.conjugate());
    }

    /** Largest |P| or |Q| by which the given state misses the scheduled injections: about 0 for a solved power flow. */
    public double mismatch() {
        List<SortedMap<Integer, Complex>> rows = admittance();
        double most = 0;
        for (int i = 0; i < buses.size(); i++) {
            Complex off = power(i, rows.get(i)).plus(buses.get(i).scheduled().times(-1));
            most = Math.max(most, Math.max(Math.abs(off.re()), Math.abs(off.im())));
        }
        return most;
    }

    /** The same network in the state of 1 per unit and no angle at every bus, which case files give where none was computed. */
    public PowerNetwork flat() {
        return new PowerNetwork(
                name,
                buses.stream()
                        .map(bus -> new Bus(bus.number(), bus.shunt(), bus.scheduled(), new Complex(1, 0)))
                        .toList(),
                branches);
    }

    /** [Re v; Im v] of the given state, 2N×1. */
    public DMatrixRMaj state() {
        int n = buses.size();
        DMatrixRMaj x = new DMatrixRMaj(2 * n, 1);
        for (int i = 0; i < n; i++) {
            x.data[i] = buses.get(i).voltage().re();
            x.data[n + i] = buses.get(i).voltage().im();
        }
        return x;
    }
}
