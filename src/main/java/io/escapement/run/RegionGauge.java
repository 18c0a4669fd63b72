package io.escapement.run;

import io.escapement.event.Values;
import io.escapement.landscape.DeviationRate;
import io.escapement.landscape.ImplicitRegion;
import io.escapement.linalg.LanczosQuadrature;
import io.escapement.problem.CompositeProblem;
import io.escapement.solve.SolverState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * How a run keeps to an implicit region, as curves: {@code residualNorm} ‖x⊥‖, {@code deviationRate} r(x) ({@link DeviationRate}) and
 * {@code cumulativeDeviation} Σ η_t·r(x_t) since the last start, landing or return to a trap. With η in it the sum is the same
 * whatever multiple of a function is minimized; [IPGD] prints Σ r and multiplies by η where it compares.
 *
 * <p>Where only every k-th iteration is looked at, r is taken to be linear between two looks. A look costs an evaluation, a singular
 * value decomposition and as many Hessian products as the quadrature needs. Not thread-safe: one run, one gauge.
 */
public final class RegionGauge {

    private final CompositeProblem problem;
    private final ImplicitRegion region;
    private final int every;
    private final LanczosQuadrature quadrature;

    private SolverState last;
    private Map<String, Double> shown = Map.of();
    private boolean anew = true;
    private double rate;
    private double cumulative;
    private double steps;
    private int pending;

    /**
     * @param problem whose Hessian it is; its products should not be counted as the solver's
     * @param every how many iterations from one look to the next, at least 1
     */
    public RegionGauge(CompositeProblem problem, ImplicitRegion region, int every, LanczosQuadrature quadrature) {
        this.problem = Objects.requireNonNull(problem, "problem");
        this.region = Objects.requireNonNull(region, "region");
        this.quadrature = Objects.requireNonNull(quadrature, "quadrature");
        this.every = every;
        if (every < 1) {
            throw new IllegalArgumentException("every is " + every + "; at least 1 is needed");
        }
    }

    void begun() {
        last = null;
        anew = true;
    }

    /** The next state follows no step from the last one. */
    void jumped() {
        anew = true;
    }

    /** @param current whether the figures that were shown are those of the newest state */
    record Memory(
            boolean current,
            Map<String, Double> shown,
            boolean anew,
            double rate,
            double cumulative,
            double steps,
            int pending) {}

    Memory memory(SolverState state) {
        return new Memory(state != null && state == last, shown, anew, rate, cumulative, steps, pending);
    }

    void recall(Memory memory, SolverState state) {
        last = memory.current ? state : null;
        shown = memory.shown;
        anew = memory.anew;
        rate = memory.rate;
        cumulative = memory.cumulative;
        steps = memory.steps;
        pending = memory.pending;
    }

    /** The three figures, or nothing between two looks; the same again for the same state. */
    Map<String, Double> measure(SolverState state) {
        if (state == last) {
            return shown;
        }
        last = state;
        double eta = state.stepSize();
        boolean first = anew || Double.isNaN(eta);
        steps = first ? 0 : steps + eta;
        pending = first ? every : pending + 1;
        anew = false;
        shown = pending < every ? Map.of() : look(state.x(), first);
        return shown;
    }

    private Map<String, Double> look(DMatrixRMaj x, boolean first) {
        for (int e = 0; e < x.getNumElements(); e++) {
            if (!Double.isFinite(x.data[e])) {
                return Map.of();
            }
        }
        DeviationRate deviation = DeviationRate.at(problem, region, x, quadrature);
        double now = deviation.rate();
        cumulative = first ? 0 : cumulative + steps * (rate + (now - rate) * (every - 1) / (2.0 * every));
        rate = now;
        steps = 0;
        pending = 0;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.RESIDUAL_NORM, deviation.residualNorm());
        figures.put(Values.DEVIATION_RATE, now);
        figures.put(Values.CUMULATIVE_DEVIATION, cumulative);
        return figures;
    }
}
