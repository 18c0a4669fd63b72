package io.escapement.event;

import java.util.Objects;

/**
 * What a stationary point is (mathematics.md, section 2). Figures only; the eigenvectors stay with the judge.
 *
 * <p>λₘᵢₙ(G) is the smallest eigenvalue of the gradient matrix G = ∇f(XXᵀ), λₘᵢₙ(∇²h) that of the Hessian on factors.
 */
public sealed interface PointVerdict {

    /** Name on the wire. */
    String label();

    /** Name as people say it. */
    String title();

    /** The verdict with its reason, one sentence with a full stop. */
    String sentence();

    /** Whether this is a trap: a point that is not the global minimum for a reason that is known. */
    default boolean trap() {
        return false;
    }

    /**
     * λₘᵢₙ(G) ≥ −tolerance at a stationary point: the optimality condition of the convex problem over M ⪰ 0, so no
     * M ⪰ 0 with trace at most {@code traceBound} has an objective lower by more than {@code gap}. Where a problem has no such
     * counterpart, a loss of almost 0 that is never negative is the one certificate: {@link #lowestLoss}.
     *
     * @param lambdaMin λₘᵢₙ(G); NaN where the problem has no gradient matrix
     * @param tolerance how negative it may be, absolute
     * @param gap bound on f(XXᵀ) − inf f by weak duality
     * @param traceBound τ_tr of the bound
     * @param traceSource where τ_tr comes from
     */
    record GlobalMinimum(double lambdaMin, double tolerance, double gap, double traceBound, String traceSource)
            implements PointVerdict {
        public GlobalMinimum {
            Objects.requireNonNull(traceSource, "traceSource");
        }

        /**
         * Of a problem whose loss is never negative.
         *
         * @param loss h(x)
         * @param tolerance what it is at most, absolute
         */
        public static GlobalMinimum lowestLoss(double loss, double tolerance) {
            return new GlobalMinimum(Double.NaN, tolerance, loss, Double.POSITIVE_INFINITY, "no loss is below 0");
        }

        @Override
        public String label() {
            return "global-minimum";
        }

        @Override
        public String title() {
            return "Global minimum";
        }

        @Override
        public String sentence() {
            if (Double.isNaN(lambdaMin)) {
                return "Global minimum: the loss is " + Figures.of(gap) + ", at most " + Figures.of(tolerance)
                        + ", and no point has one below 0.";
            }
            return "Global minimum, certified: λₘᵢₙ of the gradient matrix is " + Figures.of(lambdaMin)
                    + ", at least −" + Figures.of(tolerance) + ", so no M ⪰ 0 with trace up to "
                    + Figures.of(traceBound) + " (" + traceSource + ") has an objective lower by more than "
                    + Figures.of(gap) + ".";
        }
    }

    /**
     * λₘᵢₙ(∇²h) below −{@code threshold}: a direction of descent exists next to the point.
     *
     * @param lambdaMin λₘᵢₙ(G); NaN where the problem has no gradient matrix
     */
    record StrictSaddle(double hessianLambdaMin, double threshold, double lambdaMin, double gap)
            implements PointVerdict {
        @Override
        public String label() {
            return "strict-saddle";
        }

        @Override
        public String title() {
            return "Strict saddle";
        }

        @Override
        public boolean trap() {
            return true;
        }

        @Override
        public String sentence() {
            return "Strict saddle: the gradient vanishes, but the Hessian's smallest eigenvalue is "
                    + Figures.of(hessianLambdaMin) + ", below −" + Figures.of(threshold)
                    + ", so there is a way down right beside it; the optimum is at most " + Figures.of(gap)
                    + " lower.";
        }
    }

    /** λₘᵢₙ(∇²h) ≥ −threshold but λₘᵢₙ(G) below −{@code tolerance}: a local minimum that is not certified global. */
    record SpuriousMinimum(double hessianLambdaMin, double threshold, double lambdaMin, double tolerance, double gap)
            implements PointVerdict {
        @Override
        public String label() {
            return "spurious-minimum";
        }

        @Override
        public String title() {
            return "Spurious minimum";
        }

        @Override
        public boolean trap() {
            return true;
        }

        @Override
        public String sentence() {
            return "Spurious minimum: no way down nearby (smallest Hessian eigenvalue "
                    + Figures.of(hessianLambdaMin) + "), yet λₘᵢₙ of the gradient matrix is "
                    + Figures.of(lambdaMin) + ", below −" + Figures.of(tolerance)
                    + ", so it fails the test of a global minimum; the optimum is at most " + Figures.of(gap)
                    + " lower.";
        }
    }

    /** The point cannot be classified, or was not judged. */
    record Undecided(String why) implements PointVerdict {
        public Undecided {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public String label() {
            return "undecided";
        }

        @Override
        public String title() {
            return "Undecided";
        }

        @Override
        public String sentence() {
            return "Undecided: " + why + ".";
        }
    }
}
