package io.escapement.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Something to be drawn, as numbers. Null is an unknown number everywhere. The fields are those of the JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Bars.class, name = "bars"),
    @JsonSubTypes.Type(value = Figure.Curves.class, name = "curves"),
    @JsonSubTypes.Type(value = Figure.HeatMap.class, name = "heatmap"),
    @JsonSubTypes.Type(value = Figure.Path.class, name = "path"),
    @JsonSubTypes.Type(value = Figure.Scatter.class, name = "scatter"),
    @JsonSubTypes.Type(value = Figure.Table.class, name = "table")
})
public sealed interface Figure {

    String title();

    /**
     * @param title with what is measured
     * @param unit or null
     * @param scale "linear" or "log"
     */
    record Axis(String title, String unit, String scale) {
        public static Axis linear(String title) {
            return new Axis(title, null, "linear");
        }

        public static Axis log(String title) {
            return new Axis(title, null, "log");
        }
    }

    /** Groups of bars: every series has one value per group. */
    record Bars(String title, Axis x, Axis y, List<String> groups, List<BarSeries> series) implements Figure {
        public Bars {
            groups = List.copyOf(groups);
            series = List.copyOf(series);
        }
    }

    /** @param paper whether these are the paper's figures and not ours */
    record BarSeries(String name, boolean paper, List<Estimate> values) {
        public BarSeries {
            values = List.copyOf(values);
        }
    }

    /** Lines over one pair of axes. */
    record Curves(String title, Axis x, Axis y, List<Curve> series) implements Figure {
        public Curves {
            series = List.copyOf(series);
        }
    }

    /** A value for each pair: {@code values.get(j).get(i)} belongs to columns[i] and rows[j]. */
    record HeatMap(
            String title,
            String columnTitle,
            List<String> columns,
            String rowTitle,
            List<String> rows,
            String valueTitle,
            List<List<Double>> values)
            implements Figure {
        public HeatMap {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            values = values.stream().map(Nulls::list).toList();
        }
    }

    /** Lines in space; {@code points} are triples. */
    record Path(String title, List<String> axes, List<PathSeries> series) implements Figure {
        public Path {
            axes = List.copyOf(axes);
            series = List.copyOf(series);
        }
    }

    record PathSeries(String name, List<List<Double>> points) {
        public PathSeries {
            points = List.copyOf(points);
        }
    }

    /** Points over one pair of axes, and straight lines through them. */
    record Scatter(String title, Axis x, Axis y, List<Points> series, List<Line> lines) implements Figure {
        public Scatter {
            series = List.copyOf(series);
            lines = List.copyOf(lines);
        }
    }

    /** As many x as y, in no order. */
    record Points(String name, List<Double> x, List<Double> y) {
        public Points {
            x = List.copyOf(x);
            y = List.copyOf(y);
            if (x.size() != y.size()) {
                throw new IllegalArgumentException(
                        "points " + name + " have " + x.size() + " x and " + y.size() + " y; as many are needed");
            }
        }
    }

    /**
     * y = intercept + slope·x.
     *
     * @param paper whether it is the paper's and not ours
     * @param slope with its interval, where it was fitted
     */
    record Line(String name, boolean paper, double intercept, Estimate slope) {}

    /** Rows of texts and numbers, as many in each as there are columns. */
    record Table(String title, List<String> columns, List<List<Object>> rows) implements Figure {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(Nulls::list).toList();
        }
    }
}
