package io.escapement.sensing;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.GroundTruth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A problem to run, with what is known about it.
 *
 * @param <P> its class of problems
 * @param name as on the command line
 * @param description model, sizes and settings in words
 * @param truth for observers and reports only
 * @param figures of the instance, in a fixed order, for example {@code observed} and {@code sampleRatio}
 */
public record Instance<P extends CompositeProblem>(
        String name, String description, P problem, Optional<GroundTruth> truth, Map<String, Double> figures) {

    public Instance {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(truth, "truth");
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
