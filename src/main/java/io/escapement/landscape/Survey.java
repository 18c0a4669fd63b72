package io.escapement.landscape;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.LowSpectrum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.Hessian;
import io.escapement.problem.HessianMatrix;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * A point as far as it was looked at: evaluated, and the eigenpairs of G and ∇²h that anybody has asked for. The judge asks first, and
 * its {@link Judgement} hands the survey on to the mechanisms that are to leave the point, so that nothing is computed twice. To whom it
 * is shown it does not change: a pair that was not known yet is computed, and then is known ({@link LowSpectrum}).
 */
public final class Survey {

    private final CompositeProblem problem;
    private final Evaluation at;
    private final LowSpectrum gradientMatrix;
    private final LowSpectrum hessian;

    private Survey(CompositeProblem problem, Evaluation at, LowSpectrum gradientMatrix, LowSpectrum hessian) {
        this.problem = Objects.requireNonNull(problem, "problem");
        this.at = Objects.requireNonNull(at, "at");
        this.gradientMatrix = gradientMatrix;
        this.hessian = Objects.requireNonNull(hessian, "hessian");
    }

    /** Of a point that nothing else is known of. */
    public static Survey of(CompositeProblem problem, DMatrixRMaj x) {
        Evaluation at = problem.evaluate(x);
        if (problem instanceof FactoredProblem factored) {
            LowSpectrum g = new LowSpectrum(GradientMatrix.at(factored, at));
            return new Survey(problem, at, g, new LowSpectrum(new HessianMatrix(factored, at, g::matrix)));
        }
        return new Survey(problem, at, null, new LowSpectrum(new Hessian(problem, at)));
    }

    public Evaluation at() {
        return at;
    }

    /** Whether loss and gradient are finite: nothing else can be asked otherwise. */
    public boolean finite() {
        return Double.isFinite(at.loss()) && Double.isFinite(at.gradientNorm());
    }

    /** Whether it is of this problem, the same object, and of this point. */
    public boolean isOf(CompositeProblem other, DMatrixRMaj x) {
        return problem == other
                && at.x().numRows == x.numRows
                && at.x().numCols == x.numCols
                && Arrays.equals(at.x().data, 0, x.getNumElements(), x.data, 0, x.getNumElements());
    }

    /**
     * The k smallest eigenpairs of the gradient matrix G.
     *
     * @param stop whether to break off, by a {@code CancellationException}
     * @throws IllegalStateException where the problem has no G
     */
    public Eigenpairs gradientMatrix(EigenSolver eigen, int k, BooleanSupplier stop) {
        if (gradientMatrix == null) {
            throw new IllegalStateException("the problem is no function of XXᵀ, so it has no gradient matrix");
        }
        return gradientMatrix.smallest(eigen, k, stop);
    }

    /** The smallest eigenpair of ∇²h where somebody has asked for it, its vector vec(D) row by row; computes nothing. */
    public Optional<Eigenpair> knownCurvature() {
        return hessian.known();
    }

    /** The k smallest eigenpairs of ∇²h. */
    public Eigenpairs hessian(EigenSolver eigen, int k, BooleanSupplier stop) {
        return hessian.smallest(eigen, k, stop);
    }
}
