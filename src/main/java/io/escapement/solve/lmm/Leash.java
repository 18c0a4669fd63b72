package io.escapement.solve.lmm;

/**
 * What keeps Polyak's step from running away where h* is not attained nearby: at a spurious minimum it grows without bound as the
 * gradient vanishes. A step that raises h − h* by more than a factor is not taken; it is an iteration that only lowers a ceiling
 * under which the next ones stay, and which rises again with each that is taken.
 *
 * <p>The factor is {@value #RISE} for a norm and its square for a square, generous because the method is at its best when it is not monotone:
 * allowing no rise doubled its iterations on ½‖·‖² (d = 30: 79 to 182). Where {@value #PATIENCE} iterations did not lower h − h* by a tenth it is
 * 1 instead, so that a run that is going nowhere comes to rest at the bottom of where it is, and can be judged.
 *
 * @param ceiling of the next step; infinite until one failed
 * @param best h − h* when it had last fallen by a tenth
 * @param since iterations since then
 */
record Leash(double ceiling, double best, int since) {

    private static final double RISE = 2;
    private static final int PATIENCE = 40;
    private static final double PROGRESS = 0.9;

    /** Of the ceiling, after a step that was taken. */
    private static final double GROWTH = 2;

    /** Of a step, for the ceiling after it failed. */
    private static final double LEAST = 0.01;

    static Leash loose() {
        return new Leash(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
    }

    /** The largest h − h* that may follow this one. */
    double most(double gap, int growth) {
        return since > PATIENCE ? gap : Math.pow(RISE, growth) * gap;
    }

    Leash taken(double gap) {
        boolean progress = gap < PROGRESS * best;
        return new Leash(GROWTH * ceiling, progress ? gap : best, progress ? 0 : since + 1);
    }

    /** The ceiling then is the minimizer of the parabola through slope and rise, below s/2, but not too far below. */
    Leash failed(double s, double slope, double rise) {
        double minimizer = -slope * s * s / (2 * (rise - slope * s));
        return new Leash(Math.max(LEAST * s, minimizer), best, since + 1);
    }
}
