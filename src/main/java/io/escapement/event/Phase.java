package io.escapement.event;

/** What a run is doing. */
public enum Phase {
    /** The solver descends. */
    DESCEND("descend"),
    /** The solver descends from an escape candidate that must still prove itself. */
    TRIAL("trial"),
    /** A stationary point is being classified. */
    JUDGE("judge"),
    /** Escape mechanisms are at work. */
    ESCAPE("escape"),
    /** Stopped by a command until it is resumed. */
    PAUSED("paused"),
    /** The run has ended. */
    FINISH("finish");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    /** Name on the wire. */
    public String label() {
        return label;
    }
}
