package io.escapement.experiment;

import java.util.List;
import java.util.Objects;

/** A figure of a run against its iterations: x ascending, as many y. */
public record Curve(String name, List<Double> x, List<Double> y) {
    public Curve {
        Objects.requireNonNull(name, "name");
        x = List.copyOf(x);
        y = List.copyOf(y);
        if (x.size() != y.size()) {
            throw new IllegalArgumentException(
                    "curve " + name + " has " + x.size() + " x and " + y.size() + " y; as many are needed");
        }
    }
}
