package io.escapement.experiment;

import io.escapement.event.Point3;
import io.escapement.event.RunEvent;
import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes down a run as an {@link Outcome}. Its figures:
 *
 * <ul>
 *   <li>{@code success}: 1 where the last point is within {@code successDistance} of the truth, otherwise 0
 *   <li>{@code iterations}, {@code escapes} (accepted ones), {@code loss}, {@code gradientNorm}, {@code distance}, {@code
 *       lambdaMin}, {@code hessianLambdaMin}, {@code optimalityGap}, {@code observedError}, {@code unobservedError}: at the end
 *   <li>{@code reached}: the iteration at which the distance first came within the success distance
 *   <li>{@code gradientEvaluations} where they are counted, and {@code gradientsReached} when it was
 *       {@code reached}
 *   <li>{@code stationary.…}: of the first point that was judged; {@code escape.…}: what the first accepted escape computed
 * </ul>
 *
 * Called on the run's thread; read after its last event.
 */
public final class Recorder {

    public static final String SUCCESS = "success";
    public static final String ITERATIONS = "iterations";
    public static final String ESCAPES = "escapes";
    public static final String REACHED = "reached";
    public static final String GRADIENTS_REACHED = "gradientsReached";

    /** Mean squared errors of seen entries and of the others, where the truth tells them apart. */
    public static final String OBSERVED_ERROR = "observedError";

    public static final String UNOBSERVED_ERROR = "unobservedError";

    /** Coordinates of the path, as curves. */
    public static final List<String> PATH = List.of("pathX", "pathY", "pathZ");

    /** A curve of more points is thinned to every other one. */
    private static final int MOST_POINTS = 2000;

    private final double successDistance;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final boolean path;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private int escapes;
    private double gradients = Double.NaN;
    private Supplier<List<Curve>> last = List::of;
    private Outcome outcome;

    /**
     * @param successDistance how near the truth counts as a success
     * @param curves names of the figures to be kept along the run
     * @param path whether the projected path is kept
     */
    public Recorder(double successDistance, List<String> curves, boolean path) {
        this.successDistance = successDistance;
        this.path = path;
        curves.forEach(name -> lines.put(name, new Line()));
        if (path) {
            PATH.forEach(name -> lines.put(name, new Line()));
        }
    }

    /** Adds curves of the last iterate, asked for at the run's last event. */
    Recorder withLast(Supplier<List<Curve>> curvesOfLast) {
        last = curvesOfLast;
        return this;
    }

    void accept(RunEvent event) {
        if (event instanceof RunEvent.Iteration iteration) {
            iteration(iteration);
        } else if (event instanceof RunEvent.Stationary stationary && !has("stationary.")) {
            put("stationary.", stationary.values());
            figures.put("stationary.iteration", (double) stationary.stamp().iteration());
        } else if (event instanceof RunEvent.Escape escape
                && escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED
                && escapes++ == 0) {
            put("escape.", escape.values());
            figures.put("escape.iteration", (double) escape.stamp().iteration());
        } else if (event instanceof RunEvent.Verdict verdict) {
            end(verdict);
        }
    }

    private boolean has(String prefix) {
        return figures.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private void put(String prefix, Values values) {
        values.asMap().forEach((name, value) -> figures.put(prefix + name, value));
    }

    private void iteration(RunEvent.Iteration event) {
        Values values = event.values();
        gradients = values.getOr(Values.GRADIENT_EVALUATIONS, gradients);
        if (!figures.containsKey(REACHED) && values.getOr(Values.DISTANCE, Double.NaN) <= successDistance) {
            figures.put(REACHED, (double) event.stamp().iteration());
            if (!Double.isNaN(gradients)) {
                figures.put(GRADIENTS_REACHED, gradients);
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        double at = event.stamp().iteration();
        lines.forEach((name, line) -> values.get(name).ifPresent(value -> line.add(at, value)));
        if (path && event.point() != null) {
            Point3 point = event.point();
            lines.get(PATH.get(0)).add(at, point.x());
            lines.get(PATH.get(1)).add(at, point.y());
            lines.get(PATH.get(2)).add(at, point.z());
        }
    }

    private void end(RunEvent.Verdict verdict) {
        Map<String, Double> all = new LinkedHashMap<>();
        double distance = verdict.values().getOr(Values.DISTANCE, Double.NaN);
        all.put(SUCCESS, distance <= successDistance ? 1.0 : 0.0);
        all.put("successDistance", successDistance);
        all.put(ITERATIONS, (double) verdict.stamp().iteration());
        all.put(ESCAPES, (double) escapes);
        if (!Double.isNaN(gradients)) {
            all.put(Values.GRADIENT_EVALUATIONS, gradients);
        }
        for (String name : List.of(
                Values.LOSS,
                Values.GRADIENT_NORM,
                Values.DISTANCE,
                Values.LAMBDA_MIN,
                Values.HESSIAN_LAMBDA_MIN,
                Values.OPTIMALITY_GAP,
                OBSERVED_ERROR,
                UNOBSERVED_ERROR)) {
            verdict.values().get(name).ifPresent(value -> all.put(name, value));
        }
        all.putAll(figures);
        List<Curve> curves = new ArrayList<>();
        lines.forEach((name, line) -> curves.add(new Curve(name, line.x, line.y)));
        curves.addAll(last.get());
        outcome = new Outcome(
                verdict.state(),
                verdict.verdict().label(),
                all,
                curves,
                verdict.stamp().elapsedSeconds());
    }

    /** @throws IllegalStateException before the run's last event */
    Outcome outcome() {
        if (outcome == null) {
            throw new IllegalStateException("the run has not given its verdict");
        }
        return outcome;
    }

    /** Points of a curve: all, then every second, then every fourth …; the newest is always among them. */
    private static final class Line {
        private final List<Double> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();
        private long seen;
        private long stride = 1;
        private boolean spare;

        void add(double at, double value) {
            if (spare) {
                x.remove(x.size() - 1);
                y.remove(y.size() - 1);
            }
            spare = seen++ % stride != 0;
            x.add(at);
            y.add(value);
            if (!spare && x.size() > MOST_POINTS) {
                halve();
            }
        }

        private void halve() {
            stride *= 2;
            int kept = (x.size() + 1) / 2;
            for (int i = 0; i < kept; i++) {
                x.set(i, x.get(2 * i));
                y.set(i, y.get(2 * i));
            }
            x.subList(kept, x.size()).clear();
            y.subList(kept, y.size()).clear();
        }
    }
}
