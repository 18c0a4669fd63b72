package io.escapement.meter;

import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Turns the events of one run into meters. One thread at a time; an iteration allocates nothing. */
public final class MeteredRun implements AutoCloseable {

    /** Iterations are timed in batches that last at least this long together. */
    private static final long BATCH_NANOS = Duration.ofMillis(1).toNanos();

    private static final double NANOS = 1e9;

    private final RunMeters meters;
    private final LongAdder iterations;
    private final DurationHistogram.Series duration;

    /** Leads from an observed duration to this run. */
    private final Labels exemplar;

    /** Null where the run has no gauges of its own. */
    private final RunGauges gauges;

    /** What only time tells of how the run stands, or null where events tell all. */
    private final Supplier<RunState> standing;

    private volatile RunState state = RunState.QUEUED;

    private long counted = -1;

    /** Where the batch began; negative while there is none. */
    private long batchIteration = -1;

    private long batchNanos;
    private volatile boolean closed;

    MeteredRun(
            RunMeters meters,
            String id,
            LongAdder iterations,
            DurationHistogram.Series duration,
            RunGauges gauges,
            Supplier<RunState> standing) {
        this.meters = meters;
        this.iterations = iterations;
        this.duration = duration;
        this.exemplar = Labels.of("run_id", id);
        this.gauges = gauges;
        this.standing = standing;
        meters.runs(state).incrementAndGet();
    }

    public void accept(RunEvent event) {
        if (event instanceof RunEvent.Iteration iteration) {
            if (state != RunState.RUNNING) {
                enter(RunState.RUNNING);
            }
            iteration(iteration);
        } else {
            other(event);
        }
    }

    /** The run is over. To be called too when it ends without a verdict: it counts as failed then. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!state.canEnd()) {
            enter(RunState.FAILED);
        }
        if (gauges != null) {
            gauges.ended();
        }
    }

    private void iteration(RunEvent.Iteration event) {
        long at = event.stamp().iteration();
        if (at > counted) {
            // The first event of a run tells of its start, iteration 0, which nobody had to do; that of a later attempt
            // tells of a checkpoint, up to which another attempt has counted.
            boolean resumed = counted < 0 && event.stamp().attempt() > 1;
            iterations.add(resumed ? 0 : at - Math.max(counted, 0));
            counted = at;
        }
        Duration elapsed = event.stamp().elapsed();
        long nanos = elapsed.getSeconds() * 1_000_000_000L + elapsed.getNano();
        if (batchIteration < 0 || at < batchIteration) {
            batchIteration = at;
            batchNanos = nanos;
        } else if (nanos - batchNanos >= BATCH_NANOS && at > batchIteration) {
            duration.observe((nanos - batchNanos) / (NANOS * (at - batchIteration)), exemplar);
            batchIteration = at;
            batchNanos = nanos;
        }
        if (gauges != null) {
            gauges.iteration(event);
        }
    }

    private void other(RunEvent event) {
        if (event instanceof RunEvent.Stationary stationary) {
            meters.judged(stationary.verdict());
        } else if (event instanceof RunEvent.Escape escape) {
            meters.escaped(escape);
        }
        if (event instanceof RunEvent.Verdict verdict) {
            enter(verdict.state());
        } else if (event instanceof RunEvent.PhaseChange change) {
            enter(change.phase() == Phase.PAUSED ? RunState.PAUSED : RunState.RUNNING);
        } else if (state == RunState.QUEUED) {
            enter(RunState.RUNNING);
        }
        if (!(event instanceof RunEvent.Heartbeat)) {
            // What lies between is judging, escaping or waiting, not iterating.
            batchIteration = -1;
        }
        if (gauges != null) {
            gauges.other(event);
        }
        if (event instanceof RunEvent.Verdict) {
            close();
        }
    }

    /** Counts it under the state that it is in by now; by any thread. Returns whether it will age on. */
    boolean age() {
        if (!closed && state != RunState.QUEUED) {
            enter(standing.get());
        }
        return !closed;
    }

    private synchronized void enter(RunState next) {
        meters.runs(state).decrementAndGet();
        state = next;
        meters.runs(state).incrementAndGet();
        if (gauges != null) {
            gauges.state(next);
        }
    }
}
