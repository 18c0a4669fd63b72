package io.escapement.store;

/** Iterations per second over the last seconds of a run, by the producer's clock. Allocates nothing. Not thread-safe. */
final class RateWindow {

    private static final double WINDOW_SECONDS = 5;
    private static final int SAMPLES = 32;
    private static final double SPACING_SECONDS = WINDOW_SECONDS / (SAMPLES - 2);

    private final long[] iterations = new long[SAMPLES];
    private final double[] seconds = new double[SAMPLES];
    private int size;
    private int newest = -1;

    private long lastIteration;
    private double lastSeconds;

    void add(long iteration, double elapsedSeconds) {
        if (size > 0 && (iteration < lastIteration || elapsedSeconds < lastSeconds)) {
            size = 0;
        }
        lastIteration = iteration;
        lastSeconds = elapsedSeconds;
        if (size == 0 || elapsedSeconds - seconds[newest] >= SPACING_SECONDS) {
            newest = (newest + 1) % SAMPLES;
            iterations[newest] = iteration;
            seconds[newest] = elapsedSeconds;
            size = Math.min(size + 1, SAMPLES);
        }
    }

    /** NaN while no time has passed. */
    double perSecond() {
        int oldest = newest;
        for (int back = 1; back < size; back++) {
            int i = Math.floorMod(newest - back, SAMPLES);
            if (lastSeconds - seconds[i] > WINDOW_SECONDS && seconds[oldest] < lastSeconds) {
                break;
            }
            oldest = i;
        }
        if (size == 0 || lastSeconds <= seconds[oldest]) {
            return Double.NaN;
        }
        return (lastIteration - iterations[oldest]) / (lastSeconds - seconds[oldest]);
    }
}
