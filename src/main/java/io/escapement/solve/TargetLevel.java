package io.escapement.solve;

/**
 * h* unknown: the level min_{j≤k} h(x_j) − δ_k in its place, never below inf ℓ (Nedić and Bertsekas 2001, SIAM J. Optim. 12, eq. 2.9
 * and 2.10, without a least δ). δ grows by {@value #GROW} where a step reached the level and shrinks by {@value #SHRINK} where it
 * did not; the first is half of the first loss. As δ ends at 0, a run may end above h*: that is the price of not knowing it.
 *
 * <p>A record of what was seen: {@link #unseen} has seen nothing.
 *
 * @param best lowest h − inf ℓ so far; infinite where none was seen
 * @param delta δ, how far below the best it aims; NaN where none was seen
 */
public record TargetLevel(double best, double delta) implements OptimalValue {

    private static final double GROW = 2;
    private static final double SHRINK = 0.9;

    /** Of the first loss. */
    private static final double FIRST = 0.5;

    public static TargetLevel unseen() {
        return new TargetLevel(Double.POSITIVE_INFINITY, Double.NaN);
    }

    @Override
    public double gap(double loss, double aboveInfimum) {
        return aboveInfimum - after(aboveInfimum).level();
    }

    /** Above inf ℓ. */
    private double level() {
        return Math.max(0, best - delta);
    }

    @Override
    public TargetLevel after(double aboveInfimum) {
        if (Double.isInfinite(best)) {
            return new TargetLevel(aboveInfimum, FIRST * aboveInfimum);
        }
        double lower = Math.min(best, aboveInfimum);
        return new TargetLevel(lower, (aboveInfimum <= level() ? GROW : SHRINK) * delta);
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public String describe() {
        return ":adaptive";
    }
}
