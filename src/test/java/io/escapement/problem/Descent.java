package io.escapement.problem;

import io.escapement.linalg.Workspace;
import org.ejml.data.DMatrixRMaj;

/** Gradient descent with exact steps, to bring a test's point to rest. */
public final class Descent {

    private Descent() {}

    /** Ends at a gradient norm of 1e−10·f(0)^¾, after 3000 steps, or where no step lowers the loss. */
    public static Evaluation to(FactoredProblem problem, DMatrixRMaj start) {
        Workspace workspace = new Workspace();
        double tolerance = 1e-10 * Math.pow(problem.lossAtZero(), 0.75);
        Evaluation at = problem.evaluate(start);
        for (int i = 0; i < 3_000 && at.gradientNorm() > tolerance; i++) {
            DMatrixRMaj direction = at.gradient().copy();
            for (int j = 0; j < direction.getNumElements(); j++) {
                direction.data[j] = -direction.data[j];
            }
            Ray ray = problem.ray(at, direction, workspace);
            double s = ray.positiveMinimizer();
            if (!(s > 0)) {
                break;
            }
            at = ray.evaluate(s);
        }
        return at;
    }
}
