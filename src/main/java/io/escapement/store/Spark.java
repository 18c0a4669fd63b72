package io.escapement.store;

import io.escapement.event.Values;
import java.util.Arrays;
import java.util.List;

/** The few points in which a list shows a run: its gradient norm along its rows, and where in them it escaped. */
final class Spark {

    static final int POINTS = 60;

    private Spark() {}

    /** log₁₀ of gradient norms, at most so many; NaN where there is none. Without the contents' monitor. */
    static double[] norms(RunContents contents, int points) {
        double[] norms;
        synchronized (contents) {
            norms = norms(contents.table(), points);
        }
        for (int i = 0; i < norms.length; i++) {
            norms[i] = Math.log10(norms[i]);
        }
        return norms;
    }

    private static double[] norms(SeriesTable table, int points) {
        int line = table.line(Values.GRADIENT_NORM);
        double[] norms = new double[line < 0 ? 0 : Math.min(points, table.rows)];
        for (int i = 0; i < norms.length; i++) {
            int row = (int) ((long) (i + 1) * table.rows / norms.length) - 1;
            norms[i] = table.has(line, row) ? table.lines[line].last[row] : Double.NaN;
        }
        return norms;
    }

    /** Positions of the escapes in it, each once, ascending. Without the contents' monitor. */
    static List<Integer> escapes(RunContents contents, int points) {
        synchronized (contents) {
            SeriesTable table = contents.table();
            int drawn = Math.min(points, table.rows);
            return drawn == 0
                    ? List.of()
                    : Arrays.stream(contents.escapes().iterations())
                            .mapToInt(iteration -> Math.min(table.rowFrom(iteration), table.rows - 1))
                            .map(row -> (int) ((long) row * drawn / table.rows))
                            .distinct()
                            .boxed()
                            .toList();
        }
    }
}
