package io.escapement.app;

/** Something in the surroundings that keeps a command from working, and what can be done about it. */
final class SetupProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    SetupProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
