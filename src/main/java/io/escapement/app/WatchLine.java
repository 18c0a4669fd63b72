package io.escapement.app;

import io.escapement.event.RunEvent;
import io.escapement.event.Values;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A live line in the terminal, redrawn ten times a second at most; landmarks get lines of their own. Without a terminal only
 * the landmarks are written.
 */
final class WatchLine {

    private static final double REDRAW_SECONDS = 0.1;
    private static final String ERASE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private double drawn = Double.NEGATIVE_INFINITY;

    WatchLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void accept(RunEvent event) {
        double now = event.stamp().elapsedSeconds();
        if (event instanceof RunEvent.Iteration iteration) {
            if (terminal && now - drawn >= REDRAW_SECONDS) {
                drawn = now;
                out.print(ERASE + line(iteration));
                out.flush();
            }
            return;
        }
        String text = text(event);
        if (text != null) {
            out.println((terminal ? ERASE : "") + String.format(Locale.ROOT, "%8.2f s  ", now) + text);
        }
    }

    private static String line(RunEvent.Iteration event) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(
                Locale.ROOT,
                "%8.2f s  %d",
                event.stamp().elapsedSeconds(),
                event.stamp().iteration()));
        for (String name : new String[] {Values.LOSS, Values.GRADIENT_NORM, Values.DISTANCE}) {
            event.values().get(name).ifPresent(v -> line.append(String.format(Locale.ROOT, "  %s %.4g", name, v)));
        }
        return line.toString();
    }

    private static String text(RunEvent event) {
        if (event instanceof RunEvent.PhaseChange change) {
            return change.detail();
        }
        if (event instanceof RunEvent.Stationary stationary) {
            return stationary.verdict().sentence();
        }
        if (event instanceof RunEvent.Escape escape) {
            return "escape " + escape.outcome().label() + " (" + escape.mechanism() + "): " + escape.detail();
        }
        if (event instanceof RunEvent.Message message) {
            return message.text();
        }
        return null;
    }
}
