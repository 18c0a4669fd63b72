package io.escapement.experiment;

/**
 * A figure of ours.
 *
 * @param value or null where it is not known
 * @param low end of the 95 % interval, or null where there is none
 * @param high the other end
 */
public record Estimate(Double value, Double low, Double high) {

    public static Estimate of(double value) {
        return new Estimate(Double.isNaN(value) ? null : value, null, null);
    }

    public static Estimate of(Proportion proportion) {
        return new Estimate(proportion.rate(), proportion.low(), proportion.high());
    }

    public static Estimate unknown() {
        return new Estimate(null, null, null);
    }
}
