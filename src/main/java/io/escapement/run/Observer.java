package io.escapement.run;

import io.escapement.event.Point3;
import io.escapement.event.Values;
import io.escapement.solve.SolverState;
import java.util.OptionalDouble;

/**
 * Turns states into figures. Knows what the solver must not: the truth, and the plane of the picture.
 *
 * @param <S> the states it reads
 */
public interface Observer<S extends SolverState> {

    /** A run begins; called once, before anything is observed. */
    default void begun() {}

    /** Figures of an iteration. Called once per iteration on the solver's thread. */
    Values observe(S state);

    /**
     * The run is at a state. Called on the solver's thread for every one, those of trials among them, and once more where a state turns out
     * to be a landmark.
     */
    default void visited(Visit visit, S state) {}

    /** The trial of a candidate is over: accepted, or given up. */
    default void settled(long candidate, boolean accepted) {}

    /** Work so far, in gradient evaluations; empty where it is not counted. */
    default OptionalDouble work() {
        return OptionalDouble.empty();
    }

    /** The run goes on from an earlier state: the trap that a trial did not lead out of. */
    default void returned() {}

    /**
     * What it remembers of the states so far, for a checkpoint: plain data, or null where it remembers nothing.
     *
     * @param state the newest, or null before the first
     */
    default Object memory(S state) {
        return null;
    }

    /**
     * Goes on from a memory, in a run that goes on from a checkpoint.
     *
     * @param state the one it was given with, as read from the checkpoint
     */
    default void recall(Object memory, S state) {}

    /** The iterate projected for the picture, or null. */
    Point3 project(S state);

    /** The run ends at this state; called once, before its last event, unless it fails or its stream is cancelled. */
    default void ended(S state) {}
}
