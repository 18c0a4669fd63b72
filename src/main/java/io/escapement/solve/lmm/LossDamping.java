package io.escapement.solve.lmm;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Parameterization;

/**
 * λ = c·(h − h*)^{1/p}, p the power with which h grows: an estimate of the distance to the solution ([LMM] configuration 1).
 *
 * @param coefficient c &gt; 0
 * @param growth p, 1 or 2
 */
public record LossDamping(double coefficient, int growth) implements Damping {

    /** [LMM] section 6.2 and its authors' code: 2.5e−3·√h for h = ½‖·‖². */
    private static final double SQUARED = 2.5e-3;

    /** 1e−3·h for ‖·‖₁ in the authors' code and for ‖·‖₂ of tensors; for ‖·‖₁ the paper says 1e−5. */
    private static final double NORM = 1e-3;

    /** 1e−2·‖residual‖ for nonnegative least squares, section 6.1. */
    private static final double SQUARES = 1e-2;

    public LossDamping {
        if (!(coefficient > 0) || Double.isInfinite(coefficient)) {
            throw new IllegalArgumentException("coefficient is " + coefficient + "; a finite number above 0 is needed");
        }
        if (growth != 1 && growth != 2) {
            throw new IllegalArgumentException("growth is " + growth + "; 1 or 2 is needed");
        }
    }

    /** The authors' constant for this kind of problem. */
    public static LossDamping standard(CompositeProblem problem) {
        int growth = problem.growth();
        if (!(problem instanceof FactoredProblem factored)) {
            return new LossDamping(growth == 2 ? Math.sqrt(2) * NORM : NORM, growth);
        }
        Parameterization form = factored.shape().parameterization();
        if (form == Parameterization.HADAMARD || form == Parameterization.SIGNED_HADAMARD) {
            return new LossDamping(growth == 2 ? Math.sqrt(2) * SQUARES : SQUARES, growth);
        }
        return new LossDamping(growth == 2 ? SQUARED : NORM, growth);
    }

    @Override
    public double at(double gap) {
        return coefficient * (growth == 2 ? Math.sqrt(gap) : gap);
    }

    @Override
    public String describe() {
        return "loss:" + coefficient;
    }
}
