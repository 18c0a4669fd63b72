package io.escapement.store;

import io.escapement.event.RunHeader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a list of runs tells of one: a live run's log, or what a store keeps at hand of an earlier one. */
public interface Listed {

    RunHeader header();

    RunStatus status();

    /** Whether it has given its verdict, or its process is gone; cheaper than the status. */
    default boolean ended() {
        return status().ended();
    }

    /** When a store last wrote of it, by this machine's clock; empty of a run in memory. */
    default Optional<Instant> written() {
        return Optional.empty();
    }

    /** Index of the newest event, counting from 0; −1 before the first. */
    long last();

    /** The run in at most {@code points} points. */
    SparkLine spark(int points);

    /** Positions in {@link #spark} at which an escape was accepted, each once, ascending. */
    List<Integer> sparkEscapes(int points);

    /** Whether the status may change though no event comes. */
    default boolean ages() {
        return false;
    }
}
