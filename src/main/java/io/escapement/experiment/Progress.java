package io.escapement.experiment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far an experiment has come, and the time left: for each cell the trials that are missing times the mean time of its own (of
 * all, where it has none yet), over as many as run at once. Thread-safe.
 */
public final class Progress {

    private static final class Tally {
        private int missing;
        private int done;
        private double seconds;
    }

    private final int jobs;
    private final int total;
    private final int reused;
    private final Map<String, Tally> cells = new LinkedHashMap<>();
    private int finished;

    /**
     * @param total trials of the whole experiment
     * @param missing trials still to be done, by cell
     */
    Progress(int total, Map<String, Integer> missing, int jobs) {
        this.total = total;
        this.jobs = jobs;
        int open = 0;
        for (Map.Entry<String, Integer> cell : missing.entrySet()) {
            Tally tally = new Tally();
            tally.missing = cell.getValue();
            open += cell.getValue();
            cells.put(cell.getKey(), tally);
        }
        this.reused = total - open;
    }

    /** What trials of an earlier session took: known, not done now. */
    synchronized void known(String cell, double seconds) {
        Tally tally = cells.get(cell);
        if (tally != null) {
            tally.done++;
            tally.seconds += seconds;
        }
    }

    synchronized void done(String cell, double seconds) {
        Tally tally = cells.get(cell);
        tally.missing--;
        tally.done++;
        tally.seconds += seconds;
        finished++;
    }

    /** Trials that there is an outcome of. */
    public synchronized int done() {
        return reused + finished;
    }

    public int total() {
        return total;
    }

    /** Trials taken over from an earlier session. */
    public int reused() {
        return reused;
    }

    /** Empty before the first trial. */
    public synchronized Optional<Duration> left() {
        double seconds = 0;
        int done = 0;
        int missing = 0;
        for (Tally tally : cells.values()) {
            seconds += tally.seconds;
            done += tally.done;
            missing += tally.missing;
        }
        if (done == 0 && missing > 0) {
            return Optional.empty();
        }
        double left = 0;
        int open = 0;
        for (Tally tally : cells.values()) {
            double mean = tally.done > 0 ? tally.seconds / tally.done : seconds / Math.max(1, done);
            left += tally.missing * mean;
            open += tally.missing;
        }
        return Optional.of(Duration.ofMillis((long) (1000 * left / Math.max(1, Math.min(jobs, open)))));
    }
}
