package io.escapement.ingest;

/** Why a line was not taken: a closed set, which the meters count by. */
public enum Rejection {
    /** No event: not JSON, no figure, or a field that holds what it cannot. */
    MALFORMED("malformed"),
    /** Longer than a line may be. */
    TOO_LONG("too-long"),
    /** Of an attempt before the run's newest. */
    OLD_ATTEMPT("old-attempt"),
    /** After events that it should have come before. */
    OUT_OF_ORDER("out-of-order"),
    /** After the run's end. */
    ENDED("ended");

    private final String label;

    Rejection(String label) {
        this.label = label;
    }

    /** Name on the wire. */
    public String label() {
        return label;
    }
}
