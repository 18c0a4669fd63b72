package io.escapement.app;

/** A run cannot be taken up again; the message says why, to be read after the run's name, and what would help. */
final class CannotResume extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotResume(String message) {
        super(message);
    }
}
