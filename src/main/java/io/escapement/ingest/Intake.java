package io.escapement.ingest;

/**
 * One request that brings lines for a run. Lines are taken as soon as they are whole; where the request breaks off, those
 * before are taken, and the piece of a line after them is not. One thread at a time.
 */
public final class Intake {

    /** Bytes of a line, at most. */
    public static final int LINE_LIMIT = 1 << 20;

    private final ExternalRun run;
    private final Tally tally = new Tally();
    private final LineSplitter splitter;

    /** Null where the lines are not compressed. */
    private final Gunzip gunzip;

    private long bytes;
    private long lines;
    private Answer answer;

    /** @param compressed whether the bytes are in the gzip format */
    public Intake(ExternalRun run, boolean compressed) {
        this(run, compressed, LINE_LIMIT);
    }

    Intake(ExternalRun run, boolean compressed, int lineLimit) {
        this.run = run;
        splitter = new LineSplitter(lineLimit, new LineSplitter.Lines() {
            @Override
            public void line(byte[] line, int from, int to) {
                tally.line();
                if (!blank(line, from, to)) {
                    run.line(line, from, to, tally);
                }
            }

            @Override
            public void tooLong() {
                tally.line();
                tally.reject(
                        Rejection.TOO_LONG,
                        "the line is longer than " + lineLimit + " bytes; at most that would be valid");
            }
        });
        gunzip = compressed ? new Gunzip() : null;
    }

    /** Takes a piece of any length. Does nothing after the end. */
    public void take(byte[] piece) {
        synchronized (run) {
            if (answer != null) {
                return;
            }
            if (gunzip == null) {
                bytes += piece.length;
                splitter.take(piece, 0, piece.length);
            } else {
                gunzip.take(piece, (buffer, length) -> {
                    bytes += length;
                    splitter.take(buffer, 0, length);
                });
            }
        }
        lines = tally.lines();
        tally.report(run.ledger());
    }

    /** Bytes of lines so far, not compressed. */
    public long bytes() {
        return bytes;
    }

    /** Whole lines so far, whatever became of them. */
    public long lines() {
        return lines;
    }

    /** Events taken so far, each counted once. To be asked between pieces. */
    public long accepted() {
        return tally.accepted();
    }

    /** The request has ended as it should; what came last is a line though no line end came. */
    public Answer end() {
        return close(gunzip == null || gunzip.whole());
    }

    /** The request broke off, so what came last may be a piece of a line. */
    public Answer cut() {
        return close(false);
    }

    private Answer close(boolean whole) {
        synchronized (run) {
            if (answer == null) {
                if (whole) {
                    splitter.finish();
                } else if (gunzip != null && gunzip.broken()) {
                    tally.line();
                    tally.reject(Rejection.MALFORMED, "the gzip format is broken: " + gunzip.trouble());
                }
                if (gunzip != null) {
                    gunzip.close();
                }
                answer = run.answer(tally);
            }
        }
        tally.report(run.ledger());
        return answer;
    }

    private static boolean blank(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] != ' ' && line[i] != '\r' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
