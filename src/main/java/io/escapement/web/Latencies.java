package io.escapement.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Percentiles of durations over the last {@value #MINUTES} minutes, to two digits. Not thread-safe. */
final class Latencies {

    static final int MINUTES = 5;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 2;

    /** The newest first minute is {@code at % MINUTES}; each is emptied when its turn comes again. */
    private final Histogram[] minutes = new Histogram[MINUTES];

    private long at;

    Latencies() {
        for (int i = 0; i < MINUTES; i++) {
            minutes[i] = new Histogram(TimeUnit.MICROSECONDS.toNanos(1), LONGEST, DIGITS);
        }
        at = System.nanoTime() / MINUTE;
    }

    void record(long nanos) {
        record(nanos, System.nanoTime());
    }

    void record(long nanos, long now) {
        turn(now);
        minutes[(int) Math.floorMod(at, (long) MINUTES)].recordValue(Math.max(0, Math.min(LONGEST, nanos)));
    }

    private void turn(long now) {
        long minute = Math.floorDiv(now, MINUTE);
        for (long next = Math.max(at + 1, minute - MINUTES + 1); next <= minute; next++) {
            minutes[(int) Math.floorMod(next, (long) MINUTES)].reset();
        }
        at = Math.max(at, minute);
    }

    /** In seconds; without percentiles where there is nothing to take them of. */
    Map<String, Object> json() {
        return json(System.nanoTime());
    }

    Map<String, Object> json(long now) {
        turn(now);
        Histogram all = new Histogram(minutes[0]);
        for (Histogram minute : minutes) {
            all.add(minute);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("minutes", MINUTES);
        json.put("count", all.getTotalCount());
        if (all.getTotalCount() > 0) {
            json.put("p50", seconds(all.getValueAtPercentile(50)));
            json.put("p95", seconds(all.getValueAtPercentile(95)));
            json.put("p99", seconds(all.getValueAtPercentile(99)));
            json.put("max", seconds(all.getMaxValue()));
        }
        return json;
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e3) / 1e6;
    }
}
