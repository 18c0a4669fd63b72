package io.escapement.event;

/**
 * Says which losses are an improvement: those below the best one so far by more than a stated relative decrease. The
 * best moves only with an improvement, so that many small steps down add up to one. Not thread-safe.
 */
public final class Improvement {

    /** Decrease of the best loss, relative to it, that counts as an improvement. */
    public static final double RELATIVE_DECREASE = 1e-6;

    private double best = Double.POSITIVE_INFINITY;

    /** Whether {@code loss} improves on the best so far. One that is not finite never does: nothing could be better than −∞. Allocates nothing. */
    public boolean offer(double loss) {
        boolean improved = Double.isFinite(loss)
                && (best == Double.POSITIVE_INFINITY || loss < best - RELATIVE_DECREASE * Math.abs(best));
        if (improved) {
            best = loss;
        }
        return improved;
    }
}
