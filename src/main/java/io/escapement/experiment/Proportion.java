package io.escapement.experiment;

/**
 * Successes among trials, with Wilson's 95 % interval (Wilson 1927): with z = 1.96 and p = k/N,
 * (p + z²/2N ± z√(p(1−p)/N + z²/4N²)) / (1 + z²/N).
 */
public record Proportion(int successes, int trials) {

    private static final double Z = 1.959963984540054;

    public Proportion {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes are " + successes + " of " + trials + " trials; 0 to all of at least one are possible");
        }
    }

    public double rate() {
        return successes / (double) trials;
    }

    public double low() {
        return successes == 0 ? 0 : Math.max(0, centre() - half());
    }

    public double high() {
        return successes == trials ? 1 : Math.min(1, centre() + half());
    }

    private double centre() {
        return (rate() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double half() {
        double p = rate();
        return Z * Math.sqrt(p * (1 - p) / trials + Z * Z / (4.0 * trials * trials)) / (1 + Z * Z / trials);
    }
}
