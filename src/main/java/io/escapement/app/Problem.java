package io.escapement.app;

/** Something in the surroundings that keeps a command from working, and what can be done about it. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    Problem(String message, Throwable cause) {
        super(message, cause);
    }
}
