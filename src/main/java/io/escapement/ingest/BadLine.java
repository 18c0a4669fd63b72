package io.escapement.ingest;

/** A line that is no event; the message says what it holds and what would be valid. */
public final class BadLine extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadLine(String message) {
        super(message);
    }
}
