package io.escapement.app;

import io.escapement.experiment.Progress;
import java.io.PrintStream;
import java.time.Duration;

/** A bar on one redrawn line, with the trials done and the time left; nothing without a terminal. Thread-safe. */
final class ExperimentProgress {

    private static final String ERASE = "\r\033[K";
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintStream out;
    private final boolean shown;
    private long drawn = System.nanoTime() - REDRAW_NANOS;

    ExperimentProgress(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    synchronized void show(Progress progress) {
        long now = System.nanoTime();
        if (shown && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            out.print(ERASE + line(progress));
            out.flush();
        }
    }

    /** "[######----] 31 of 100 trials, about 2 min 5 s left". */
    static String line(Progress progress) {
        int filled = progress.total() == 0 ? WIDTH : (int) ((long) WIDTH * progress.done() / progress.total());
        return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + progress.done() + " of "
                + progress.total()
                + " trials"
                + (progress.reused() > 0 ? ", " + progress.reused() + " of them from before" : "")
                + progress.left()
                        .map(left -> ", about " + words(left) + " left")
                        .orElse("");
    }

    static String words(Duration left) {
        long seconds = left.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    synchronized void end() {
        if (shown) {
            out.print(ERASE);
            out.flush();
        }
    }
}
