package io.escapement.app;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What all readers of {@link ViewersBench} together count, each on its own thread. */
final class BenchCounts implements BenchReader.Ledger {

    private static final int MAX_LAG_MILLIS = 60_000;

    private final LongAdder frames = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final AtomicLongArray lags = new AtomicLongArray(MAX_LAG_MILLIS + 1);

    @Override
    public void frame(int length, long buckets) {
        frames.increment();
        characters.add(length);
        conflated.add(buckets);
    }

    @Override
    public void lag(Duration time) {
        lags.incrementAndGet((int) Math.max(0, Math.min(MAX_LAG_MILLIS, time.toMillis())));
    }

    @Override
    public void reconnected() {
        reconnects.increment();
    }

    long frames() {
        return frames.sum();
    }

    double charactersPerFrame() {
        return characters.sum() / (double) Math.max(1, frames.sum());
    }

    /** Iterations that came in buckets. */
    long conflated() {
        return conflated.sum();
    }

    long reconnects() {
        return reconnects.sum();
    }

    /**
     * Within how long so many of the landmarks came.
     *
     * @param part of all, between 0 and 1
     */
    long lagMillis(double part) {
        long all = 0;
        for (int i = 0; i < lags.length(); i++) {
            all += lags.get(i);
        }
        long seen = 0;
        for (int i = 0; i < lags.length(); i++) {
            seen += lags.get(i);
            if (seen >= part * all) {
                return i;
            }
        }
        return MAX_LAG_MILLIS;
    }
}
