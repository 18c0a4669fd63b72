package io.escapement.alert;

import io.escapement.event.RunState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What calls for somebody's attention. Names, severities and the patience with a stall are those of the rules for Prometheus. */
public enum Rule {

    /** Iterating without improvement. */
    STALLED("EscapementRunStalled", Severity.WARNING, Duration.ofMinutes(10), "A run makes no progress."),

    /** No sign of life, or its process is gone. The state itself has waited for its heartbeats. */
    LOST("EscapementRunLost", Severity.CRITICAL, Duration.ZERO, "A run is not heard of any more."),

    /** Figures that grow beyond measure or are not finite. */
    DIVERGED("EscapementRunDiverged", Severity.CRITICAL, Duration.ZERO, "A run has diverged."),

    /** Fewer iterations a second than {@link Pace#PART} of the run's own median. */
    SLOW("EscapementRunSlow", Severity.WARNING, Duration.ofMinutes(5), "A run is much slower than it was.");

    private final String alertName;
    private final Severity severity;
    private final Duration patience;
    private final String summary;

    Rule(String alertName, Severity severity, Duration patience, String summary) {
        this.alertName = alertName;
        this.severity = severity;
        this.patience = patience;
        this.summary = summary;
    }

    /** Name on the wire and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name among Prometheus' alerts. */
    public String alertName() {
        return alertName;
    }

    public Severity severity() {
        return severity;
    }

    /** How long it must hold before it fires, unless somebody says otherwise. */
    public Duration patience() {
        return patience;
    }

    /** One sentence that is the same for every run. */
    public String summary() {
        return summary;
    }

    public static Optional<Rule> of(String label) {
        return Arrays.stream(values())
                .filter(rule -> rule.label().equals(label))
                .findFirst();
    }

    /**
     * Why the rule holds, as one or more sentences; empty where it does not. An end resolves every alert but that of a run
     * that ended because of what the rule is about.
     */
    Optional<String> holds(Sighting run, Pace pace) {
        boolean holds = switch (this) {
            case STALLED -> run.state() == RunState.STALLED && !run.ended();
            case LOST -> run.state() == RunState.LOST;
            case DIVERGED -> run.state() == RunState.DIVERGED;
            case SLOW -> false;
        };
        return this == SLOW ? pace.slow(run) : Optional.of(run.sentence()).filter(sentence -> holds);
    }
}
