package io.escapement.ingest;

/** A line that is no event; the message says what it holds and what would be valid. */
public final class BadLine extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Rejection why;

    BadLine(String message) {
        this(Rejection.MALFORMED, message);
    }

    BadLine(Rejection why, String message) {
        // Without a stack trace: bad lines may come by the hundred thousand.
        super(message, null, false, false);
        this.why = why;
    }

    public Rejection why() {
        return why;
    }
}
