package io.escapement.run.codec;

/** A state that needs more bytes than it may. */
public final class StateTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1;

    StateTooLarge(long bytes) {
        super("the state takes more than " + (bytes >> 20) + " MiB");
    }
}
