package io.escapement.store;

import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.Point3;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Headers and events for tests: one call makes one event, with the next sequence number and a millisecond later. */
public final class TestRuns {

    public static final Instant STARTED = Instant.parse("2026-11-22T10:00:00Z");

    private static final Names FIGURES = Names.of(Values.LOSS, Values.GRADIENT_NORM);

    private long seq;
    private Duration elapsed = Duration.ZERO;
    private Duration pace = Duration.ofMillis(1);
    private int segment;
    private int attempt = 1;

    public static RunHeader header(String id) {
        return new RunHeader(
                id,
                "a run",
                "pmc",
                "gd",
                "oracle-probe",
                7,
                STARTED,
                "escapement run pmc --n 11",
                Map.of("n", "11"),
                List.of(Values.LOSS, Values.GRADIENT_NORM),
                1e-6,
                new RunHeader.Axes(List.of("x₁", "x₂", "x₃"), "native", List.of(new Point3(1, 0, 0))));
    }

    /** A header that says only what it must. */
    public static RunHeader bareHeader(String id) {
        return new RunHeader(id, "a run", "pmc", "gd", "none", 7, STARTED, "", Map.of(), List.of(), Double.NaN, null);
    }

    /** A log that keeps so many iterations one by one, as a store does beside the overview. */
    public static RunLog detailed(String id, int iterations) {
        return new RunLog(header(id), iterations, 1000);
    }

    public TestRuns pace(Duration perEvent) {
        pace = perEvent;
        return this;
    }

    public TestRuns segment(int next) {
        segment = next;
        return this;
    }

    public TestRuns attempt(int next) {
        attempt = next;
        seq = 0;
        return this;
    }

    private Stamp stamp(long iteration) {
        elapsed = elapsed.plus(pace);
        return new Stamp(attempt, seq++, iteration, segment, STARTED.plus(elapsed), elapsed);
    }

    public RunEvent.Iteration iteration(long iteration, double loss, double gradientNorm) {
        return new RunEvent.Iteration(
                stamp(iteration), Values.of(FIGURES, loss, gradientNorm), new Point3(iteration, loss, -loss));
    }

    public RunEvent.Iteration iteration(long iteration, Values values) {
        return new RunEvent.Iteration(stamp(iteration), values, null);
    }

    public RunEvent.PhaseChange phase(long iteration, Phase phase, String detail) {
        return new RunEvent.PhaseChange(stamp(iteration), phase, detail);
    }

    public RunEvent.Stationary stationary(long iteration, PointVerdict verdict, double loss) {
        return new RunEvent.Stationary(
                stamp(iteration),
                new StopReason.GradientSmall(9e-9, 1e-6),
                verdict,
                Values.of(Map.of(Values.LOSS, loss, Values.LAMBDA_MIN, -0.5)),
                null);
    }

    public RunEvent.Escape escape(long iteration, RunEvent.EscapeOutcome outcome, String detail) {
        return new RunEvent.Escape(
                stamp(iteration), "oracle-probe", outcome, detail, Values.of(Map.of("lossBefore", 0.33)), null);
    }

    public RunEvent.Message message(long iteration, String text) {
        return new RunEvent.Message(stamp(iteration), RunEvent.Level.INFO, text);
    }

    public RunEvent.Heartbeat heartbeat(long iteration) {
        return new RunEvent.Heartbeat(stamp(iteration), Duration.ofSeconds(1));
    }

    public RunEvent.Verdict verdict(long iteration, RunState state, StopReason reason, PointVerdict verdict) {
        return new RunEvent.Verdict(stamp(iteration), state, reason, verdict, Values.none(), null);
    }

    /** A run that has reached its iteration limit. */
    public RunEvent.Verdict end(long iteration) {
        return verdict(
                iteration,
                RunState.LIMIT,
                new StopReason.IterationLimit(iteration),
                new PointVerdict.Undecided("the point was not judged"));
    }

    public static PointVerdict spurious() {
        return new PointVerdict.SpuriousMinimum(0.2, 1e-6, -0.5, 1e-6, 0.33);
    }

    public static PointVerdict global() {
        return new PointVerdict.GlobalMinimum(-1e-12, 1e-9, 1e-13, 2, "the trace of M");
    }
}
