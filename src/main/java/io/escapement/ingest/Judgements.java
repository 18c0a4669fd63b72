package io.escapement.ingest;

import io.escapement.event.RunEvent;

/** Reads an event of ours with the judgement of a point in it. */
@FunctionalInterface
public interface Judgements {

    /** @throws IllegalArgumentException naming the field, what it holds and what would be valid */
    RunEvent read(String line);
}
