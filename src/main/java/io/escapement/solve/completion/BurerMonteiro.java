package io.escapement.solve.completion;

import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Solver;
import org.ejml.data.DMatrixRMaj;

/**
 * The Burer–Monteiro baseline of [EMC]: gradient descent on the factor with one step size throughout, X ← X − η·G(X)X.
 *
 * @param rate η &gt; 0 as the papers count it, along G(X)X; along ∇h = 2G(X)X it is half of that
 */
public record BurerMonteiro(double rate) implements Solver<CompositeProblem, GradientDescent.State> {

    /** [EMC]'s learning rate. */
    public static final double PAPER = 2e-2;

    public BurerMonteiro {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate is " + rate + "; a finite number above 0 is needed");
        }
    }

    private GradientDescent descent() {
        return new GradientDescent(new FixedStep(0.5 * rate));
    }

    @Override
    public String name() {
        return "bm";
    }

    @Override
    public String describe() {
        return "Burer–Monteiro, gradient descent on the factor, learning rate " + rate;
    }

    @Override
    public GradientDescent.State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        return descent().start(problem, x0, workspace);
    }

    @Override
    public GradientDescent.State step(CompositeProblem problem, GradientDescent.State state, Workspace workspace) {
        return descent().step(problem, state, workspace);
    }
}
