package io.escapement.sensing.network;

import io.escapement.sensing.SparseForm;
import io.escapement.sensing.SparseForm.Term;
import io.escapement.sensing.SparseOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/**
 * Meters as quadratic forms in x = [Re v; Im v] = [e; f], 2N×1. For a current i = Σ c_j v_j, c_j = g_j + jb_j, that
 * enters at bus i,
 *
 * <pre>
 *   P = Re(v_i·conj(i)) = Σ g_j(e_i e_j + f_i f_j) + b_j(f_i e_j − e_i f_j)
 *   Q = Im(v_i·conj(i)) = Σ −b_j(e_i e_j + f_i f_j) + g_j(f_i e_j − e_i f_j)
 * </pre>
 *
 * and |v_i|² = e_i² + f_i². Order: that of {@link Meter}, then of buses or branches. Each form
 * A_k commutes with J: [e; f] ↦ [−f; e], so none changes under v ↦ e^{jθ}v.
 */
final class NetworkMeasurements {

    private final SparseOperator operator;
    private final double[] scales;
    private final double[] readings;

    private NetworkMeasurements(SparseOperator operator, double[] scales, double[] readings) {
        this.operator = operator;
        this.scales = scales;
        this.readings = readings;
    }

    /** @param unitRows whether each form is scaled to ‖A_k‖_F = 1 */
    static NetworkMeasurements of(PowerNetwork network, Set<Meter> meters, boolean unitRows) {
        List<SparseForm> forms = forms(network, meters);
        double[] scales = new double[forms.size()];
        double[] readings = new double[forms.size()];
        double[] x = network.state().data;
        for (int k = 0; k < scales.length; k++) {
            double norm = forms.get(k).norm();
            scales[k] = unitRows && norm > 0 ? 1 / norm : 1;
            forms.set(k, forms.get(k).scaled(scales[k]));
            readings[k] = forms.get(k).at(x);
        }
        return new NetworkMeasurements(SparseOperator.of(x.length, forms), scales, readings);
    }

    /** Rows s_k·A_k. */
    SparseOperator operator() {
        return operator;
    }

    /** s_k·xᵀA_kx at the network's state, with independent N(0, sigma²) errors of the meters in per unit, which s_k scales too. */
    double[] readings(double sigma, RandomGenerator random) {
        double[] noisy = readings.clone();
        for (int k = 0; sigma > 0 && k < noisy.length; k++) {
            noisy[k] += scales[k] * sigma * random.nextGaussian();
        }
        return noisy;
    }

    /** One end of a branch, or a bus. */
    private record Port(int bus, SortedMap<Integer, Complex> current) {}

    static List<SparseForm> forms(PowerNetwork network, Set<Meter> meters) {
        int n = network.buses().size();
        List<Port> injections = new ArrayList<>();
        for (SortedMap<Integer, Complex> row : network.admittance()) {
            injections.add(new Port(injections.size(), row));
        }
        List<Port> from = new ArrayList<>();
        List<Port> to = new ArrayList<>();
        for (Branch branch : network.branches()) {
            from.add(new Port(branch.from(), branch.currentFrom()));
            to.add(new Port(branch.to(), branch.currentTo()));
        }
        List<SparseForm> forms = new ArrayList<>();
        for (Meter meter : Meter.values()) {
            if (meters.contains(meter)) {
                switch (meter) {
                    case VOLTAGE -> {
                        for (int i = 0; i < n; i++) {
                            forms.add(SparseForm.of(List.of(new Term(i, i, 1), new Term(n + i, n + i, 1))));
                        }
                    }
                    case ACTIVE_INJECTION -> injections.forEach(port -> forms.add(active(n, port)));
                    case REACTIVE_INJECTION -> injections.forEach(port -> forms.add(reactive(n, port)));
                    case ACTIVE_FLOW_FROM -> from.forEach(port -> forms.add(active(n, port)));
                    case REACTIVE_FLOW_FROM -> from.forEach(port -> forms.add(reactive(n, port)));
                    case ACTIVE_FLOW_TO -> to.forEach(port -> forms.add(active(n, port)));
                    case REACTIVE_FLOW_TO -> to.forEach(port -> forms.add(reactive(n, port)));
                }
            }
        }
        return forms;
    }

    private static SparseForm active(int n, Port port) {
        List<Term> terms = new ArrayList<>();
        port.current().forEach((j, c) -> addTerms(n, port.bus(), j, c.re(), c.im(), terms));
        return SparseForm.of(terms);
    }

    private static SparseForm reactive(int n, Port port) {
        List<Term> terms = new ArrayList<>();
        port.current().forEach((j, c) -> addTerms(n, port.bus(), j, -c.im(), c.re(), terms));
        return SparseForm.of(terms);
    }

    /** p(e_i e_j + f_i f_j) + q(f_i e_j − e_i f_j). */
    private static void addTerms(int n, int i, int j, double p, double q, List<Term> terms) {
        terms.add(new Term(i, j, p));
        terms.add(new Term(n + i, n + j, p));
        terms.add(new Term(n + i, j, q));
        terms.add(new Term(i, n + j, -q));
    }
}
