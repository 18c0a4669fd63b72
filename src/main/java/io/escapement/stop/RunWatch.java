package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * How a run stands that is known only by its events: from {@code loss} and, where it is sent, {@code gradientNorm}. No solver,
 * no segments, no scale: everything is relative to what the run itself has shown.
 *
 * <ul>
 *   <li>Diverged: a figure is not finite, or the loss has grown by {@code growth} within {@code brief} events; until a
 *       new best loss.
 *   <li>Oscillating: the loss goes up and down at each of {@code brief} events without a net decrease.
 *   <li>Progress: over the window, the best loss or the best gradient norm fell by {@code relativeDecrease} of itself.
 *   <li>Plateau: no progress, and the gradient norm is below a hundredth of its largest; otherwise stalled.
 * </ul>
 *
 * <p>Back to running when progress resumes. Saddle-like while the newest {@code hessianLambdaMin} is negative: it belongs to a
 * point, so it is forgotten with the next progress. One watch follows one run, in order; not thread-safe.
 */
public final class RunWatch {

    /** Below this fraction of its largest, a gradient norm is small. */
    private static final double SMALL = 0.01;

    private final Settings settings;
    private final StoppingCriterion.Watch gone;
    private final StoppingCriterion.Watch alternating;
    private final Lowest loss;
    private final Lowest gradient;
    private double largest;
    private double curvature = Double.NaN;
    private Finding now = new Finding(Kind.RUNNING, Optional.empty(), false);

    /**
     * What counts.
     *
     * @param relativeDecrease of the best loss or gradient norm that is progress
     * @param window in events, over which there must be some
     * @param brief events in which a growth or an alternation shows
     * @param growth factor of the loss that is divergence, above 1
     */
    public record Settings(double relativeDecrease, int window, int brief, double growth) {

        public Settings {
            if (!(relativeDecrease > 0 && relativeDecrease < 1)) {
                throw new IllegalArgumentException(
                        "relative decrease is " + relativeDecrease + "; between 0 and 1 is needed");
            }
            LossWindow.requireSize(window);
            LossWindow.requireSize(brief);
            if (!(growth > 1)) {
                throw new IllegalArgumentException("growth is " + growth + "; above 1 is needed");
            }
        }

        /** 1e−6 over 200 events; a millionfold growth or fifty turns within 50. */
        public static Settings standard() {
            return new Settings(1e-6, 200, 50, 1e6);
        }

        public Settings withWindow(int events) {
            return new Settings(relativeDecrease, events, Math.min(brief, events), growth);
        }

        public Settings withRelativeDecrease(double fraction) {
            return new Settings(fraction, window, brief, growth);
        }
    }

    /** What a run can be seen to do. */
    public enum Kind {
        RUNNING("running", RunState.RUNNING),
        STALLED("stalled", RunState.STALLED),
        PLATEAU("plateau", RunState.STALLED),
        OSCILLATING("oscillating", RunState.STALLED),
        DIVERGED("diverged", RunState.DIVERGED);

        private final String label;
        private final RunState state;

        Kind(String label, RunState state) {
            this.label = label;
            this.state = state;
        }

        /** Name on the wire. */
        public String label() {
            return label;
        }

        /** As a run's state. */
        public RunState state() {
            return state;
        }
    }

    /**
     * How the run stands.
     *
     * @param reason with its figures; empty while it is running
     * @param saddleLike whether it is stuck where a negative curvature is known
     */
    public record Finding(Kind kind, Optional<StopReason> reason, boolean saddleLike) {

        /** One sentence without a full stop. */
        public String sentence() {
            String why = reason.map(StopReason::sentence).orElse("the loss or the gradient norm is falling");
            return saddleLike ? why + ", saddle-like: a negative curvature is known" : why;
        }
    }

    public RunWatch(Settings settings) {
        this.settings = settings;
        this.gone = new Finite().or(new Growth(settings.growth, settings.brief)).begin();
        this.alternating = new Oscillation(settings.relativeDecrease, settings.brief).begin();
        this.loss = new Lowest(settings.window);
        this.gradient = new Lowest(settings.window);
    }

    /** How the run stands now. */
    public Finding now() {
        return now;
    }

    /** What has changed with this event, if anything. Events of other kinds than iterations may tell of a curvature. */
    public Optional<Finding> see(RunEvent event) {
        curvature = event.values().getOr(Values.HESSIAN_LAMBDA_MIN, curvature);
        Finding next = event instanceof RunEvent.Iteration iteration ? finding(iteration) : saddle(now);
        boolean changed = next.kind() != now.kind() || next.saddleLike() != now.saddleLike();
        now = next;
        return changed ? Optional.of(next) : Optional.empty();
    }

    private Finding finding(RunEvent.Iteration event) {
        double norm = event.values().getOr(Values.GRADIENT_NORM, Double.NaN);
        largest = norm > largest ? norm : largest;
        loss.add(event.values().getOr(Values.LOSS, Double.NaN));
        gradient.add(norm);
        Optional<StopReason> diverged = gone.check(event);
        Optional<StopReason> turning = alternating.check(event);
        if (diverged.isPresent()) {
            return new Finding(Kind.DIVERGED, diverged, false);
        }
        if (now.kind() == Kind.DIVERGED && !loss.newBest()) {
            return now;
        }
        if (turning.isPresent()) {
            return saddle(new Finding(Kind.OSCILLATING, turning, false));
        }
        if (!loss.full()
                || loss.decrease() >= settings.relativeDecrease
                || gradient.decrease() >= settings.relativeDecrease) {
            curvature = now.kind() == Kind.RUNNING ? curvature : Double.NaN;
            return new Finding(Kind.RUNNING, Optional.empty(), false);
        }
        double decrease = loss.decrease();
        return norm < SMALL * largest
                ? saddle(new Finding(
                        Kind.PLATEAU,
                        Optional.of(new StopReason.Plateaued(decrease, settings.window, norm, 0, norm / largest)),
                        false))
                : saddle(new Finding(
                        Kind.STALLED,
                        Optional.of(new StopReason.Stalled(decrease, settings.relativeDecrease, settings.window)),
                        false));
    }

    private Finding saddle(Finding finding) {
        boolean stuck = finding.kind().state() == RunState.STALLED;
        return new Finding(finding.kind(), finding.reason(), stuck && curvature < 0);
    }

    /** The lowest of a figure, and how far it fell over the window. */
    private static final class Lowest {

        private final LossWindow bests;
        private final int window;
        private double best = Double.POSITIVE_INFINITY;
        private boolean newBest;

        Lowest(int window) {
            this.bests = new LossWindow(window);
            this.window = window;
        }

        void add(double value) {
            // After −∞, which no loss can be below, a run that comes back would be diverged for ever.
            newBest = Double.isFinite(value) && value < best;
            best = newBest ? value : best;
            bests.add(best);
        }

        /** Whether the newest value is finite and below all before it that were. */
        boolean newBest() {
            return newBest;
        }

        boolean full() {
            return bests.full();
        }

        /** Relative; 0 where nothing was ever known, ∞ where it became known within the window. */
        double decrease() {
            double before = bests.back(window);
            if (best == before) {
                return 0;
            }
            return before == 0 || Double.isInfinite(before)
                    ? Double.POSITIVE_INFINITY
                    : (before - best) / Math.abs(before);
        }
    }
}
