package io.escapement.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One combination of what an experiment varies.
 *
 * @param labels of the combination, in the order of the paper's table, for example n = 40, escape = none
 * @param recipe of a trial
 */
public record Cell(Map<String, String> labels, Recipe recipe) {

    /** Makes the trial of a seed; called on a thread of its own, where instances may take their time. */
    @FunctionalInterface
    public interface Recipe {
        TrialPlan plan(long seed);
    }

    public Cell {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        Objects.requireNonNull(recipe, "recipe");
    }

    /** "n = 40, escape = none": names the cell within its experiment. */
    public String key() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + " = " + label.getValue())
                .collect(Collectors.joining(", "));
    }
}
