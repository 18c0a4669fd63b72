package io.escapement.alert;

import io.escapement.event.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast one run iterates, against its own past: samples every {@link #SPACING} of the last hour, and their median. What the
 * run says of its last seconds is bounded by one iteration over the time since its newest, because a run that hangs says
 * nothing. While a run is paused, stalled or lost nothing is sampled. Not thread-safe.
 */
final class Pace {

    /** Of the median, below which a run is slow. */
    static final double PART = 0.5;

    static final Duration SPACING = Duration.ofSeconds(10);

    /** An hour. */
    private static final int SAMPLES = 360;

    /** Two minutes: before that a run has no past to be measured by. */
    static final int ENOUGH = 12;

    private final double[] rates = new double[SAMPLES];
    private int taken;
    private Instant sampled;
    private Instant moved;
    private long iteration = -1;
    private double now = Double.NaN;

    void see(Sighting run, Instant at) {
        boolean iterates = !run.ended() && (run.state() == RunState.RUNNING || run.state() == RunState.QUIET);
        if (!iterates) {
            now = Double.NaN;
            moved = null;
            return;
        }
        if (moved == null || run.iteration() != iteration) {
            moved = at;
            iteration = run.iteration();
        }
        double age = Duration.between(moved, at).toMillis() / 1000.0;
        now = age > 0 ? Math.min(run.iterationsPerSecond(), 1 / age) : run.iterationsPerSecond();
        boolean due = sampled == null || !at.isBefore(sampled.plus(SPACING));
        if (due && Double.isFinite(now)) {
            rates[taken % SAMPLES] = now;
            taken++;
            sampled = at;
        }
    }

    /** In words, or empty. */
    Optional<String> slow(Sighting run) {
        if (run.ended() || taken < ENOUGH || Double.isNaN(now)) {
            return Optional.empty();
        }
        double median = median();
        if (!(now < PART * median)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "At %.3g iterations per second it is below half of its own median, which is %.3g over %s.",
                now,
                median,
                taken < SAMPLES ? "the time it was watched" : "the last hour"));
    }

    private double median() {
        double[] sorted = Arrays.copyOf(rates, Math.min(taken, SAMPLES));
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
