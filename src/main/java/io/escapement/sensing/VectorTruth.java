package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.Parameterization;
import org.ejml.data.DMatrixRMaj;

/**
 * A true vector θ* of a {@code hadamard} or {@code signed-hadamard} problem. The factor is its square root, with the positive
 * entries above and the negative ones below; the distance is that of vectors, ‖θ(x) − θ*‖₂, whatever the signs in x.
 */
public final class VectorTruth implements GroundTruth {

    private final double[] theta;
    private final FactorShape shape;
    private final DMatrixRMaj factor;

    /**
     * @param theta θ*, d numbers; copied
     * @param shape hadamard or signed-hadamard of d entries
     * @throws IllegalArgumentException if the shape does not fit or an entry cannot be a square
     */
    public VectorTruth(double[] theta, FactorShape shape) {
        boolean signed = shape.parameterization() == Parameterization.SIGNED_HADAMARD;
        if ((!signed && shape.parameterization() != Parameterization.HADAMARD) || theta.length != shape.imageRows()) {
            throw new IllegalArgumentException("a vector of " + theta.length + " entries cannot be the truth of a "
                    + shape.parameterization().label() + " problem of " + shape.imageRows()
                    + "; hadamard or signed-hadamard and the same number are needed");
        }
        this.theta = theta.clone();
        this.shape = shape;
        this.factor = new DMatrixRMaj(shape.rows(), 1);
        for (int i = 0; i < theta.length; i++) {
            if (!Double.isFinite(theta[i]) || (theta[i] < 0 && !signed)) {
                throw new IllegalArgumentException("entry " + i + " of the truth is " + theta[i] + "; a finite number"
                        + (signed ? "" : " of at least 0") + " is needed");
            }
            factor.data[theta[i] < 0 ? theta.length + i : i] = Math.sqrt(Math.abs(theta[i]));
        }
    }

    @Override
    public DMatrixRMaj factor() {
        return factor;
    }

    @Override
    public double distance(DMatrixRMaj x) {
        if (x.numRows != shape.rows()) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows; the truth's factor has " + shape.rows());
        }
        double square = 0;
        for (int i = 0; i < theta.length; i++) {
            double difference = squares(x, i) - theta[i];
            if (shape.split() > 0) {
                difference -= squares(x, theta.length + i);
            }
            square += difference * difference;
        }
        return Math.sqrt(square);
    }

    private static double squares(DMatrixRMaj x, int row) {
        double sum = 0;
        for (int t = row * x.numCols; t < (row + 1) * x.numCols; t++) {
            sum += x.data[t] * x.data[t];
        }
        return sum;
    }

    @Override
    public double norm() {
        double square = 0;
        for (double entry : theta) {
            square += entry * entry;
        }
        return Math.sqrt(square);
    }
}
