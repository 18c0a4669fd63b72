package io.escapement.experiment;

import java.util.Collection;

/** The middle of a sample; the mean of the middle two where its size is even. */
final class Median {

    private Median() {}

    /** NaN of nothing. */
    static double of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
