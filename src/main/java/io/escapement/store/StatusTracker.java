package io.escapement.store;

import io.escapement.event.Improvement;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what a status is made of. An append stores a few references; words and maps are made when somebody reads
 * them. A judgement belongs to a point: the next iteration leaves it, and a rejected trial returns to it. Not thread-safe.
 */
final class StatusTracker {

    RunEvent newest;
    RunEvent.Iteration iteration;

    /** Of the point where the run is, or null where that is not judged. */
    RunEvent.Stationary judged;

    /** The newest proposal, until it is accepted or rejected. */
    RunEvent.Escape trial;

    /** The newest escape event at the point where the run is, or null. */
    RunEvent.Escape escape;

    /** Judgement of the point that an escape is to leave. */
    RunEvent.Stationary trap;

    /** At the newest point that was judged, however far behind it is; or null. */
    RunStatus.Curvature curvature;

    RunEvent.PhaseChange phaseChange;
    RunEvent.Verdict verdict;
    Phase phase = Phase.DESCEND;
    int escapes;
    Instant improved;
    double rate = Double.NaN;

    private Phase interrupted = Phase.DESCEND;
    private final Improvement improvement;
    private final RateWindow window;

    StatusTracker() {
        this(new Improvement(), new RateWindow());
    }

    private StatusTracker(Improvement improvement, RateWindow window) {
        this.improvement = improvement;
        this.window = window;
    }

    void iteration(RunEvent.Iteration event, double elapsedSeconds) {
        newest = event;
        iteration = event;
        judged = null;
        escape = null;
        verdict = null;
        if (phase == Phase.PAUSED) {
            phase = interrupted;
        }
        if (improvement.offer(event.values().getOr(Values.LOSS, Double.NaN))) {
            improved = event.stamp().time();
        }
        window.add(event.stamp().iteration(), elapsedSeconds);
    }

    void other(RunEvent event) {
        if (verdict != null && event.stamp().attempt() <= verdict.stamp().attempt()) {
            return;
        }
        newest = event;
        verdict = null;
        if (event instanceof RunEvent.PhaseChange change) {
            if (change.phase() == Phase.PAUSED && phase != Phase.PAUSED) {
                interrupted = phase;
            }
            phaseChange = change;
            phase = change.phase();
        } else if (event instanceof RunEvent.Stationary stationary) {
            judged = stationary;
            curvature = curvature(stationary);
            if (trial == null) {
                trap = stationary;
            }
        } else if (event instanceof RunEvent.Escape attempt) {
            escape(attempt);
        } else if (event instanceof RunEvent.Verdict end) {
            verdict = end;
            phase = Phase.FINISH;
        }
    }

    private RunStatus.Curvature curvature(RunEvent.Stationary event) {
        double lambda = event.values().getOr(Values.LAMBDA_MIN, Double.NaN);
        double hessian = event.values().getOr(Values.HESSIAN_LAMBDA_MIN, Double.NaN);
        return Double.isNaN(lambda) && Double.isNaN(hessian)
                ? curvature
                : new RunStatus.Curvature(lambda, hessian, event.stamp().time());
    }

    private void escape(RunEvent.Escape event) {
        escape = event;
        switch (event.outcome()) {
            case PROPOSED -> trial = event;
            case ACCEPTED -> {
                escapes++;
                trial = null;
                trap = judged;
            }
            case REJECTED -> {
                trial = null;
                judged = trap;
            }
            case REFUSED -> {
                // The run is where it was.
            }
        }
    }

    /**
     * What is known where a later attempt has taken the run up. Nothing of the best loss and the pace: both begin anew.
     *
     * @param counted accepted escapes that hold
     * @param landmarks that hold, in order
     */
    static StatusTracker after(int counted, List<RunEvent> landmarks) {
        StatusTracker tracker = new StatusTracker();
        landmarks.forEach(tracker::other);
        tracker.escapes = counted;
        return tracker;
    }

    /**
     * What is known of a run that goes on where it was, though nobody remembers its events.
     *
     * @param told how it stood
     * @param newest place of its newest event, or null
     * @param landmarks that hold, in order
     * @param best lowest loss so far; +∞ if none is known
     */
    static StatusTracker goingOn(RunStatus told, Stamp newest, List<RunEvent> landmarks, double best) {
        StatusTracker tracker = after(told.escapes(), landmarks);
        if (newest == null) {
            return tracker;
        }
        if (told.verdict() == null) {
            tracker.judged = null;
            tracker.escape = null;
        }
        tracker.iteration = new RunEvent.Iteration(newest, Values.of(told.values()), null);
        tracker.newest = tracker.iteration;
        tracker.phase = told.phase();
        tracker.curvature = told.curvature();
        tracker.improved = told.lastImprovement();
        tracker.improvement.offer(best);
        return tracker;
    }

    /** What is known now, for reading at leisure; it is not told of further events. */
    StatusTracker copy() {
        StatusTracker copy = new StatusTracker(null, null);
        copy.newest = newest;
        copy.iteration = iteration;
        copy.judged = judged;
        copy.trial = trial;
        copy.escape = escape;
        copy.trap = trap;
        copy.phaseChange = phaseChange;
        copy.verdict = verdict;
        copy.curvature = curvature;
        copy.phase = phase;
        copy.escapes = escapes;
        copy.improved = improved;
        copy.rate = window.perSecond();
        return copy;
    }

    RunStatus status() {
        StatusWords words = new StatusWords(this);
        Stamp stamp = newest == null ? null : newest.stamp();
        return new RunStatus(
                state(),
                phase,
                words.title(),
                words.sentence(),
                verdictLabel(),
                stamp == null ? 0 : stamp.iteration(),
                stamp == null ? 0 : stamp.segment(),
                escapes,
                stamp == null ? 0 : stamp.elapsedSeconds(),
                rate,
                values(),
                stamp == null ? null : stamp.time(),
                improved,
                verdict != null,
                stamp == null ? 1 : stamp.attempt(),
                curvature,
                List.of(),
                null);
    }

    private RunState state() {
        if (newest == null) {
            return RunState.QUEUED;
        }
        if (verdict != null) {
            return verdict.state();
        }
        return phase == Phase.PAUSED ? RunState.PAUSED : RunState.RUNNING;
    }

    private String verdictLabel() {
        if (verdict != null) {
            return verdict.verdict().label();
        }
        return judged == null ? null : judged.verdict().label();
    }

    private Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        if (iteration != null) {
            values.putAll(iteration.values().asMap());
        }
        if (judged != null) {
            values.putAll(judged.values().asMap());
        }
        if (verdict != null) {
            values.putAll(verdict.values().asMap());
        }
        return values;
    }
}
