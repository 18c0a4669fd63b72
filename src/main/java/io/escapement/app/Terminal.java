package io.escapement.app;

/** What is known of the terminal. */
final class Terminal {

    private Terminal() {}

    /** Whether a line may be redrawn: there is a terminal, and it is not a dumb one. */
    static boolean interactive() {
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }
}
