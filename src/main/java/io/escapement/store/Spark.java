package io.escapement.store;

import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a list shows of a run in a few points: its gradient norm or its loss along its rows, and where in them it escaped. */
final class Spark {

    static final int POINTS = 60;

    private Spark() {}

    /** In at most so many points. Without the contents' monitor. */
    static SparkLine line(RunContents contents, int points) {
        SparkLine line;
        synchronized (contents) {
            line = line(contents.table(), points);
        }
        return new SparkLine(
                line.figure(), line.points().stream().map(Math::log10).toList());
    }

    private static SparkLine line(SeriesTable table, int points) {
        int norm = table.line(Values.GRADIENT_NORM);
        int line = norm < 0 ? table.line(Values.LOSS) : norm;
        if (line < 0) {
            return SparkLine.NONE;
        }
        List<Double> last = new ArrayList<>();
        int drawn = Math.min(points, table.rows);
        for (int i = 0; i < drawn; i++) {
            int row = (int) ((long) (i + 1) * table.rows / drawn) - 1;
            last.add(table.has(line, row) ? table.lines[line].last[row] : Double.NaN);
        }
        return new SparkLine(norm < 0 ? Values.LOSS : Values.GRADIENT_NORM, last);
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
