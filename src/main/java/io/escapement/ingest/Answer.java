package io.escapement.ingest;

/**
 * What became of the lines of one request.
 *
 * @param accepted events taken
 * @param duplicates events that had come before
 * @param rejected lines that were not taken
 * @param firstBad the first of them, or null
 * @param tooLong whether one was longer than a line may be
 * @param missing events of the whole run whose numbers never came
 * @param attempt newest of the run
 * @param nextSeq number that the next event of that attempt has
 * @param command what somebody wishes that the program does, or null
 */
public record Answer(
        long accepted,
        long duplicates,
        long rejected,
        Bad firstBad,
        boolean tooLong,
        long missing,
        int attempt,
        long nextSeq,
        String command) {

    /**
     * A line that was not taken.
     *
     * @param line from 1, in its request
     * @param error names what it holds and what would be valid
     */
    public record Bad(long line, String error) {}
}
