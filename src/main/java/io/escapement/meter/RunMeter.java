package io.escapement.meter;

import java.util.List;

/** The catalogue: every meter of this program, under the name Prometheus shows. Names are a contract with grafana/. */
public enum RunMeter {
    RUNS("escapement_runs", Type.GAUGE, "runs", "state", "Runs that this process has seen, by state."),
    ITERATIONS(
            "escapement_iterations_total",
            Type.COUNTER,
            "iterations",
            "solver",
            "Iterations done by solvers, whether or not an event told of each."),
    ITERATION_DURATION(
            "escapement_iteration_duration_seconds",
            Type.HISTOGRAM,
            "seconds",
            "solver",
            "Time per iteration, observed as the mean over batches of iterations that last at least 1 ms together: the "
                    + "count is that of batches, not of iterations."),
    ESCAPES(
            "escapement_escapes_total",
            Type.COUNTER,
            "escapes",
            "mechanism, outcome",
            "What became of attempts to leave a point: proposed, accepted, rejected or refused."),
    VERDICTS("escapement_verdicts_total", Type.COUNTER, "points", "verdict", "Stationary points judged, by verdict."),
    STREAM_CLIENTS("escapement_stream_clients", Type.GAUGE, "clients", "", "Viewers connected to the live stream."),
    STREAM_LAG(
            "escapement_stream_lag_seconds",
            Type.GAUGE,
            "seconds",
            "",
            "How far the viewer that is furthest behind is behind: the age of what it has, while there is newer."
                    + " Looked at every second."),
    STREAM_CONFLATED(
            "escapement_stream_conflated_total",
            Type.COUNTER,
            "iterations",
            "",
            "Iterations that viewers got as part of a bucket and not one by one."),
    EVENTS_INGESTED(
            "escapement_events_ingested_total",
            Type.COUNTER,
            "events",
            "",
            "Events of other programs that were taken."),
    EVENTS_REJECTED(
            "escapement_events_rejected_total",
            Type.COUNTER,
            "lines",
            "reason",
            "Lines of other programs that were not taken: malformed, too-long, old-attempt, out-of-order or ended."),
    STORE_WRITE(
            "escapement_store_write_seconds",
            Type.HISTOGRAM,
            "seconds",
            "",
            "Time that a write of the store took, of whatever was new in all runs."),
    ALERTS_FIRING(
            "escapement_alerts_firing",
            Type.GAUGE,
            "alerts",
            "",
            "Alerts of the built-in rules that fire, silenced ones included."),
    BUILD_INFO("escapement_build_info", Type.INFO, "", "version, java", "Always 1; says what is running."),
    METERED_RUNS_REFUSED(
            "escapement_metered_runs_refused_total",
            Type.COUNTER,
            "runs",
            "",
            "Runs that got no gauges of their own because too many runs had theirs. Trials of experiments never get"
                    + " any and do not count."),
    RUN_INFO("escapement_run_info", Type.INFO, "", "run, problem, solver", "Always 1; says what a run is."),
    RUN_STATE(
            "escapement_run_state",
            Type.GAUGE,
            "",
            "run, state",
            "1 for the state that the run is in, or has ended in, and 0 for the others."),
    RUN_LOSS("escapement_run_loss", Type.GAUGE, "", "run", "Loss at the newest iteration."),
    RUN_GRADIENT_NORM(
            "escapement_run_gradient_norm",
            Type.GAUGE,
            "",
            "run",
            "Euclidean norm of the gradient at the newest iteration."),
    RUN_DISTANCE(
            "escapement_run_distance",
            Type.GAUGE,
            "",
            "run",
            "Distance to the ground truth at the newest iteration, where the truth is known."),
    RUN_LAMBDA_MIN(
            "escapement_run_lambda_min",
            Type.GAUGE,
            "",
            "run",
            "Smallest eigenvalue of the gradient matrix at the newest point that was judged."),
    RUN_OPTIMALITY_GAP_BOUND(
            "escapement_run_optimality_gap_bound",
            Type.GAUGE,
            "",
            "run",
            "Bound on how far the objective is above its infimum at the newest point that was judged."),
    RUN_ITERATION("escapement_run_iteration", Type.GAUGE, "iterations", "run", "Iterations done so far."),
    RUN_ESCAPES(
            "escapement_run_escapes",
            Type.GAUGE,
            "escapes",
            "run",
            "Escapes of this attempt that were accepted so far."),
    RUN_LAST_EVENT(
            "escapement_run_last_event_timestamp_seconds",
            Type.GAUGE,
            "seconds",
            "run",
            "When the newest event happened, by the producer's clock."),
    RUN_LAST_IMPROVEMENT(
            "escapement_run_last_improvement_timestamp_seconds",
            Type.GAUGE,
            "seconds",
            "run",
            "When the best loss last fell by a millionth of itself or more, by the producer's clock."),
    RUN_END(
            "escapement_run_end_timestamp_seconds",
            Type.GAUGE,
            "seconds",
            "run",
            "When the run ended, by this machine's clock; absent while it goes on.");

    /** What Prometheus calls the type. */
    public enum Type {
        GAUGE("gauge"),
        COUNTER("counter"),
        HISTOGRAM("histogram"),
        /** A gauge that is always 1 and tells by its labels. */
        INFO("gauge");

        private final String exposed;

        Type(String exposed) {
            this.exposed = exposed;
        }

        /** The word in a scrape in Prometheus' own text format. */
        public String exposed() {
            return exposed;
        }
    }

    private final String exposedName;
    private final Type type;
    private final String unit;
    /** Separated by commas. */
    private final String tags;

    private final String help;

    RunMeter(String exposedName, Type type, String unit, String tags, String help) {
        this.exposedName = exposedName;
        this.type = type;
        this.unit = unit;
        this.tags = tags;
        this.help = help;
    }

    /** Name in Prometheus. */
    public String exposedName() {
        return exposedName;
    }

    public Type type() {
        return type;
    }

    /** Base unit; empty where it is that of the problem or there is none. */
    public String unit() {
        return unit;
    }

    public List<String> tags() {
        return tags.isEmpty() ? List.of() : List.of(tags.split(", ", -1));
    }

    public String help() {
        return help;
    }

    /** Name in Micrometer, which appends the ending that a counter demands by itself. */
    String registryName() {
        String name = exposedName;
        if (type == Type.COUNTER) {
            name = name.substring(0, name.length() - "_total".length());
        }
        return name.replace('_', '.');
    }
}
