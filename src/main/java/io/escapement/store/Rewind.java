package io.escapement.store;

/**
 * That a later attempt rewrites a series.
 *
 * @param from first iteration that is rewritten
 * @param index in the log of the event from which on it is: rows that were changed before it go
 */
public record Rewind(long from, long index) {

    /** Whether a row holds no longer. */
    boolean takes(long iteration, long changed) {
        return iteration >= from && changed < index;
    }
}
