package io.escapement.experiment.study.ipgd;

import io.escapement.event.Values;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A run's curves as the reports need them. */
final class Trace {

    private final Outcome outcome;

    Trace(Outcome outcome) {
        this.outcome = outcome;
    }

    /** The last value of a curve; NaN of an empty one. */
    double last(String name) {
        List<Double> y = outcome.curve(name).y();
        return y.isEmpty() ? Double.NaN : y.get(y.size() - 1);
    }

    double largest(String name) {
        return outcome.curve(name).y().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }

    /** The curve under another name. */
    Curve named(String name, String as) {
        Curve curve = outcome.curve(name);
        return new Curve(as, curve.x(), curve.y());
    }

    /** The same without what a logarithmic axis cannot show. */
    Curve positive(String name, String as) {
        Curve curve = outcome.curve(name);
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i < curve.x().size(); i++) {
            if (curve.y().get(i) > 0 && Double.isFinite(curve.y().get(i))) {
                x.add(curve.x().get(i));
                y.add(curve.y().get(i));
            }
        }
        return new Curve(as, x, y);
    }

    /**
     * Growth of the residual against Σηr, both from the first look at which there is a residual: log(‖x⊥_T‖/‖x⊥_a‖) over
     * Σ_{a≤t&lt;T} η r(x_t). In the order of the run.
     */
    Curve growth() {
        List<Double> norms = outcome.curve(Values.RESIDUAL_NORM).y();
        List<Double> sums = outcome.curve(Values.CUMULATIVE_DEVIATION).y();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        int from = 0;
        while (from < norms.size() && !(norms.get(from) > 0)) {
            from++;
        }
        for (int i = from + 1; i < norms.size(); i++) {
            if (norms.get(i) > 0) {
                x.add(sums.get(i) - sums.get(from));
                y.add(Math.log(norms.get(i) / norms.get(from)));
            }
        }
        return new Curve("growth", x, y);
    }

    /** The last point of {@link #growth}, y over x; NaN where there is none. */
    double growthRatio() {
        Curve growth = growth();
        int last = growth.x().size() - 1;
        return last < 0 ? Double.NaN : growth.y().get(last) / growth.x().get(last);
    }
}
