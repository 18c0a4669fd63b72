package io.escapement.app;

import java.io.PrintStream;
import java.time.Duration;

/** How far trials have come and how long the rest will take, on one redrawn line. Thread-safe. */
final class ProgressLine {

    private static final String ERASE = "\r\033[K";

    private final PrintStream out;
    private final int total;
    private final boolean shown;
    private final long began = System.nanoTime();
    private int done;

    ProgressLine(PrintStream out, int total, boolean shown) {
        this.out = out;
        this.total = total;
        this.shown = shown;
    }

    synchronized void advance() {
        done++;
        if (shown) {
            Duration left = Duration.ofNanos((System.nanoTime() - began) / done * (total - done));
            out.print(ERASE + done + " of " + total + " trials, about " + left.toSeconds() + " s left");
            out.flush();
        }
    }

    synchronized void end() {
        if (shown) {
            out.print(ERASE);
            out.flush();
        }
    }
}
