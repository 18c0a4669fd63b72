package io.escapement.store;

/**
 * A copy of a range of a log's rows, made in chunks of a few microseconds between which the writer goes on; and where it moves rows
 * every time, in one piece.
 */
final class RowCopy {

    /** Rows copied while the writer waits. */
    private static final int CHUNK = 256;

    /** Copies in chunks that a writer may spoil, before one is made in a single piece. */
    private static final int TRIES = 4;

    private final RunContents contents;
    private final SeriesTable table;
    private final int start;
    private final int end;
    private final long reshaped;
    private final SeriesTable.Shape shape;
    private final SeriesTable inOnePiece;

    /**
     * With the contents' monitor held.
     *
     * @param attempt from 1
     */
    RowCopy(RunContents contents, int start, int end, int attempt) {
        this.contents = contents;
        this.start = start;
        this.end = Math.max(start, end);
        table = contents.table();
        reshaped = contents.reshaped();
        shape = table.shape();
        inOnePiece = attempt < TRIES ? null : new SeriesTable(shape, this.end - start);
        if (inOnePiece != null) {
            inOnePiece.appendRange(table, start, this.end);
        }
    }

    /** Without the monitor. Null if the writer moved rows meanwhile: then once more. */
    SeriesTable rows() {
        if (inOnePiece != null) {
            return inOnePiece;
        }
        SeriesTable copy = new SeriesTable(shape, end - start);
        for (int chunk = start; chunk < end; chunk += CHUNK) {
            synchronized (contents) {
                if (contents.reshaped() != reshaped) {
                    return null;
                }
                copy.appendRange(table, chunk, Math.min(chunk + CHUNK, end));
            }
        }
        return copy;
    }
}
