package io.escapement.store;

/**
 * What a status does not say that is made from events alone: what the passing of time tells, and the run as a whole. Asked
 * by any thread, and often.
 */
public interface Outlook {

    /** Of runs whose events tell all. */
    Outlook NONE = status -> status;

    /** The status as of now. Its text changes only now and then while no event comes. */
    RunStatus now(RunStatus told);
}
