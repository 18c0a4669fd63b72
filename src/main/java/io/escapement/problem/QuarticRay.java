package io.escapement.problem;

import io.escapement.linalg.Workspace;
import org.ejml.data.DMatrixRMaj;

/** ½‖·‖² with its penalties on a ray: five coefficients, and the global minimizer in closed form. */
final class QuarticRay extends MeasuredRay {

    private Quartic quartic;

    QuarticRay(FactoredProblem problem, Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        super(problem, at, direction, workspace);
    }

    Quartic quartic() {
        if (quartic == null) {
            Quartic square = square();
            Quartic penalty = problem.penalty(at.x(), direction);
            quartic = new Quartic(
                    at.loss(),
                    slope,
                    square.c2() + penalty.c2(),
                    square.c3() + penalty.c3(),
                    square.c4() + penalty.c4());
        }
        return quartic;
    }

    @Override
    public double change(double s) {
        return quartic().change(s);
    }

    @Override
    public double positiveMinimizer() {
        return quartic().positiveMinimizer();
    }
}
