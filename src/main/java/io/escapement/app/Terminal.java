package io.escapement.app;

import java.io.Console;

/** What is known of the terminal. */
final class Terminal {

    private Terminal() {}

    /** Whether a line may be redrawn: there is a terminal, and it is not a dumb one. */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on a console may be no terminal: asked below
    static boolean interactive() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
