package io.escapement.ingest;

import java.util.EnumMap;
import java.util.Map;

/** Counts the lines of one request. Not thread-safe. */
final class Tally {

    private final Map<Rejection, Long> fresh = new EnumMap<>(Rejection.class);
    private long lines;
    private long accepted;
    private long duplicates;
    private long rejected;
    private Answer.Bad firstBad;
    private boolean tooLong;

    /** Accepted ones that the ledger knows. */
    private long told;

    private long toldDuplicates;

    /** Another line, whatever it is. */
    void line() {
        lines++;
    }

    void accept() {
        accepted++;
    }

    void duplicate() {
        duplicates++;
    }

    void reject(Rejection why, String error) {
        rejected++;
        firstBad = firstBad == null ? new Answer.Bad(lines, error) : firstBad;
        tooLong |= why == Rejection.TOO_LONG;
        fresh.merge(why, 1L, Long::sum);
    }

    /** Tells the ledger of what is new. */
    void report(ExternalRun.Ledger ledger) {
        if (accepted > told) {
            ledger.ingested(accepted - told);
            told = accepted;
        }
        if (duplicates > toldDuplicates) {
            ledger.repeated(duplicates - toldDuplicates);
            toldDuplicates = duplicates;
        }
        fresh.forEach(ledger::rejected);
        fresh.clear();
    }

    Answer answer(long missing, int attempt, long nextSeq, String command) {
        return new Answer(accepted, duplicates, rejected, firstBad, tooLong, missing, attempt, nextSeq, command);
    }
}
