package io.escapement.run.codec;

/** Bytes that are no state of this program's; the message says what is wrong with them. */
public final class MalformedState extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MalformedState(String message) {
        super(message);
    }

    MalformedState(String message, Throwable cause) {
        super(message, cause);
    }
}
