package io.escapement.store;

import io.escapement.event.Values;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The few points in which a list shows a run.
 *
 * @param figure that they are of: the gradient norm, or the loss of a run whose iterations have no gradient norm
 * @param points log₁₀ of it along the run, NaN where there is none
 */
public record SparkLine(String figure, List<Double> points) {

    public static final SparkLine NONE = new SparkLine(Values.GRADIENT_NORM, List.of());

    public SparkLine {
        Objects.requireNonNull(figure, "figure");
        points = List.copyOf(points);
    }

    /** At most so many of the points, the last among them. */
    public SparkLine thinned(int most) {
        int drawn = Math.min(most, points.size());
        return new SparkLine(
                figure,
                IntStream.rangeClosed(1, drawn)
                        .mapToObj(i -> points.get((int) ((long) i * points.size() / drawn) - 1))
                        .toList());
    }
}
