package io.escapement.event;

/** State of a run in one word (interfaces.md, "Run state"). */
public enum RunState {
    QUEUED("queued", false),
    RUNNING("running", false),
    PAUSED("paused", false),
    QUIET("quiet", false),
    STALLED("stalled", true),
    LOST("lost", false),
    DIVERGED("diverged", true),
    CONVERGED("converged", true),
    LIMIT("limit", true),
    CANCELLED("cancelled", true),
    FAILED("failed", true);

    private final String label;
    private final boolean end;

    RunState(String label, boolean end) {
        this.label = label;
        this.end = end;
    }

    /** Name on the wire. */
    public String label() {
        return label;
    }

    /** Whether a run can end in this state. */
    public boolean canEnd() {
        return end;
    }
}
