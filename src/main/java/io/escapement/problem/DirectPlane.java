package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import org.ejml.data.DMatrixRMaj;

/** h on a plane, evaluated afresh at each point. */
record DirectPlane(CompositeProblem problem, DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) implements PlaneLoss {

    @Override
    public double at(double alpha, double beta) {
        DMatrixRMaj x = new DMatrixRMaj(x0.numRows, x0.numCols);
        Frobenius.add(x0, alpha, u, x);
        Frobenius.add(x, beta, v, x);
        return problem.evaluate(x).loss();
    }

    @Override
    public String method() {
        return "direct";
    }

    @Override
    public long size() {
        return 3L * x0.getNumElements();
    }
}
